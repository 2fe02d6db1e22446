"""Mermaid flowcharts: statements become nodes and edges."""

from __future__ import annotations

import re
from collections.abc import Iterable

from convergence_docs.model.diagrams.diagram import DiagramEdge, DiagramNode
from convergence_docs.parse.mermaid_label import LONGEST, label_at, trimmed, visible_label
from convergence_docs.regex import regex
from convergence_docs.text import Span

MOST_EDGES = 5_000
"""Mermaid draws 500 unless told otherwise; ``A & B --> C & D`` multiplies, and hostile text would not stop."""

_ID = regex(r"""(?:[^\s\[\](){}<>|;&"@:=.~-]|[-=](?![-=.>])|\.(?![.-])|:(?!::)|&(?=[^\s&]))+""")
_BLANKS = regex(r"[ \t]*")
_AND = regex(r"[ \t]*&(?![^\s&])[ \t]*")
_CLASS = regex(r":::[\w-]+")
_ARROW = regex(r"(?:(\w+)@)?(?:[xo<]?(?:--+[-xo>]|==+[=xo>]|-\.+-[xo>]?)|~~~+)")
_OPENING = regex(r"(?:\w+@)?[xo<]?(--|==|-\.)")
_CLOSINGS = {
    "--": ("--", regex(r"--+[-xo>]")),
    "==": ("==", regex(r"==+[=xo>]")),
    "-.": (".-", regex(r"\.-[xo>]?")),
}
_PIPED = regex(r"[ \t]*\|([^|\n]{0,2000})\|")
_IGNORED = regex(r"(?:end|direction|classDef|class|style|linkStyle|click|href|call|accTitle|accDescr)(?![^\s;:{])")
_SUBGRAPH = regex(r"subgraph(?![^\s;])[ \t]*")
_WORDS = r"""[^\[\](){}|"`<>\\#&*/;\n]{1,2000}"""
_SIMPLE = regex(
    rf"(\w+)(?:\[({_WORDS})\])?[ \t]*(-->)(?:\|({_WORDS})\|)?[ \t]*(\w+)(?:\[({_WORDS})\])?[ \t]*(?:;[ \t]*)?$"
)
"""A line such as ``A[Text] -->|words| B[Text]``, as nine of ten are: read in a fifth of the time."""
_STATEMENT_END = regex(r"[ \t]*(?:;[ \t;]*|$)")
_LABEL_KEY = regex(r"""\blabel:[ \t]*(?:"([^"]*)"|'([^']*)'|([^,}\n]*))""")


