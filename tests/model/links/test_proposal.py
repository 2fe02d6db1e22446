"""What a dead link probably meant, and how sure that is."""

from __future__ import annotations

import pytest

from convergence_docs.model.book import Book, Site
from convergence_docs.model.links.likeness import Likeness, letters_of
from convergence_docs.model.links.proposal import Proposal, Reason, chapter_number, propose_anchor, propose_path
from tests.model.links.test_target import entry


def book(*paths: str, anchors: tuple[str, ...] = (), is_mkdocs: bool = False) -> Book:
    """A book of chapters that are numbered as their names say."""
    entries = {
        path: entry(path, anchors=anchors)._replace(number=chapter_number(path.rpartition("/")[2]) or None)
        for path in sorted(paths)
        if path.endswith(".md")
    }
    return Book(entries=entries, site=Site(files=frozenset(paths), is_mkdocs=is_mkdocs))


@pytest.mark.parametrize(
    ("paths", "missing", "proposal"),
    [
        # The same name, elsewhere: sure where the folder is gone, above or below; never where it is a counterpart's.
        (("b/overview.md",), "a/overview.md", Proposal(Reason.SAME_NAME, ("b/overview.md",), True)),
        (("b/overview.md",), "overview.md", Proposal(Reason.SAME_NAME, ("b/overview.md",), True)),
        (("b/overview.md", "a/x.md"), "a/overview.md", Proposal(Reason.SAME_NAME, ("b/overview.md",), False)),
        (("b/x.md", "c/x.md"), "a/x.md", Proposal(Reason.SAME_NAME, ("b/x.md", "c/x.md"), False)),
        (("b/Overview.md",), "a/overview.md", Proposal(Reason.SAME_NAME, ("b/Overview.md",), True)),
        (("04.2_运行时检查.md",), "42-运行时检查.md", Proposal(Reason.SAME_NAME, ("04.2_运行时检查.md",), True)),
        # The same number: the book's own is sure if the names have anything in common; a folder's stays in the folder.
        (("03.2.1-数学层收敛.md",), "03.2.1-数学层.md", Proposal(Reason.SAME_NUMBER, ("03.2.1-数学层收敛.md",), True)),
        (("b/03.2.1-数学层.md",), "a/3.2.1-数学.md", Proposal(Reason.SAME_NUMBER, ("b/03.2.1-数学层.md",), True)),
        (("03.2.1-总论.md",), "03.2.1-数学层.md", Proposal(Reason.SAME_NUMBER, ("03.2.1-总论.md",), False)),
        (("b/01-总论.md",), "a/01-数学层.md", None),
        # A near name: never of another number, another sort, or a folder's own page.
        (("architecture-map.md",), "architectur-map.md", Proposal(Reason.NEAR_NAME, ("architecture-map.md",), False)),
        (("03.3.1-技术收敛驱动力.md",), "03.3.2-市场收敛驱动力.md", None),
        (("configmap.md",), "configmap.yaml", None),
        (("map.svg",), "maps.png", Proposal(Reason.NEAR_NAME, ("map.svg",), False)),
        (("zzz.md",), "architecture-map.md", None),
        # A README is known by its folder.
        (("b/层级/README.md",), "a/层级/README.md", Proposal(Reason.SAME_NAME, ("b/层级/README.md",), True)),
        (("b/other/README.md",), "a/层级/README.md", None),
        # A part of the book that is still there has not lost its file to another part.
        (("b/map/README.md", "a/x.md"), "a/map/README.md", Proposal(Reason.SAME_NAME, ("b/map/README.md",), False)),
        (("a/c/map/README.md", "a/x.md"), "a/map/README.md", Proposal(Reason.SAME_NAME, ("a/c/map/README.md",), True)),
        (("b/架构层面/x.md",), "a/架构层面", Proposal(Reason.SAME_NAME, ("b/架构层面/",), False)),
    ],
)
def test_paths(paths: tuple[str, ...], missing: str, proposal: Proposal | None) -> None:
    assert propose_path(book(*paths), missing) == proposal


@pytest.mark.parametrize(
    ("fragment", "proposal"),
    [
        ("七、核心结论", Proposal(Reason.SAME_NAME, ("七核心结论",), True)),
        ("八核心结论", Proposal(Reason.NEAR_NAME, ("七核心结论",), False)),
        ("gone", None),
    ],
)
def test_anchors(fragment: str, proposal: Proposal | None) -> None:
    assert propose_anchor(book("a.md", anchors=("一概述", "七核心结论")), "a.md", fragment) == proposal


def test_the_nearest_of_many_is_found() -> None:
    paths = [f"part{index % 40}/chapter-{index}-topic.md" for index in range(2_000)]
    found = propose_path(book(*paths, "part7/convergence-drivers.md"), "part7/convergence-driver.md")
    assert found == Proposal(Reason.NEAR_NAME, ("part7/convergence-drivers.md",), False)


def test_of_many_namesakes_the_closest_come_first() -> None:
    paths = [f"volume{index:03}/notes.md" for index in range(500)]
    found = propose_path(book(*paths, "volume250/part/x.md"), "volume250/part/notes.md")
    assert found is not None
    assert found.names[0] == "volume250/notes.md"
    assert not found.is_certain


def test_what_every_name_has_makes_none_alike() -> None:
    names = [f"{topic}-formal-analysis" for topic in ("security", "network", "storage", "protocol", "energy")]
    likeness = Likeness(map(letters_of, names))
    assert likeness.nearest(letters_of("healthcare-formal-analysis"), at_least=0.6) == ()
    assert likeness.nearest(letters_of("securities-formal-analysis"), at_least=0.6)[0] == "securityformalanalysis"
