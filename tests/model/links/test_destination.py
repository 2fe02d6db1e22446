"""What characters alone tell of a destination, and that what is spelled is read back, on the site and on GitHub."""

from __future__ import annotations

import re
from urllib.parse import unquote

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from convergence_docs.model.book import Book, Site
from convergence_docs.model.links.destination import (
    Scheme,
    as_address,
    find_unportable,
    has_malformed_escape,
    is_path_like,
    is_placeholder,
    is_surely_a_destination,
    scheme_of,
    spell,
    split,
    with_title,
)
from convergence_docs.model.links.target import TargetKind, resolve
from tests.model.links.test_target import entry


@pytest.mark.parametrize(
    ("destination", "scheme"),
    [
        ("https://example.com", Scheme.OTHER),
        ("javascript:void(0)", Scheme.OTHER),
        ("zotero://select/x", Scheme.OTHER),
        ("mailto:a@example.com", Scheme.MAIL),
        ("file:///x", Scheme.LOCAL),
        ("C:\\x", Scheme.LOCAL),
        ("c:/x", Scheme.LOCAL),
        ("L4: 完全收敛.md", Scheme.NONE),
        ("L4:完全收敛.md", Scheme.NONE),
        ("L4:%20x.md", Scheme.NONE),
        ("03.1.1-L4: x.md", Scheme.NONE),
        ("a/b:c.md", Scheme.NONE),
        ("x.md", Scheme.NONE),
        ("", Scheme.NONE),
    ],
)
def test_schemes(destination: str, scheme: Scheme) -> None:
    assert scheme_of(destination) is scheme


@pytest.mark.parametrize("path", ["a.md", "./x", "../x", "part/", "part/two", "R.py", "a/bc.c", "文件.md", "zh/数学层"])
def test_paths(path: str) -> None:
    assert is_path_like(path)


@pytest.mark.parametrize(
    "text", ["i,j", "x", "n/2", "x+1", "a|b", "3.14", "1.2.3", "x.y", "f(x)/g(x)", "a, b", "见附录"]
)
def test_no_paths(text: str) -> None:
    assert not is_path_like(text)


@pytest.mark.parametrize("text", ["{{ x }}", "${x}", "<path>/a.md", ".../a.md", "{% url %}", "$(x)", "%(x)s/a.md"])
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    ("path", "case"),
    [
        ("a:b.md", "character"),
        ("x/a?.md", "character"),
        ("a\x07.md", "character"),
        ("con", "device"),
        ("x/AUX.tar.gz", "device"),
        ("lpt9.md", "device"),
        ("COM¹.md", "device"),
        ("x./a.md", "ending"),
        ("a.md ", "ending"),
        ("console.md", None),
        ("com.md", None),
        ("com10.md", None),
        ("../a/./b.md", None),
        ("完全收敛（工业标准）：其一.md", None),
    ],
)
def test_unportable_names(path: str, case: str | None) -> None:
    found = find_unportable(path)
    assert (found.case if found else None) == case


@pytest.mark.parametrize(
    ("text", "is_malformed"), [("%E4%B8%AD", False), ("%E4%B8", True), ("%zz", True), ("100%", True), ("a", False)]
)
def test_escapes(text: str, is_malformed: bool) -> None:
    assert has_malformed_escape(text) is is_malformed


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("www.example.com", "https://www.example.com"),
        ("github.com/a/b", "https://github.com/a/b"),
        ("a@example.com", "mailto:a@example.com"),
        ('"https://example.com', "https://example.com"),
        ("notes.md", ""),
        ("com/x", ""),
    ],
)
def test_addresses(text: str, address: str) -> None:
    assert as_address(text) == address


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [("a.md", True), ("https://x", True), ("../x", True), ("a.md#x", True), ("Node.js", False), ("见 a.md", False)],
)
def test_sure_destinations(text: str, is_sure: bool) -> None:
    assert is_surely_a_destination(text) is is_sure


def test_a_title_in_full_width_quotation_marks() -> None:
    assert with_title("a.md “标题”") == 'a.md "标题"'
    assert with_title("a “b” c.md") == ""


NAMES = st.text(st.sampled_from("aB1-_ .:%#?&()[]{}<>\"'`*~|!+=,;@^$层（）：\\"), min_size=1, max_size=8).filter(
    lambda name: name.strip(". ") == name
)
PATHS = st.builds(lambda folders, name: "/".join((*folders, f"{name}.md")), st.lists(NAMES, max_size=2), NAMES)


@settings(max_examples=300)
@given(PATHS, PATHS)
def test_what_is_spelled_leads_there(path: str, page: str) -> None:
    if path == page:
        return
    files = frozenset({path, page})
    book = Book(entries={page: entry(page, spell(path, page)), path: entry(path)}, site=Site(files=files))
    found = resolve(book)[page][0]
    assert (found.kind, found.path) == (TargetKind.CHAPTER, path)


@settings(max_examples=300)
@given(PATHS)
def test_what_is_spelled_is_a_link_everywhere(path: str) -> None:
    spelling = spell(path, "page.md")
    for html in (markdown.markdown(f"[x]({spelling})"), MarkdownIt("commonmark").render(f"[x]({spelling})")):
        found = re.search(r'<a href="([^"]*)">x</a>', html)
        assert found, html
        href = unquote(found[1].replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"'))
        assert href.removeprefix("./") == path, html


@pytest.mark.parametrize(
    "unit", ["a-", "a.", "www.", "a.md#", "“", " “", "／", "%", "a@a.", "../", "a/", "：", "{", "a b "]
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    text = unit * 30_000
    for judge in (is_surely_a_destination, as_address, with_title, is_path_like, is_placeholder, has_malformed_escape):
        judge(text)
        judge(text + " x")
    find_unportable(text)
    scheme_of(text)
    split(text)
