"""Which chapters stand before and after a numbered one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.site.relations.number_order import neighbours


def steps(*pages: tuple[str, tuple[int, ...]]) -> dict[str, tuple[str, str]]:
    """The names of the pages before and after each numbered page of a navigation; an empty number is none."""
    paths = [path for path, _ in pages]
    found = neighbours(paths, {path: number for path, number in pages if number})
    names = {None: "", **dict(enumerate(paths))}
    return {paths[place]: (names[before], names[after]) for place, (before, after) in found.items()}


def test_the_number_leads_and_not_the_navigation() -> None:
    found = steps(("i", ()), ("c3", (3, 3, 1)), ("c1", (3, 2, 1)), ("c2", (3, 2, 2)), ("view", ()))
    assert found == {"c1": ("i", "c2"), "c2": ("c1", "c3"), "c3": ("c2", "view")}


def test_numbers_are_compared_as_numbers() -> None:
    assert steps(("a", (3, 10)), ("b", (3, 9)), ("c", (3,)))["b"] == ("c", "a")


def test_a_page_without_a_number_between_chapters_is_passed_over() -> None:
    assert steps(("a", (1,)), ("notes", ()), ("b", (2,))) == {"a": ("", "b"), "b": ("a", "")}


def test_volumes_that_each_count_from_one_are_kept_apart() -> None:
    found = steps(("v1/b", (2,)), ("v1/a", (1,)), ("v2/b", (2,)), ("v2/a", (1,)))
    assert found == {"v1/a": ("", "v1/b"), "v1/b": ("v1/a", "v2/a"), "v2/a": ("v1/b", "v2/b"), "v2/b": ("v2/a", "")}


def test_one_number_twice_in_a_folder_leaves_the_order_to_the_navigation() -> None:
    assert steps(("a", (2,)), ("b", (1,)), ("c", (1,))) == {}


def test_a_single_numbered_page_keeps_its_place() -> None:
    assert steps(("a", ()), ("b", (1,))) == {}


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), max_size=12, unique=True))
def test_every_step_forward_is_one_back(numbers: list[tuple[int, int]]) -> None:
    pages = [(f"p{place}", number) for place, number in enumerate(numbers)]
    found = steps(*pages)
    assert len(found) == (len(pages) if len(pages) > 1 else 0)
    for path, (_, after) in found.items():
        assert not after or found[after][0] == path