class Flowchart:
    """A flowchart while it is read.

    Attributes:
        nodes: by id, in order of first appearance; a subgraph is one, for edges may lead to it.
        edges: in order; links that are not drawn (``~~~``) are none.
        unread: statements that are none, as written.
    """

    def __init__(self, text: str, end: int) -> None:
        self.text = text
        self.end = end
        self.nodes: dict[str, DiagramNode] = {}
        self.edges: list[DiagramEdge] = []
        self.unread: list[str] = []
        self._groups: set[str] = set()
        self._arrow_ids: set[str] = set()
        self._done = 0
        self._line_end = 0

    def read(self, lines: Iterable[Span]) -> None:
        """Read the lines of the body; a label may go on over several of them."""
        for line in lines:
            at = max(line.start, self._done)
            if at >= line.end:
                continue
            simple = _SIMPLE.match(self.text, at, line.end)
            if simple:
                self._simple(simple)
            else:
                self._line_end = line.end
                self._line(at)

    def _simple(self, match: re.Match[str]) -> None:
        source, words, target = match[1], match[4], match[5]
        for name, group in ((source, 1), (target, 5)):
            if (label := match[group + 1]) and name not in self._groups:
                span = trimmed(self.text, *match.span(group + 1))
                self.nodes[name] = DiagramNode(span, name, " ".join(label.split()) or name)
            elif name not in self.nodes:
                self.nodes[name] = DiagramNode(Span(*match.span(group)), name, name)
        words = " ".join(words.split()) if words else ""
        span = trimmed(self.text, *match.span(4)) if words else Span(*match.span(3))
        self.edges.append(DiagramEdge(span, source, target, words))

    def _line(self, at: int) -> None:
        text = self.text
        while at < self._line_end:
            if _IGNORED.match(text, at, self._line_end):
                return
            subgraph = _SUBGRAPH.match(text, at, self._line_end)
            after = self._subgraph(subgraph.end()) if subgraph else self._chain(at)
            if after > self._line_end:  # a label went on: so does the line that it ends in
                self._done = after
                line_end = text.find("\n", after, self.end)
                self._line_end = line_end if line_end >= 0 else self.end
            end = _STATEMENT_END.match(text, after, self._line_end)
            if end is None or after == at:
                self.unread.append(text[at : self._line_end].strip())
                break
            at = end.end()
        self._done = max(self._done, self._line_end)

    def _subgraph(self, at: int) -> int:
        text, limit = self.text, self._line_end
        named = _ID.match(text, at, limit)
        if named:
            blanks = _BLANKS.match(text, named.end(), limit)
            after = blanks.end() if blanks else named.end()
            label = label_at(text, after, limit) if text.startswith("[", after) else None
            if label:
                self._groups.add(named[0])
                self.nodes[named[0]] = DiagramNode(label.span, named[0], label.text)
                return label.end
        end = text.find(";", at, limit)
        end = limit if end < 0 else end
        span = trimmed(text, at, end)
        if span.start < span.end:
            title = visible_label(text[span.start : span.end])
            self._groups.add(title)
            self.nodes[title] = DiagramNode(span, title, title)
        return end

    def _chain(self, at: int) -> int:
        """Read ``A & B --> C --> D``; what comes back is where it ends, ``at`` where there is nothing of the kind."""
        sources, at = self._group(at)
        while sources:
            arrow = self._arrow(at)
            if arrow is None:
                return at
            span, words, is_drawn, after = arrow
            targets, end = self._group(after)
            if not targets or len(self.edges) + len(sources) * len(targets) > MOST_EDGES:
                return at
            if is_drawn:
                self.edges += [DiagramEdge(span, one, other, words) for one in sources for other in targets]
            sources, at = targets, end
        return at

    def _group(self, at: int) -> tuple[list[str], int]:
        ids: list[str] = []
        text = self.text
        while True:
            named = _ID.match(text, at, max(self._line_end, at))
            if named is None:
                return ids, at
            ids.append(named[0])
            at = self._label(named[0], named.end(), Span(*named.span()))
            if at > self._line_end:
                line_end = text.find("\n", at, self.end)
                self._done = at
                self._line_end = line_end if line_end >= 0 else self.end
            more = _AND.match(text, at, self._line_end)
            if more is None:
                return ids, at
            at = more.end()

    def _label(self, name: str, at: int, span: Span) -> int:
        """Read what follows a node's id, and keep the node; what comes back is where it ends."""
        text = self.text
        node = None
        if text.startswith("@{", at):
            node, at = self._properties(name, at)
        else:
            label = label_at(text, at, self._line_end) if text[at : at + 1] in ("[", "(", "{", ">") else None
            if label and label.end <= self.end:
                node, at = DiagramNode(label.span, name, label.text or name), label.end
        if node and name not in self._groups:  # a group of the same id keeps its title, as Mermaid draws it
            self.nodes[name] = node
        elif name not in self.nodes and name not in self._arrow_ids:
            self.nodes[name] = DiagramNode(span, name, name)
        styled = _CLASS.match(text, at, max(self._line_end, at))
        return styled.end() if styled else at

    def _properties(self, name: str, at: int) -> tuple[DiagramNode | None, int]:
        """``A@{ shape: rect, label: "Text" }``."""
        text, limit = self.text, min(self.end, at + LONGEST)
        end = text.find("}", at, limit)
        if end >= 0 and text.count('"', at, end) % 2:
            quote = text.find('"', end, limit)
            end = text.find("}", quote, limit) if quote >= 0 else -1
        if end < 0:
            return None, at
        key = _LABEL_KEY.search(text, at, end)
        if key is None or key.lastindex is None:
            return None, end + 1
        span = trimmed(text, *key.span(key.lastindex))
        return DiagramNode(span, name, visible_label(text[span.start : span.end]) or name), end + 1

    def _arrow(self, at: int) -> tuple[Span, str, bool, int] | None:
        """Where the arrow's words (without any, the arrow) stand, the words, whether it is drawn, where it ends."""
        text, limit = self.text, max(self._line_end, at)
        blanks = _BLANKS.match(text, at, limit)
        at = blanks.end() if blanks else at
        arrow = _ARROW.match(text, at, limit)
        if arrow:
            span, words, after = Span(*arrow.span()), "", arrow.end()
            if arrow[1]:
                self._arrow_ids.add(arrow[1])
            piped = _PIPED.match(text, after, limit)
            if piped:
                after = piped.end()
                inner = trimmed(text, *piped.span(1))
                words = visible_label(text[inner.start : inner.end])
                span = inner if words else span
            blanks = _BLANKS.match(text, after, limit)
            return span, words, arrow[0][:1] != "~", blanks.end() if blanks else after
        opening = _OPENING.match(text, at, limit)
        if opening is None:
            return None
        mark, pattern = _CLOSINGS[opening[1]]
        found = text.find(mark, opening.end(), min(limit, opening.end() + LONGEST))
        closing = pattern.match(text, found, limit) if found >= 0 else None
        if closing is None:
            return None
        inner = trimmed(text, opening.end(), found)
        while inner.end > inner.start and mark == ".-" and text[inner.end - 1] == ".":
            inner = trimmed(text, inner.start, inner.end - 1)
        blanks = _BLANKS.match(text, closing.end(), limit)
        words = visible_label(text[inner.start : inner.end])
        return inner, words, True, blanks.end() if blanks else closing.end()
