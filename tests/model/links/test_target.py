"""Where links lead: the cases of a plain folder and of a site, and the whole of it against MkDocs."""

from __future__ import annotations

import posixpath
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import _RelativePathTreeprocessor

from convergence_docs.model.book import Book, Entry, Site
from convergence_docs.model.links.respelling import mend_as_meant
from convergence_docs.model.links.target import LinkFault, Target, TargetKind, resolve
from convergence_docs.model.nodes import Link, LinkKind
from convergence_docs.text import Span


def link(destination: str, kind: LinkKind = LinkKind.INLINE) -> Link:
    """A link with nothing but a destination."""
    return Link(kind, Span(0, 1), "text", Span(0, 1), destination, Span(0, 1), None, None, False)


def entry(path: str, *destinations: str | Link, anchors: tuple[str, ...] = ()) -> Entry:
    """The entry of a chapter with these links and anchors."""
    return Entry(
        path=path,
        title=path,
        headline="",
        number=None,
        anchors=anchors,
        links=tuple(link(one) if isinstance(one, str) else one for one in destinations),
        definitions=(),
        loose_references=(),
        near_links=(),
    )


def target(
    destination: str | Link, page: str = "part/page.md", files: tuple[str, ...] = (), **site: Any
) -> tuple[TargetKind, str, LinkFault | None]:
    """Where ``destination`` leads from ``page`` among ``files`` (chapters have the anchors x, 概述 and Mixed)."""
    anchors = ("x", "概述", "Mixed")
    entries = {path: entry(path, anchors=anchors) for path in files if path.endswith(".md")}
    entries[page] = entry(page, destination, anchors=anchors)
    book = Book(entries=entries, site=Site(files=frozenset({*files, page}), **site))
    found: Target = resolve(book)[page][0]
    return found.kind, found.path, found.fault


FILES = ("index.md", "part/index.md", "part/other.md", "part/中文.md", "deep/README.md", "img/a b.png", "code.py")
CHAPTER, FILE, NOTHING = TargetKind.CHAPTER, TargetKind.FILE, TargetKind.NOTHING


@pytest.mark.parametrize(
    ("destination", "kind", "path", "fault"),
    [
        ("other.md", CHAPTER, "part/other.md", None),
        ("./other.md?plain=1#x", CHAPTER, "part/other.md", None),
        ("../part/./other.md#x", CHAPTER, "part/other.md", None),
        ("%E4%B8%AD%E6%96%87.md#%E6%A6%82%E8%BF%B0", CHAPTER, "part/中文.md", None),
        ("../img/a%20b.png", FILE, "img/a b.png", None),
        ("../img/a b.png", FILE, "img/a b.png", None),
        ("/part/other.md", CHAPTER, "part/other.md", None),
        ("/part/other.md#nothing", CHAPTER, "part/other.md", LinkFault.MISSING_ANCHOR),
        ("/somewhere/else", TargetKind.HOST, "", None),
        ("../deep", TargetKind.DIRECTORY, "deep", None),
        ("..", TargetKind.DIRECTORY, "", None),
        ("", TargetKind.SAME_PAGE, "part/page.md", LinkFault.EMPTY),
        ("#", TargetKind.SAME_PAGE, "part/page.md", None),
        ("#x", TargetKind.SAME_PAGE, "part/page.md", None),
        ("?q=1#x", TargetKind.SAME_PAGE, "part/page.md", None),
        ("#y", TargetKind.SAME_PAGE, "part/page.md", LinkFault.MISSING_ANCHOR),
        ("#mixed", TargetKind.SAME_PAGE, "part/page.md", LinkFault.ANCHOR_CASE),
        ("../code.py#L10", FILE, "code.py", None),
        ("https://example.com/gone.md#x", TargetKind.EXTERNAL, "", None),
        ("HTTPS://example.com", TargetKind.EXTERNAL, "", None),
        ("//example.com/x.md", TargetKind.EXTERNAL, "", None),
        ("mailto:a@example.com", TargetKind.MAIL, "", None),
        ("javascript:void(0)", TargetKind.EXTERNAL, "", None),
        ("obsidian://open?x", TargetKind.EXTERNAL, "", None),
        ("i,j", TargetKind.TEXT, "", None),
        ("{{ page.url }}", TargetKind.PLACEHOLDER, "", None),
        ("<path>/a.md", TargetKind.PLACEHOLDER, "", None),
        ("gone.md", NOTHING, "part/gone.md", LinkFault.MISSING),
        ("L4: 完全收敛.md", NOTHING, "part/L4: 完全收敛.md", LinkFault.MISSING),
        ("Other.md", NOTHING, "part/Other.md", LinkFault.FILE_CASE),
        ("code.py", NOTHING, "part/code.py", LinkFault.DEPTH),
        ("other", NOTHING, "part/other", LinkFault.EXTENSION),
        ("other.html", NOTHING, "part/other.html", LinkFault.EXTENSION),
        ("other．md", NOTHING, "part/other．md", LinkFault.FULL_WIDTH),
        ("%E4%B8.md", NOTHING, "part/\ufffd.md", LinkFault.MALFORMED_ESCAPE),
        ("../../../etc/passwd", TargetKind.OUTSIDE, "../../etc/passwd", LinkFault.OUTSIDE),
        ("../../../../../../../x/../../y.md", TargetKind.OUTSIDE, "../../../../../../../y.md", LinkFault.OUTSIDE),
        ("file:///etc/passwd", TargetKind.OUTSIDE, "file:///etc/passwd", LinkFault.OUTSIDE),
    ],
)
def test_plain_folder(destination: str, kind: TargetKind, path: str, fault: LinkFault | None) -> None:
    assert target(destination, files=FILES) == (kind, path, fault)


