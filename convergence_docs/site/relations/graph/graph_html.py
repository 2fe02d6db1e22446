"""The graph in HTML: rows that are links, arcs beside them, and the same as a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from convergence_docs.diagnostic import Wording
from convergence_docs.model.vocabulary import Term
from convergence_docs.site.frame import Frame, escape
from convergence_docs.site.relations.graph.arcs import WIDTH, Curve, curves
from convergence_docs.site.relations.graph.network import Group, Node, Sheet, Weights

LINKS_TO: Final = Wording("Links to", "链接到")
LINKED_FROM: Final = Wording("Linked from", "被链接")
_ALONE: Final = Wording("No chapter links to it, and it links to none.", "它与其他章节没有链接。")
_LABEL: Final = Wording("Links between chapters", "章节之间的链接")
_HOW: Final = Wording(
    "An arc on the right leads from a row to one below, an arc on the left to one above; the wider, the more links. "
    "Point at a row, or reach it with Tab, and only its arcs stay: solid ones lead away from it, broken ones to it.",
    "右侧的弧从一行链接到下面的一行，左侧的弧链接到上面的一行；越粗，链接越多。指向一行，或用 Tab 键选中它，"
    "就只留下它的弧：实线是它链接到的，虚线是链接到它的。",
)
_KEYS: Final = Wording("The arrow keys walk along the arcs.", "方向键沿着弧移动。")


PageOf = Mapping[tuple[str, ...], str]
"""The page of each part, by its key."""


class Atlas(NamedTuple):
    """What all drawings of a book share: its links, both ways, and what chapters are about."""

    weights: Weights
    incoming: Weights
    topics: Mapping[str, Term]


def render_sheet(sheet: Sheet, page_of: PageOf, frame: Frame) -> str:
    """The drawing; ``page_of`` tells the page of each part."""
    nodes, rows = sheet.nodes, _rows(sheet.groups)
    drawn = curves(sheet.strongest, rows)
    height = rows[-1] + 1 if rows else 1
    shared = _side(drawn, height, "cd-graph__all", is_down=False) + _side(drawn, height, "cd-graph__all", is_down=True)
    items, at = [], 0
    for group in sheet.groups:
        if group.name:
            items.append(f'<li class="cd-graph__part">{escape(group.name)}</li>')
        for node in group.nodes:
            items.append(_row(at, node, sheet, drawn, height, page_of, frame))
            at += 1
    if not nodes:
        return ""
    how = frame.say(_HOW) + (frame.gap + frame.say(_left_out(sheet)) if len(drawn) < len(sheet.arcs) else "")
    return (
        f'<figure class="cd-graph" role="group" aria-label="{frame.say(_LABEL)}" data-cd-graph data-search-exclude '
        "data-twin-skip>"
        f'<div class="cd-graph__box">{shared}<ul class="cd-graph__rows">{"".join(items)}</ul></div>'
        f'<figcaption>{how}<span class="cd-graph__keys">{frame.gap}{frame.say(_KEYS)}</span></figcaption></figure>'
    )


def _left_out(sheet: Sheet) -> Wording:
    shown, all_ = len(sheet.strongest), len(sheet.arcs)
    return Wording(
        f"Of {all_} arcs the {shown} strongest are drawn; the list below holds all.",
        f"共 {all_} 条弧，只画最粗的 {shown} 条；下面的列表是完整的。",
    )


def _rows(groups: Sequence[Group]) -> list[int]:
    """The row of each node; a group's name takes a row of its own."""
    found, row = [], 0
    for group in groups:
        row += bool(group.name)
        for _ in group.nodes:
            found.append(row)
            row += 1
    return found


def _side(drawn: Iterable[Curve], height: int, name: str, *, is_down: bool, node: int | None = None) -> str:
    """The arcs of one side; those of a ``node`` tell which lead away from it. Empty where there are none."""
    paths = "".join(
        f'<path class="cd-graph__{one.width}{_way(one, node)}" d="{one.path}"/>'
        for one in drawn
        if one.is_down is is_down
    )
    if not paths:
        return ""
    side = "cd-graph__down" if is_down else "cd-graph__up"
    return (
        f'<svg class="{name} {side}" viewBox="0 0 {WIDTH} {height}" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false">{paths}</svg>'
    )


