"""The graph: which chapters it shows, how a large book is parted, where arcs run, and what is said of them."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Mapping
from xml.etree.ElementTree import fromstring

import pytest

from convergence_docs.model.book import Book
from convergence_docs.site.frame import Frame
from convergence_docs.site.relations.graph.album import Album, make_album
from convergence_docs.site.relations.graph.arcs import WIDTH, curves
from convergence_docs.site.relations.graph.network import (
    MOST_ARCS,
    MOST_ROWS,
    Arc,
    Sections,
    chapters_of,
    make_parts,
    make_sheet,
    sheets_of,
    weigh,
)
from convergence_docs.site.relations.graph.pages import sections_in
from tests.site import shelf

BOOK = {
    "index.md": "# 首页\n\n[甲](c/01.1-甲.md) [乙](c/01.2-乙.md)\n",
    "c/01.1-甲.md": "# 01.1 甲\n\n## 目录\n\n- [一](#一)\n\n## 一\n\n"
    "[乙](01.2-乙.md)、[乙](01.2-乙.md#二)、[丙](../v/丙.md)、[坏](缺.md)\n",
    "c/01.2-乙.md": "# 01.2 乙\n\n## 二\n\n[甲](01.1-甲.md) ![图](01.1-甲.md)\n",
    "v/丙.md": "# <b>丙</b> & 论\n\n[甲](../c/01.1-甲.md)\n",
    "m/手册.md": "# 手册\n\n[甲](../c/01.1-甲.md)\n",
}
NAV = [
    {"首页": "index.md"},
    {"章节": [{"各层": ["c/01.1-甲.md", "c/01.2-乙.md"]}]},
    {"观点": "v/丙.md"},
    {"手册": ["m/手册.md"]},
]


def everything(path: str) -> bool:
    return True


def album_of(files: Mapping[str, str], nav: object = None) -> Album:
    sections = sections_in(nav)
    return make_album(shelf.book_of(files, None), None, sections, "graph", everything)


def large(chapters: int, folders: int, links: int) -> Book:
    """A book of numbered chapters in folders, linked by chance, the same every time."""
    chance = random.Random(7)
    paths = [f"p{at % folders:02}/{at:04}-c.md" if folders else f"{at:04}-c.md" for at in range(chapters)]
    files = {}
    for path in paths:
        up = "../" * path.count("/")
        reached = (chance.choice(paths) for _ in range(links))
        files[path] = f"# {path}\n\n" + " ".join(f"[x]({up}{other})" for other in reached) + "\n"
    return shelf.book_of(files, None)


def test_links_between_chapters_are_counted_and_nothing_else() -> None:
    book = shelf.book_of(BOOK, None)
    chapters = chapters_of(book, sections_in(NAV), everything)
    assert chapters == ("c/01.1-甲.md", "c/01.2-乙.md", "v/丙.md"), (
        "in the order of the navigation, no index, no manual"
    )
    assert weigh(book, chapters) == {
        "c/01.1-甲.md": {"c/01.2-乙.md": 2, "v/丙.md": 1},
        "c/01.2-乙.md": {"c/01.1-甲.md": 1},
        "v/丙.md": {"c/01.1-甲.md": 1},
    }


def test_a_book_without_numbers_shows_all_pages() -> None:
    files = {f"{name}.md": f"# {name}\n" for name in ("b10", "b2", "a")} | {"x/README.md": "# 目录\n"}
    assert chapters_of(shelf.book_of(files, None), {}, everything) == ("a.md", "b2.md", "b10.md")


def test_groups_are_the_navigations_sections_else_folders() -> None:
    (part, sheet), *rest = album_of(BOOK, NAV).sheets.values()
    assert (part.key, rest) == ((), [])
    assert [group.name for group in sheet.groups] == ["各层", "观点"]
    (_, sheet), *_ = album_of(BOOK).sheets.values()
    assert [group.name for group in sheet.groups] == ["c", "v"]


def test_only_published_chapters_are_shown() -> None:
    assert chapters_of(shelf.book_of(BOOK, None), {}, lambda path: path.startswith("c/")) == (
        "c/01.1-甲.md",
        "c/01.2-乙.md",
    )


def test_right_arcs_lead_down_left_arcs_up_and_longer_ones_lie_outside() -> None:
    drawn = curves((Arc(0, 1, 1), Arc(0, 2, 9), Arc(2, 0, 1)), [0, 1, 3])
    assert [(one.is_down, one.width) for one in drawn] == [(True, 1), (True, 5), (False, 1)]
    points = [[float(number) for number in re.findall(r"-?[\d.]+", one.path)] for one in drawn]
    near, far, back = points
    assert far[2] > near[2] > 0, "the control point is farther out"
    assert far[1] < near[1], "and it begins above, so that the two do not cross"
    assert (back[0], back[2] < WIDTH) == (WIDTH, True)
    for numbers in points:
        assert min(numbers[1], numbers[-1]) >= 0
        assert max(numbers[1], numbers[-1]) <= 4


def test_a_large_book_is_drawn_by_its_parts() -> None:
    book = large(600, 20, 6)
    chapters = chapters_of(book, {}, everything)
    began = time.process_time()
    drawn = list(sheets_of(make_parts(chapters, {}), weigh(book, chapters)))
    assert time.process_time() - began < 5
    whole, first = drawn[0]
    assert len(whole.every_chapter) == 600
    assert len(first.nodes) == 20
    assert all(node.part for node in first.nodes)
    shown = [path for _, sheet in drawn for node in sheet.nodes if not node.part for path in node.chapters]
    assert sorted(shown) == sorted(chapters), "each chapter is drawn, once"
    assert all(len(sheet.nodes) <= MOST_ROWS and len(sheet.strongest) <= MOST_ARCS for _, sheet in drawn)


@pytest.mark.parametrize("chapters", [0, 1, 60, 61, 600, 5000])
def test_a_flat_book_is_parted_into_stretches(chapters: int) -> None:
    paths = [f"{at:04}-c.md" for at in range(chapters)]
    drawn = list(sheets_of(make_parts(paths, {}), {path: {} for path in paths}))
    assert all(len(sheet.nodes) <= MOST_ROWS for _, sheet in drawn)
    shown = [path for _, sheet in drawn for node in sheet.nodes if not node.part for path in node.chapters]
    assert sorted(shown) == paths


def test_of_too_many_arcs_the_strongest_are_drawn_and_the_page_says_so() -> None:
    paths = [f"{at:02}.md" for at in range(40)]
    weights = {one: {two: 1 + (one == "07.md") for two in paths if two != one} for one in paths}
    sheet = make_sheet(make_parts(paths, {}), weights)
    assert (len(sheet.arcs), len(sheet.strongest)) == (1560, MOST_ARCS)
    assert sum(arc.links == 2 for arc in sheet.strongest) == 39


def test_drawing_and_list_hold_text_as_text() -> None:
    album = album_of(BOOK, NAV)
    frame = Frame("zh", lambda path: f"../{path}", album.titles)
    drawing = album.draw("graph/index.md", frame)
    root = fromstring(drawing.replace(" data-cd-graph data-search-exclude data-twin-skip", ""))
    links = list(root.iter("a"))
    assert [one.get("href") for one in links] == ["../c/01.1-甲.md", "../c/01.2-乙.md", "../v/丙.md"]
    assert "链接到 2，被 2 链接" in "".join(links[0].itertext())
    assert [one.get("data-cd-linked") for one in links] == ["1 2", "0", "0"]
    assert all(one.get("style") is None for one in root.iter())
    assert "".join(links[2].itertext()).startswith("丙 & 论")
    listed = album.list_links("graph/index.md", 0, frame)
    assert listed.count("<li>") == 2
    assert '<a href="../c/01.2-乙.md"><span>01.2 乙</span></a>&nbsp;<span class="cd-count">×2</span>' in listed
    assert album.list_links("graph/index.md", 99, frame) == ""


def test_parts_have_pages_with_names_that_stay() -> None:
    files = {f"甲 & 乙/{at:03}.md": f"# {at}\n\n[x]({(at + 1) % 50:03}.md)\n" for at in range(50)}
    files |= {f"../丙/{at:03}.md".removeprefix("../"): f"# {at}\n" for at in range(30)}
    album = album_of(files)
    assert list(album.sheets) == ["graph/index.md", "graph/丙.md", "graph/甲-乙.md"]
    pages = album.contents("zh")
    assert "全书共 80 章" in pages["graph/index.md"]
    assert "exclude: true" in pages["graph/丙.md"]
    frame = Frame("zh", lambda path: path, album.titles)
    assert '<a href="graph/index.md">章节关系</a>' in album.draw("graph/丙.md", frame)
    assert 'href="graph/甲-乙.md"' in album.draw("graph/index.md", frame)


def test_a_book_without_chapters_has_a_page_that_stays_empty() -> None:
    album = album_of({"index.md": "# 首页\n"})
    assert album.draw("graph/index.md", Frame("zh", str, {})) == ""
    assert list(album.contents("en")) == ["graph/index.md"]


def test_sections_are_read_from_any_navigation() -> None:
    nav = ["a.md", {"B": "b.md"}, {"C": ["c.md", {"D": [{"e": "d.md"}]}]}, {"外": "https://example.org"}, 3, None]
    expected: dict[str, Sections] = {"a.md": (), "b.md": ("B",), "c.md": ("C",), "d.md": ("C", "D")}
    found = sections_in(nav)
    assert {path: found[path] for path in expected} == expected
    assert sections_in(None) == {}