@pytest.mark.parametrize(
    ("destination", "page", "kind", "path", "fault"),
    [
        # Addresses of rendered pages: part/page.md is at part/page/, so browsers climb once more.
        ("../other/", "part/page.md", CHAPTER, "part/other.md", None),
        ("../other/#x", "part/page.md", CHAPTER, "part/other.md", None),
        ("../other/#y", "part/page.md", CHAPTER, "part/other.md", LinkFault.MISSING_ANCHOR),
        ("other/", "part/index.md", CHAPTER, "part/other.md", None),
        ("../../deep/", "part/page.md", CHAPTER, "deep/README.md", None),
        ("../other/index.html", "part/page.md", CHAPTER, "part/other.md", None),
        ("/part/other/#x", "part/page.md", CHAPTER, "part/other.md", None),
        # What works on disk alone is dead on the site.
        ("../deep/", "part/page.md", NOTHING, "deep", LinkFault.MISSING),
        ("../img/", "part/page.md", NOTHING, "img", LinkFault.MISSING),
        ("../../LICENSE", "part/page.md", TargetKind.OUTSIDE, "../LICENSE", LinkFault.OUTSIDE),
    ],
)
def test_site(destination: str, page: str, kind: TargetKind, path: str, fault: LinkFault | None) -> None:
    outside = frozenset({"../LICENSE"})
    assert target(destination, page, FILES, is_mkdocs=True, outside=outside) == (kind, path, fault)


def test_a_plain_folder_may_reach_outside() -> None:
    found = target("../../LICENSE", files=FILES, outside=frozenset({"../LICENSE"}))
    assert found == (TargetKind.OUTSIDE, "../LICENSE", None)


def test_page_addresses_without_directory_urls() -> None:
    site: dict[str, Any] = {"is_mkdocs": True, "use_directory_urls": False}
    assert target("other.html#x", files=FILES, **site)[::2] == (CHAPTER, None)
    assert target("../other/", files=FILES, **site)[2] is LinkFault.MISSING


def test_unverified_anchors_are_not_judged() -> None:
    assert target("#y", anchors_unverified="an unknown slugifier")[2] is None


def test_a_folded_path_that_two_files_share_has_no_sure_mending() -> None:
    book_files = ("part/A.md", "part/a.md")
    entries = {"part/page.md": entry("part/page.md", "../PART/a.MD")}
    book = Book(entries=entries, site=Site(files=frozenset({*book_files, "part/page.md"})))
    found = resolve(book)["part/page.md"][0]
    assert (found.fault, found.meant) == (LinkFault.FILE_CASE, book_files)


def test_html_may_be_filled_by_scripts() -> None:
    assert target(link("", LinkKind.HTML_LINK))[2] is None