def _way(curve: Curve, node: int | None) -> str:
    if node is None:
        return ""
    return " cd-graph__out" if curve.arc.start == node else " cd-graph__in"


def _row(
    at: int,
    node: Node,
    sheet: Sheet,
    drawn: Iterable[Curve],
    height: int,
    page_of: PageOf,
    frame: Frame,
) -> str:
    """A node's row: its link, and its arcs once more, seen when it is pointed at."""
    own = [one for one in drawn if at in (one.arc.start, one.arc.end)]
    sides = (_side(own, height, "cd-graph__own", is_down=is_down, node=at) for is_down in (False, True))
    out = [one.end for one in sheet.arcs if one.start == at]
    into = [one.start for one in sheet.arcs if one.end == at]
    linked = " ".join(map(str, sorted({*out, *into})))
    inner = f"{_name(node, frame)}{_counts(len(out), len(into), frame)}"
    path = page_of[node.part.key] if node.part else node.path
    attributes = f' class="cd-graph__node" data-cd-linked="{linked}"'
    return f'<li class="cd-graph__row">{frame.link(path, "", inner, attributes)}{"".join(sides)}</li>'


def _name(node: Node, frame: Frame) -> str:
    if node.part is None:
        return f"<span>{escape(frame.titles.get(node.path, node.path))}</span>"
    count = len(node.chapters)
    said = frame.say(Wording(f"{count} chapters", f"{count} 章"))
    return f'<span>{escape(node.part.name)} <small class="cd-count">{said}</small></span>'


def _counts(out: int, into: int, frame: Frame) -> str:
    said = frame.say(Wording(f"links to {out}, linked from {into}", f"链接到 {out}，被 {into} 链接"))
    return (
        f'<span class="cd-count" aria-hidden="true">→{out} ←{into}</span>'
        f'<span class="cd-hidden">{"，" if frame.language == "zh" else ", "}{said}</span>'
    )


def render_list(nodes: Sequence[Node], sheet: Sheet, atlas: Atlas, page_of: PageOf, frame: Frame) -> str:
    """Each row once more in words: what it is about, what it links to and what links to it.

    A chapter is listed with all chapters, those that the drawing leaves out too; a part with the drawing's rows.
    """
    items = "".join(_item(node, sheet, atlas, page_of, frame) for node in nodes)
    return f'<ul class="cd-links" data-search-exclude>{items}</ul>'


def _item(node: Node, sheet: Sheet, atlas: Atlas, page_of: PageOf, frame: Frame) -> str:
    if node.part:
        at = sheet.nodes.index(node)
        out = {arc.end: arc.links for arc in sheet.arcs if arc.start == at}
        into = {arc.start: arc.links for arc in sheet.arcs if arc.end == at}
        there, back = (
            _named({_link(sheet.nodes[one], page_of, frame): n for one, n in found.items()}, frame)
            for found in (out, into)
        )
        about = ""
    else:
        topic = atlas.topics.get(node.path)
        about = f' <small class="cd-limits">{frame.term(topic)}</small>' if topic else ""
        there, back = (
            _named({_link(Node(one), page_of, frame): n for one, n in found.get(node.path, {}).items()}, frame)
            for found in (atlas.weights, atlas.incoming)
        )
    rows = ((LINKS_TO, there), (LINKED_FROM, back))
    facts = "".join(f"<div><dt>{frame.say(name)}</dt><dd>{said}</dd></div>" for name, said in rows if said)
    inner = f'<dl class="cd-facts">{facts}</dl>' if facts else f'<p class="cd-note">{frame.say(_ALONE)}</p>'
    return f'<li><div class="cd-links__name">{_link(node, page_of, frame)}{about}</div>{inner}</li>'


def _link(node: Node, page_of: PageOf, frame: Frame) -> str:
    return frame.link(page_of[node.part.key] if node.part else node.path, "", _name(node, frame))


def _named(reached: Mapping[str, int], frame: Frame) -> str:
    """Links in the order of the book, each with how many links it stands for."""
    separator = "、" if frame.language == "zh" else ", "
    return separator.join(f"{link}{_times(count)}" for link, count in reached.items())


def _times(count: int) -> str:
    return f'&nbsp;<span class="cd-count">×{count}</span>' if count > 1 else ""
