"""What is mended in Material's HTML at build, on every page: names, roles, titles, languages, the dark palette."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from convergence_docs.site.languages import is_english, mark_english
from convergence_docs.site.system_palette import dark_rules
from tests.site.conftest import ROOT, Served, build, path_of

TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
TOGGLE = re.compile(r"<input\b[^<>]*\bmd-nav__toggle\b[^<>]*>")
LANDMARK = re.compile(r'<nav\b(?=[^<>]*\bclass="md-nav")(?=[^<>]*\bdata-md-level="[1-9])[^<>]*>')


def html_of(site: Served) -> dict[str, str]:
    """All pages as they were built, those that only lead elsewhere left out."""
    texts = {
        path_of(page, site.origin): (site.folder / path_of(page, site.origin).strip("/") / "index.html")
        for page in site.pages
    }
    pages = {path: file.read_text("utf-8") for path, file in texts.items()}
    return {path: text for path, text in pages.items() if "md-content" in text}


@pytest.fixture(scope="module")
def pages(site: Served) -> dict[str, str]:
    """All pages of this project's site."""
    found = html_of(site)
    assert len(found) > 50
    return found


def test_no_two_pages_have_one_title(pages: dict[str, str]) -> None:
    titles = Counter(found[1].strip() for text in pages.values() if (found := TITLE.search(text)))
    assert sum(titles.values()) == len(pages)
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_page_has_one_heading_of_the_first_level(pages: dict[str, str]) -> None:
    counts = {path: text.count("<h1") for path, text in pages.items()}
    whole_book = {path for path in counts if path.strip("/") == "print"}  # its chapters are what its outline shows
    assert {path: count for path, count in counts.items() if count != 1 and path not in whole_book} == {}


def test_nested_navigation_is_no_landmark_and_its_checkboxes_have_names(pages: dict[str, str]) -> None:
    nested = [tag for text in pages.values() for tag in LANDMARK.findall(text)]
    assert len(nested) > 50
    assert [tag for tag in nested if 'role="presentation"' not in tag or "aria-labelledby" in tag] == []
    toggles = [tag for text in pages.values() for tag in TOGGLE.findall(text)]
    assert [tag for tag in toggles if "aria-label" not in tag] == []
    for text in pages.values():
        for name in re.findall(r'aria-labelledby="(__nav_\w+)"', text):
            label = re.search(rf'id="{name}"[^<>]*>(.*?)</label>', text, re.DOTALL)
            assert label, name
            assert re.sub(r"<[^<>]*>", "", label[1]).strip()


def test_the_skip_link_is_the_first_thing_in_a_page(pages: dict[str, str]) -> None:
    firsts = {
        path: re.search(r"<(?:a|button|input)\b[^<>]*>", text[text.index("<body") :]) for path, text in pages.items()
    }
    assert [path for path, first in firsts.items() if not first or 'class="md-skip"' not in first[0]] == []
    assert sum("跳到正文" in text for text in pages.values()) == len(pages)


def test_the_page_for_wrong_addresses_speaks_the_sites_language(site: Served) -> None:
    text = (site.folder / "404.html").read_text("utf-8")
    assert "<h1>没有这一页</h1>" in text
    assert "Not found" not in text
    assert 'aria-label="搜索"' in text


SMALL = """site_name: Small
theme:
  name: material
  language: en
  palette:
    - {media: "(prefers-color-scheme: light)", scheme: default, toggle: {icon: material/brightness-7, name: Dark}}
    - {media: "(prefers-color-scheme: dark)", scheme: slate, toggle: {icon: material/brightness-4, name: Light}}
hooks: [hooks/convergence.py]
extra: {convergence: {site: {check: false, styles: STYLES}}}
"""