@pytest.mark.parametrize(
    ("destination", "kind", "fault"),
    [
        ("../../img/a%20b.png", FILE, None),
        ("../img/a%20b.png", NOTHING, LinkFault.DEPTH),
        ("../other/", CHAPTER, None),
        ("other.md", NOTHING, LinkFault.DEPTH),
    ],
)
def test_raw_html_is_seen_from_the_page(destination: str, kind: TargetKind, fault: LinkFault | None) -> None:
    raw = link(destination, LinkKind.HTML_LINK)
    assert target(raw, files=FILES, is_mkdocs=True)[::2] == (kind, fault)


@pytest.mark.parametrize(
    ("destination", "spelling"), [("../img/a%20b.png", "../../img/a%20b.png"), ("other.md#x", "../other/#x")]
)
def test_raw_html_is_mended_for_the_page(destination: str, spelling: str) -> None:
    raw = entry("part/page.md", link(destination, LinkKind.HTML_LINK))
    book = Book(entries={raw.path: raw}, site=Site(files=frozenset({*FILES, raw.path}), is_mkdocs=True))
    mending = mend_as_meant(book, raw.path, resolve(book)[raw.path][0])
    assert (mending.spelling, mending.is_certain) == (spelling, False)


# Against MkDocs: a link leads to a page or file for us exactly if a browser gets there from MkDocs' page.

SEGMENT = st.sampled_from(("a", "b", "中"))
PATHS = st.builds(
    lambda folders, name: "/".join((*folders, name)),
    st.lists(SEGMENT, max_size=2),
    st.sampled_from(("a.md", "b.md", "index.md", "README.md", "a.png", "中.md")),
)
DESTINATIONS = st.builds(
    "/".join,
    st.lists(
        st.sampled_from(
            ("..", ".", "a", "b", "a.md", "b.md", "index.md", "README.md", "a.png", "中.md", "%E4%B8%AD.md", "")
        ),
        min_size=1,
        max_size=4,
    ),
).filter(lambda path: not path.startswith("/") and path)


def browsed(page: str, destination: str, files: frozenset[str], *, use_directory_urls: bool) -> bool:
    """Whether a browser finds something at ``destination`` on MkDocs' rendering of ``page``."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "use_directory_urls": use_directory_urls})
    config.validate()
    all_files = Files([File(path, "docs", "site", use_directory_urls) for path in sorted(files)])
    here = all_files.src_uris[page]
    url = _RelativePathTreeprocessor(here, all_files, config).path_to_url(destination)
    at = posixpath.normpath(posixpath.join(posixpath.dirname(here.url), url.partition("#")[0]))
    # A server answers for a folder with its index.html.
    served = {file.dest_uri for file in all_files}
    urls = {posixpath.normpath(file.url) for file in all_files} | served
    urls |= {posixpath.dirname(path) or "." for path in served if posixpath.basename(path) == "index.html"}
    return unquote(at) in {unquote(one) for one in urls}


@settings(max_examples=300)
@given(st.frozensets(PATHS, min_size=1, max_size=6), PATHS, DESTINATIONS, st.booleans())
def test_mkdocs_agrees(files: frozenset[str], page: str, destination: str, use_directory_urls: bool) -> None:
    if not page.endswith(".md"):
        return
    files = frozenset(path for path in {*files, page} if _has_own_url(path, {*files, page}))
    if page not in files:
        return
    found = target(destination, page, tuple(files), is_mkdocs=True, use_directory_urls=use_directory_urls)
    is_found = found[0] in (CHAPTER, FILE, TargetKind.SAME_PAGE)
    assert is_found == browsed(page, destination, files, use_directory_urls=use_directory_urls), found


def _has_own_url(path: str, files: set[str]) -> bool:
    # MkDocs drops one of two files that claim one URL; which of them is another rule's business.
    folder, _, name = path.rpartition("/")
    prefix = f"{folder}/" if folder else ""
    stem = path.removesuffix(".md")
    if name == "README.md" and f"{prefix}index.md" in files:
        return False
    return name in ("index.md", "README.md") or not any(
        f"{stem}/{index}" in files for index in ("index.md", "README.md")
    )
