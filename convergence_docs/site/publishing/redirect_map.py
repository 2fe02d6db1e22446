"""Where old addresses lead in the end, and which lines of their list are wrong."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from convergence_docs.restructure.redirects import Redirect


class Address(NamedTuple):
    """A page by its docs-relative path, and an anchor on it; empty where the page itself is meant."""

    page: str
    anchor: str = ""


class Problem(NamedTuple):
    """What is wrong with a line: ``malformed``, ``live``, ``circle`` or ``nowhere``."""

    redirect: Redirect
    kind: str


class RedirectMap(NamedTuple):
    """Where old addresses lead.

    Attributes:
        pages: where each page leads that has moved, by its old path.
        anchors: where anchors lead that have moved, by the page that they were on, be it still there or not.
        problems: lines that lead nobody anywhere, in their order.
    """

    pages: Mapping[str, Address]
    anchors: Mapping[str, Mapping[str, Address]]
    problems: tuple[Problem, ...]


def make_map(
    redirects: Iterable[Redirect], is_page: Callable[[str], bool], has_anchor: Callable[[str, str], bool]
) -> RedirectMap:
    """Follow every line to its end.

    Args:
        redirects: the lines.
        is_page: whether there is a page at a docs-relative path.
        has_anchor: whether a page that is there has an anchor.
    """
    problems: list[Problem] = []
    known: dict[Address, tuple[Redirect, Address]] = {}
    for one in redirects:
        old, new = parse_address(one.old), parse_address(one.new)
        if old is None or new is None:
            problems.append(Problem(one, "malformed"))
        else:
            known[old] = one, new

    def is_there(address: Address) -> bool:
        return is_page(address.page) and (not address.anchor or has_anchor(*address))

    steps = {old: new for old, (_, new) in known.items()}
    pages: dict[str, Address] = {}
    anchors: dict[str, dict[str, Address]] = {}
    for old, (one, _) in known.items():
        end = "live" if is_there(old) else _end(old, steps, is_page, is_there)
        if isinstance(end, str):
            problems.append(Problem(one, end))
        elif old.anchor:
            anchors.setdefault(old.page, {})[old.anchor] = end
        else:
            pages[old.page] = end
    for page in [page for page in anchors if page not in pages and not is_page(page)]:
        problems += (Problem(known[Address(page, anchor)][0], "pageless") for anchor in anchors.pop(page))
    return RedirectMap(pages, anchors, tuple(sorted(problems, key=lambda problem: problem.redirect.span)))


def parse_address(text: str) -> Address | None:
    """``chapters/a.md`` or ``chapters/a.md#anchor``; ``None`` for what is no address of a page below the docs root."""
    page, mark, anchor = text.partition("#")
    is_inside = page == posixpath.normpath(page) and not page.startswith(("/", "../"))
    is_plain = "\\" not in page and page.isprintable() and anchor.isprintable()
    if not is_inside or not is_plain or not page.endswith((".md", ".markdown")) or bool(mark) != bool(anchor):
        return None
    return Address(page, anchor)


def _end(
    old: Address,
    steps: Mapping[Address, Address],
    is_page: Callable[[str], bool],
    is_there: Callable[[Address], bool],
) -> Address | str:
    """Where an old address leads in the end, or what is wrong with that."""
    seen: set[Address] = set()
    address = old
    while not seen or not is_there(address):
        if address in seen:
            return "circle"
        seen.add(address)
        after = steps.get(address)
        if after is None and address.anchor and not is_page(address.page):
            # The whole page has moved, and the anchor with it, unless the page has become a section.
            whole = steps.get(Address(address.page))
            after = whole and (whole if whole.anchor else Address(whole.page, address.anchor))
        if after is None:
            return "nowhere"
        address = after
    return address
