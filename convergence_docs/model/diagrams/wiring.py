"""What the nodes and edges of a flowchart leave open: ids that read like typing slips, nodes without an edge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from convergence_docs.model.diagrams.mentions import near_of
from convergence_docs.model.diagrams.reading import Graph, Node
from convergence_docs.regex import regex

_NOTE = regex(r"(?i)note|legend|注|图例|说明|示例|.{25}")
"""Ids and labels of what stands beside a diagram and explains it."""
_CODE = regex(r"(?P<stem>[A-Za-z]{1,2}|[A-Za-z]*?[a-z_])(?P<number>\d*)")


class Slip(NamedTuple):
    """A node whose id is shown, among nodes that have labels. ``near`` is the labelled node that may be meant."""

    id: str
    near: str


def unlabelled(graph: Graph) -> Iterator[Slip]:
    """Nodes with edges and without a label, whose ids say nothing to a reader while almost all others have labels."""
    labelled = [node for node in graph.nodes if node.is_labelled and node.text]
    bare = [node for node in graph.nodes if not node.is_labelled]
    if len(labelled) < 4 or not bare or len(bare) * 6 > len(labelled) + 2:
        return
    joined = {name for edge in graph.edges for name in (edge.source, edge.target)}
    groups = {name for group in graph.groups for name in (group.id, group.title)}
    for node in bare:
        if node.id not in joined or node.id in groups:
            continue
        near = near_of(node.id, {one.id for one in labelled})
        if _is_code(node.id, labelled) or near.casefold() == node.id.casefold():
            yield Slip(node.id, near)


def _is_code(id: str, labelled: list[Node]) -> bool:
    """Whether an id is a code: one or two letters with a number, as those of most labelled nodes are."""
    match = _CODE.fullmatch(id)
    if match is None or (len(match["stem"]) > 2 and not match["number"]):
        return False
    return sum(_CODE.fullmatch(one.id) is not None for one in labelled) * 4 >= len(labelled) * 3


def unconnected(graph: Graph) -> Iterator[Node]:
    """Nodes outside of groups that no edge leads to or from, where almost all others have one."""
    joined = {name for edge in graph.edges for name in (edge.source, edge.target)}
    loose = [node for node in graph.nodes if node.id not in joined and not node.group]
    if len(graph.edges) >= 3 and len(loose) * 5 <= len(graph.nodes):
        yield from (node for node in loose if not _NOTE.match(node.id) and not _NOTE.match(node.text))


def alike(graph: Graph) -> Iterator[tuple[Node, Node]]:
    """Nodes of one group that read the same, where arrows lead to the one alone, and away from the other alone.

    The reader sees a chain that breaks off and another that begins with the same words. Nodes that merely read the same
    are none: trees repeat a leaf, and two servers look alike.
    """
    reached = {edge.target for edge in graph.edges}
    leading = {edge.source for edge in graph.edges}
    by_text: dict[tuple[str, str], list[Node]] = {}
    for node in graph.nodes:
        if node.is_labelled and len(text := " ".join(node.text.split())) > 1:
            by_text.setdefault((text, node.group), []).append(node)
    for nodes in by_text.values():
        if len(nodes) == 2:
            ends = [node for node in nodes if node.id in reached and node.id not in leading]
            begins = [node for node in nodes if node.id in leading and node.id not in reached]
            stems = {node.id.rstrip("0123456789") for node in nodes}
            if len(ends) == len(begins) == 1 and len(stems) == 2:
                yield nodes[0], nodes[1]