def small_site(folder: Path, styles: str) -> Path:
    """A site of one page in English, as it is built."""
    (folder / "docs").mkdir()
    (folder / "hooks").mkdir()
    (folder / "hooks" / "convergence.py").write_bytes((ROOT / "hooks" / "convergence.py").read_bytes())
    (folder / "docs" / "index.md").write_text(
        "# One\n\nThis is a sentence, and it is the only one of the site.\n", "utf-8"
    )
    (folder / "mkdocs.yml").write_text(SMALL.replace("STYLES", styles), "utf-8")
    result = build(folder / "mkdocs.yml", folder / "site")
    assert result.returncode == 0, result.stderr
    return folder / "site"


def test_a_site_in_english_is_mended_in_english(tmp_path: Path) -> None:
    site = small_site(tmp_path, "true")
    page = (site / "index.html").read_text("utf-8")
    assert "Skip to content" in page
    assert "dark.css" in page
    assert ' lang="en">This' not in page
    assert "<h1>There is no such page</h1>" in (site / "404.html").read_text("utf-8")


def test_a_site_without_our_styles_is_left_as_it_is(tmp_path: Path) -> None:
    page = (small_site(tmp_path, "false") / "index.html").read_text("utf-8")
    assert "Skip to content" in page  # Material's own words in English
    assert "dark.css" not in page
    assert page.index("md-skip") > page.index("__drawer"), "nothing is moved"


@pytest.mark.parametrize(
    ("html", "is_so"),
    [
        ("In English: settings stand under <code>extra</code> in the file.", True),
        ("Vaswani, A., Shazeer, N., Parmar, N., Uszkoreit, J. 2017.", False),
        ("The cat is on the 垫子 of the house in the town.", False),
        ("<code>the end of a file is where it is to be</code>", False),
        ("Le chat est dans la maison avec les autres.", False),
        ("", False),
    ],
)
def test_english_is_told_from_names_and_code(html: str, is_so: bool) -> None:
    assert is_english(html) == is_so


def test_english_parts_are_marked_where_they_stand() -> None:
    english = "This is a sentence of the English language, and it is long."
    items = f"<ul><li>{english}<ul><li>中文。</li></ul></li></ul>"
    html = f"{items}<p class='a'>{english}</p><p>中文</p><p lang='en'>{english}</p>"
    marked = mark_english(html)
    assert marked.count('lang="en"') == 2
    assert f'<li lang="en">{english}<ul>' in marked
    assert f"<p class='a' lang=\"en\">{english}</p>" in marked
    assert re.sub(r' lang="en"', "", marked) == html


@pytest.mark.parametrize(
    "text", ["<p>" * 30_000, "<li " * 30_000, "<p>" + "<code>" * 30_000, "<p>" + "a the of " * 50_000]
)
def test_hostile_pages_cost_no_time(text: str) -> None:
    assert len(mark_english(text)) >= len(text)


def test_dark_rules_are_written_for_the_palette_of_a_page_without_scripts() -> None:
    css = """
    /* [data-md-color-scheme="slate"] { a: b } */
    [data-md-color-scheme="default"] { --a: 1 }
    p, [data-md-color-scheme="slate"] :is(b, i), [data-bs-theme="dark"] { --b: 2; --c: url("x;y") }
    @media screen { [data-md-color-scheme=slate][data-md-color-primary=indigo] { --d: 3 } q { --e: 4 } }
    @media print { [data-md-color-scheme=slate] { --f: 5 } }
    """
    assert list(dark_rules(css)) == [
        '[data-md-color-scheme] :is(b, i){--b: 2;--c: url("x;y")}',
        "@media screen{[data-md-color-scheme][data-md-color-primary=indigo]{--d: 3}}",
    ]


def test_every_page_names_the_dark_palette_for_browsers_without_scripts(site: Served, pages: dict[str, str]) -> None:
    dark = (site.folder / "assets" / "convergence" / "dark.css").read_text("utf-8")
    assert "color-scheme:dark" in dark
    assert "--cd-figure" in dark
    assert [path for path, text in pages.items() if "assets/convergence/dark.css" not in text] == []
    assert "slate" in (ROOT / "mkdocs.yml").read_text("utf-8")
