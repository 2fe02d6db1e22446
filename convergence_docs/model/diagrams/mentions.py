"""Statements of a flowchart that speak of nodes without drawing them: styles, classes, links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from convergence_docs.model.diagrams.diagram import Diagram
from convergence_docs.model.diagrams.reading import Graph
from convergence_docs.model.diagrams.scan import statements
from convergence_docs.regex import regex

_STATEMENT = regex(r"[ \t]*(?P<word>style|class|click)[ \t]+(?P<ids>[^\s;]+(?:[ \t]*,[ \t]*[^\s;,]+)*)(?=[ \t;]|$)")
_ID = regex(r"[^\s,]+")
_EDGE_ID = regex(r"(\w+)@(?=[-=.<xo{])")


class Mention(NamedTuple):
    """An id of no node: where in the block's text it stands, and the statement's word. ``near`` is one there is."""

    word: str
    id: str
    start: int
    end: int
    near: str


def unknown_nodes(text: str, meant: Diagram, graph: Graph) -> Iterator[Mention]:
    """What styles, classes and links are given to that is no node of the diagram.

    Mermaid draws a box for a ``style``, and says nothing of the others.
    """
    if "style" not in text and "class" not in text and "click" not in text:
        return
    known = {node.id for node in meant.nodes} | {name for edge in graph.edges for name in (edge.source, edge.target)}
    known |= {name for group in graph.groups for name in (group.id, group.title, *group.members)}
    known |= {node.id for node in graph.nodes if node.is_labelled or node.classes}
    drawn = {node.id for node in graph.nodes} | set(_EDGE_ID.findall(text))
    for line in statements(text):
        match = _STATEMENT.match(text, *line)
        if match is None:
            continue
        word = match["word"]
        for one in _ID.finditer(text, *match.span("ids")):
            id = one[0].strip("\"'")
            if id not in known and (word == "style" or id not in drawn) and "@" not in id and id:
                yield Mention(word, id, one.start(), one.end(), near_of(id, known))


def near_of(id: str, known: set[str]) -> str:
    """The one id that differs in letter case alone, or in one character of several."""
    same = [one for one in known if one.casefold() == id.casefold()]
    if not same and len(id) > 3:
        same = [one for one in known if _is_one_off(one, id)]
    return same[0] if len(same) == 1 else ""


def _is_one_off(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        if (one[at : at + 2], one[at + 2 :]) == (other[at : at + 2][::-1], other[at + 2 :]):
            return True
        return short[at + 1 :] == long[at + 1 :] and not (short[at : at + 1] + long[at : at + 1]).isdigit()
    return short[at:] == long[at + 1 :] and not long[at].isdigit()
