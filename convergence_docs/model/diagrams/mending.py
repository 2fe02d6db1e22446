"""Mends a block that Mermaid refuses, step by step, and proves that it says the same then."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from convergence_docs.model.diagrams import block_faults, flowchart_faults, id_faults
from convergence_docs.model.diagrams.diagram import Diagram
from convergence_docs.model.diagrams.draft import Draft, Patch
from convergence_docs.model.diagrams.fault import Fault, Finder, ink, said
from convergence_docs.model.diagrams.lost_words import lost_words
from convergence_docs.model.diagrams.other_faults import FINDERS
from convergence_docs.model.diagrams.reading import Complaint, Graph, Reading
from convergence_docs.model.diagrams.scan import statements

Read = Callable[[str], Reading | None]

_MOST_READS = 40
"""How often a block is read while it is mended; each is a matter of milliseconds."""
_MOST_CHARACTERS, _LONGEST_LINE = 20_000, 1_000
"""What is looked at for faults: bounds keep the time small on hostile text."""
_FLOWCHART: tuple[Finder, ...] = (
    flowchart_faults.invisible_characters,
    flowchart_faults.unquoted_labels,
    flowchart_faults.slanted_labels,
    flowchart_faults.entities,
    flowchart_faults.comments,
    flowchart_faults.declarations,
    flowchart_faults.colon_labels,
    id_faults.full_width_shapes,
    id_faults.full_width_marks,
    flowchart_faults.marked_arrows,
    flowchart_faults.arrows,
    flowchart_faults.backward_arrows,
    id_faults.lists_of_nodes,
    block_faults.title_statement,
    id_faults.reserved_ids,
    id_faults.nodes_without_id,
    id_faults.spaced_ids,
    id_faults.illegal_ids,
    block_faults.groups,
)
_REWIRING = ("backwards", "spaced", "character", "no-id", "list", "colon", "unclosed")
"""Causes for which the lenient grammar takes the wrong ends of an edge, or none."""
_FRAME: tuple[Finder, ...] = (block_faults.header, block_faults.prose, block_faults.after_header)


class Mending(NamedTuple):
    """What a broken block's faults are, in its own text, and the patches that mend them all.

    Without ``patches``, none was found that Mermaid accepts and that surely says the same; ``faults`` then holds what
    was found nevertheless: mending it brings Mermaid further down.
    """

    faults: tuple[Fault, ...]
    patches: tuple[Patch, ...]

    @property
    def is_sure(self) -> bool:
        """Whether there is no other thing that the author may have meant."""
        return all(fault.is_sure for fault in self.faults)


def mend(text: str, complaint: Complaint, meant: Diagram, read: Read) -> Mending:
    """Mend a block.

    Args:
        text: the block's.
        complaint: what Mermaid says of it.
        meant: what the lenient grammar takes from it.
        read: gives Mermaid's reading of a text.
    """
    if len(text) > _MOST_CHARACTERS or max(map(len, text.split("\n"))) > _LONGEST_LINE:
        return Mending((), ())
    steps = _Steps(text, complaint, read)
    while steps.reading is None and steps.go_on():
        pass
    if steps.reading is not None and steps.reading.kind == "mindmap":
        steps.keep_words()
    faults = tuple(steps.faults)
    if steps.reading is None or not _says_the_same(text, steps.draft.text, faults, meant, steps.reading):
        return Mending(faults, ())
    return Mending(faults, steps.draft.edits(len(text)))


class _Steps:
    """The steps taken so far. ``reading`` is set once Mermaid accepts the draft."""

    def __init__(self, text: str, complaint: Complaint, read: Read) -> None:
        self.draft = Draft(text)
        self.complaint = complaint
        self.faults: list[Fault] = []
        self.reading: Reading | None = None
        self._read = read
        self._reads = 0

    def go_on(self) -> bool:
        """Mend the faults of one cause. Whether that brought Mermaid further."""
        text = self.draft.text
        for finder in _finders(text):
            found = [fault for fault in finder(text) if fault.patches]
            if found and (self._take(found) or (len(found) > 1 and self._take(self._near(found)))):
                return True
        return False

    def keep_words(self) -> None:
        """Let lines that are now read show all their words: others of the same kind would only be found next."""
        text = self.draft.text
        found = [] if self.reading is None else [*lost_words(text, self.reading)]
        faults = [Fault("mind-map", one.start, one.end, one.patches, (text[one.start : one.end],)) for one in found]
        if faults:
            self._take(faults)

    def _near(self, faults: Sequence[Fault]) -> list[Fault]:
        text, line = self.draft.text, self.complaint.line
        return [fault for fault in faults if line - 1 <= text.count("\n", 0, fault.start) + 1 <= line]

    def _take(self, faults: Sequence[Fault]) -> bool:
        if not faults or self._reads >= _MOST_READS:
            return False
        draft = self.draft.patched(patch for fault in faults for patch in fault.patches)
        self._reads += 1
        after = self._read(draft.text)
        if after is None or after.limit or (after.complaint and not _is_further(after.complaint, self.complaint)):
            return False
        self.faults += [
            fault._replace(start=start, end=max(self.draft.origin(fault.end - 1) + 1, start))
            for fault in faults
            for start in (self.draft.origin(fault.start),)
        ]
        self.draft = draft
        if after.complaint is None:
            self.reading = after
        else:
            self.complaint = after.complaint
        return True


def _finders(text: str) -> Iterator[Finder]:
    yield from _FRAME
    first = next(statements(text), None)
    kind = re.match(r"[ \t]*([\w-]*)", text[first.start : first.end]) if first else None
    if kind and kind[1] in FINDERS:
        yield from FINDERS[kind[1]]
        yield block_faults.blocks_of_messages
    elif kind and kind[1] in ("graph", "flowchart", "flowchart-elk"):
        yield from _FLOWCHART


def _is_further(after: Complaint, before: Complaint) -> bool:
    """Whether Mermaid got further down before it complained. What names no line comes first, or once all is read."""
    if not after.line or not before.line:
        return (after.line, after.message) != (before.line, before.message)
    if after.line != before.line:
        return after.line > before.line
    if after.column and before.column:
        return after.column > before.column or (after.column == before.column and after.token != before.token)
    return after.message != before.message


def _says_the_same(text: str, mended: str, faults: Sequence[Fault], meant: Diagram, reading: Reading) -> bool:
    """Whether no letter is lost, all that was mended can be read, and nodes and edges are those that were meant."""
    if Counter(ink(text)) - Counter(ink(mended)) and not _is_swap(faults):
        return False
    shown = {said(label) for label in reading.labels}
    if any(said(label) and not _is_shown(said(label), shown) for fault in faults for label in fault.labels):
        return False
    return reading.graph is None or not meant.nodes or _is_same_graph(faults, meant, reading.graph)


def _is_swap(faults: Sequence[Fault]) -> bool:
    return any(fault.cause in ("type", "surplus-end", "word-mermaid", "entity", "arrow", "generic") for fault in faults)


def _is_shown(label: str, shown: set[str]) -> bool:
    return label in shown or any(label in one for one in shown)


def _is_same_graph(faults: Sequence[Fault], meant: Diagram, graph: Graph) -> bool:
    old = {new: before for fault in faults for new, before in fault.renamed}
    drawn = {old.get(node.id, node.id): said(node.text) for node in graph.nodes}
    drawn |= {name: said(group.title) for group in graph.groups for name in (group.id, said(group.title))}
    repaired = {said(label) for fault in faults for label in fault.labels}
    if any(fault.cause == "empty" for fault in faults):
        repaired.add("")
    unread = "\n".join(meant.lines)
    known = {ink(words) for id, text in drawn.items() for words in (id, text, id + text)}
    misread: set[str] = set()
    for node in meant.nodes:
        name = node.id if node.id in drawn else said(node.id)
        if name not in drawn:
            is_list = any(fault.cause == "list" for fault in faults)
            if not is_list and ink(node.id) not in known and not any(node.id in label for label in (unread, *repaired)):
                return False
            misread.add(node.id)
        elif drawn[name] not in (said(node.text), *repaired) and node.text != node.id:
            return False
    edges = Counter((old.get(e.source, e.source), old.get(e.target, e.target)) for e in graph.edges)
    wanted = Counter((e.source, e.target) for e in meant.edges if e.source not in misread and e.target not in misread)
    if any(fault.cause in _REWIRING for fault in faults) or misread:
        return sum((wanted - edges).values()) <= len(faults) and edges.total() >= wanted.total()
    return not wanted - edges and (bool(meant.lines) or not edges - wanted)
