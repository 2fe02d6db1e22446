"""From leaves to the records of a chapter: the second half of a parse."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from convergence_docs.escapes import unescape
from convergence_docs.model.later import Later
from convergence_docs.model.nodes import (
    Anchor,
    AnchorOrigin,
    Cell,
    FootnoteReference,
    Formula,
    Lead,
    Link,
    LinkKind,
    ListItem,
    LooseReference,
    NearLink,
    Row,
    Table,
)
from convergence_docs.parse.attributes import attributes_after, attributes_at_end
from convergence_docs.parse.blocks import BlockParser
from convergence_docs.parse.dialect import Dialect
from convergence_docs.parse.events import Scope
from convergence_docs.parse.html_nodes import HtmlNodes
from convergence_docs.parse.inline import Context, Inline, Mark, MarkKind, scan_inline
from convergence_docs.parse.leaves import FoundHeading, ItemMark, Kind, Leaf
from convergence_docs.parse.pieces import locator
from convergence_docs.parse.tables import RawCell, RawRow, RawTable
from convergence_docs.parse.tags import attributes
from convergence_docs.parse.visible import quick_text, visible_text
from convergence_docs.regex import regex
from convergence_docs.text import SourceText, Span

_LEAD = regex(r"(?:\[[ xX]\] +)?(\*\*|__)(?=\S)([^*_]*+(?:[*_](?!\1)[^*_]*+)*?)(?<=\S)\1[ ]*([：:])?[ ]*")
_NEAR = regex(
    r"\[([^\[\]\n]+)\](?:（([^（）\n]+)）|（([^（）()\n]+)\)|\(([^（）()\n]+)）)"
    r"|(?:［([^\[\]［］\n]+)[］\]]|\[([^\[\]［］\n]+)］)(?:\(([^（）()\n]+)\)|（([^（）()\n]+)）)"
)
_TASK = regex(r" *\[[ xX]\] +")
_ANCHOR_LIST = regex(r"(?<=[\x02*_])\{(?=:?[ ]*[^}\n ])")

_KINDS = {
    MarkKind.LINK: LinkKind.INLINE,
    MarkKind.REFERENCE: LinkKind.REFERENCE,
    MarkKind.IMAGE: LinkKind.IMAGE,
    MarkKind.REFERENCE_IMAGE: LinkKind.REFERENCE_IMAGE,
    MarkKind.AUTOLINK: LinkKind.AUTOLINK,
    MarkKind.MAIL: LinkKind.AUTOLINK,
}

Locate = Callable[[int], int]


class Reader:
    """Reads leaves and collects records."""

    def __init__(self, source: SourceText, dialect: Dialect, parser: BlockParser) -> None:
        self.source = source
        self.dialect = dialect
        self.parser = parser
        definitions = {" ".join(one.label.split()).lower(): one for one in parser.definitions}
        footnotes = frozenset(one.label for one in parser.footnotes)
        self.context = Context(definitions, footnotes, dialect.math)
        self.headings = parser.headings
        self.html = HtmlNodes()
        self.anchors = self.html.anchors
        self.links = self.html.links
        self.loose: list[LooseReference] = []
        self.near: list[NearLink] = []
        self.formulas: list[Formula] = []
        self.items: list[ListItem] = []
        self.leads: list[Lead] = []
        self.footnote_references: list[FootnoteReference] = []
        self.page_ids = [one.explicit for one in parser.headings if one.explicit]

    def read(self) -> None:
        """Read every leaf."""
        self.links += self.parser.links
        self.items += self.parser.items
        for mark in self.parser.marks:
            self.list_item(mark, mark.content, "", None)
        leaves, notes_at = self.parser.leaves, self.parser.notes_at
        self.read_leaves(leaves[:notes_at])
        self.headings.sort()  # those that the sweep has read came first
        self.read_leaves(leaves[notes_at:])
        for start, end, body_start, body_end in self.parser.formulas:
            self.formulas.append(Formula(Span(start, end), Span(body_start, body_end), True))

    def read_leaves(self, leaves: Iterable[Leaf]) -> None:
        for leaf in leaves:
            kind = leaf.kind
            if kind is Kind.ITEM:
                self.item(leaf)
            elif kind is Kind.HEADING:
                self.heading(leaf)
            else:
                self.paragraph(leaf)

    def paragraph(self, leaf: Leaf) -> None:
        text = leaf.text
        if self.parser.scope is Scope.ALL and leaf.kind is Kind.PARAGRAPH and text.startswith(("**", "__")):
            self.leads += filter(None, [self.lead(text, leaf)])
        if "[" in text or "<" in text or "$" in text or "{" in text or "\\(" in text:
            locate = locator(text, leaf.origin)
            inline = self.inline(text, locate)
            if "}" in text:
                self.trailing(text, inline, locate, is_line=leaf.kind is not Kind.TERM)

    def trailing(self, text: str, inline: Inline, locate: Locate, *, is_line: bool) -> int:
        """Take the attribute list off a block's end; returns where the text ends without it."""
        if not self.dialect.attr_list:
            return len(text)
        found = attributes_at_end(text, _last_element(inline), is_line=is_line)
        if found is None:
            return len(text)
        if found.id:
            self.anchor(found.id, locate(found.id_start), locate(found.id_end), AnchorOrigin.ATTRIBUTE_LIST)
        return found.start

    def anchor(self, name: str, start: int, end: int, origin: AnchorOrigin) -> None:
        self.anchors.append(Anchor(Span(start, end), name, origin))
        if origin is not AnchorOrigin.HTML:
            self.page_ids.append(name)

    def heading(self, leaf: Leaf) -> None:
        text = leaf.text
        locate = locator(text, leaf.origin)
        explicit: str | None = leaf.explicit_id or None
        name = quick_text(text)
        if name is None:
            inline = self.inline(text, locate)
            if self.dialect.attr_list and text.endswith("}"):
                found = attributes_at_end(text, _last_element(inline), is_line=False)
                if found is not None:
                    text = text[: found.start].rstrip(" ").rstrip("#").rstrip()
                    explicit = found.id or explicit
            name = visible_text(text, inline)
        else:
            name = " ".join(name.split())
        if explicit:
            self.page_ids.append(explicit)
        self.headings.append(FoundHeading(locate(0), locate(len(text)), leaf.level, name, explicit, Span(*leaf.span)))

    def element_heading(self, text: str, opening: Span, whole: Span) -> None:
        """A raw HTML heading inside an element with Markdown: the site gives it an id like any other."""
        explicit = next((one.value for one in attributes(text, *opening) if one.name == "id"), None)
        close = text.rfind("</", opening.end, whole.end)
        end = close if close >= 0 else whole.end
        words = " ".join(unescape(re.sub(r"<[^<>]*>", "", text[opening.end : end])).split())
        if explicit:
            self.page_ids.append(explicit)
        self.headings.append(FoundHeading(opening.end, end, int(text[opening.start + 2]), words, explicit, whole))

    def item(self, leaf: Leaf) -> None:
        text, mark = leaf.text, leaf.mark
        assert mark is not None
        line_end = text.find("\n")
        first = text if line_end < 0 else text[:line_end]
        locate = locator(text, leaf.origin)
        if self.parser.scope is not Scope.ALL:
            inline = self.inline(text, locate)
            if "}" in text and line_end >= 0:
                self.trailing(text, inline, locate, is_line=True)
            self.list_item(mark, locate(len(text)), "", None)
            return
        shown = quick_text(first)
        if shown is None or (line_end >= 0 and ("[" in text or "<" in text or "$" in text or "{" in text)):
            inline = self.inline(text, locate)
            if shown is None:
                shown = visible_text(text, inline, 0, len(first))
            if "}" in text and line_end >= 0:
                self.trailing(text, inline, locate, is_line=True)
        if shown.startswith("[") and self.dialect.tasklist and (task := _TASK.match(shown)):
            shown = shown[task.end() :]
        lead = self.lead(first, leaf) if "**" in first[:8] or "__" in first[:8] else None
        self.list_item(mark, locate(len(text)), shown.strip(), lead)

    def list_item(self, mark: ItemMark, end: int, text: str, lead: Lead | None) -> None:
        indent = self.parser.indent_of(mark.marker)
        content = indent + mark.content - mark.marker
        self.items.append(ListItem(Span(mark.marker, end), indent, content, mark.depth, mark.is_ordered, text, lead))

    def lead(self, text: str, leaf: Leaf) -> Lead | None:
        """The bold words that open a text, with the colon inside or outside the bold."""
        end = text.find("\n")
        line = text if end < 0 else text[:end]
        match = _LEAD.match(line)
        if match is None or not match[2] or match[1] in match[2]:
            return None
        words = match[2]
        has_colon = match[3] is not None
        if words[-1] in "：:":
            words, has_colon = words[:-1].rstrip(), True
        shown = quick_text(words)
        if shown is None:
            shown = visible_text(words, scan_inline(words, self.context))
        base = leaf.origin if isinstance(leaf.origin, int) else leaf.origin[0]
        start, bold_end = base + match.start(1), base + match.end(2) + 2
        rest = Span(base + match.end(), base + max(len(line.rstrip()), match.end()))
        return Lead(Span(start, bold_end), shown, rest if has_colon else Span(bold_end, bold_end))

    def read_tables(self) -> tuple[Table, ...]:
        """The tables. They know their reader; it does not know them, or the two would keep each other in memory."""
        return tuple([self.table(table) for table in self.parser.tables])

    def table(self, table: RawTable) -> Table:
        header = self.row(table.header)
        rows: Sequence[Row] = Later(lambda: tuple([self.row(row) for row in table.rows()]))
        if not table.is_quiet:
            rows = tuple(rows)  # what they hold is recorded now
        return Table(Span(header.span.start, table.end), header, table.alignments, rows, table.is_even)

    def row(self, row: RawRow | Row) -> Row:
        if isinstance(row, Row):
            return row
        cells = [self.cell(cell) for cell in row.cells]
        return Row(Span(row.start, row.end), tuple(cells))

    def cell(self, cell: RawCell) -> Cell:
        start, text = cell
        shown = quick_text(text)
        if shown is None:
            locate = start.__add__
            inline = self.inline(text, locate)
            end = self.trailing(text, inline, locate, is_line=False) if text.endswith("}") else len(text)
            shown = visible_text(text, inline, 0, end)
        return Cell(Span(start, start + len(text)), shown)

    def inline(self, text: str, locate: Locate) -> Inline:
        """Read the inline Markdown of a text."""
        inline = scan_inline(text, self.context)
        for mark in inline.marks:
            kind = mark.kind
            if kind in _KINDS:
                self.link(text, mark, inline, locate)
            elif kind is MarkKind.HTML:
                self.html.tag(text, mark.start, mark.end, locate)
            elif kind is MarkKind.MATH:
                body = Span(locate(mark.inner[0]), locate(mark.inner[1]))
                self.formulas.append(Formula(Span(locate(mark.start), locate(mark.end)), body, False))
            elif kind is MarkKind.FOOTNOTE:
                self.footnote(mark, locate)
        for start, end, words, label, label_end in inline.loose:
            span, label_span = Span(locate(start), locate(end)), Span(locate(label), locate(label_end))
            shown = text[words : text.find("]", words)] if "]" in text[words:end] else text[words:end]
            self.loose.append(LooseReference(span, shown, text[label:label_end], label_span))
        if "]（" in text or ("](" in inline.work and "）" in text) or "］" in text or "［" in text:
            for match in _NEAR.finditer(inline.work):
                inner, place = [match.span(group) for group, found in enumerate(match.groups(), 1) if found]
                span = Span(locate(match.start()), locate(match.end()))
                target = Span(locate(place[0]), locate(place[1]))
                self.near.append(NearLink(span, text[slice(*inner)], text[slice(*place)], target))
        if "{" in inline.work and self.dialect.attr_list:
            self.inline_attributes(text, inline, locate)
        return inline

    def inline_attributes(self, text: str, inline: Inline, locate: Locate) -> None:
        done = 0
        for match in _ANCHOR_LIST.finditer(inline.work):
            found = attributes_after(text, match.start()) if match.start() >= done else None
            if found is None:
                continue
            done = found.end
            inline.marks.append(Mark(MarkKind.ATTRIBUTES, found.start, found.end, (found.end, found.end)))
            if found.id:
                self.anchor(found.id, locate(found.id_start), locate(found.id_end), AnchorOrigin.ATTRIBUTE_LIST)

    def footnote(self, mark: Mark, locate: Locate) -> None:
        span = Span(locate(mark.start), locate(mark.end))
        self.footnote_references.append(FootnoteReference(span, mark.label, True))

    def link(self, text: str, mark: Mark, inline: Inline, locate: Locate) -> None:
        span = Span(locate(mark.start), locate(mark.end))
        inner = mark.inner
        text_span = Span(locate(inner[0]), locate(inner[1]))
        written = text[inner[0] : inner[1]]
        shown = quick_text(written)
        if shown is None:
            shown = written if mark.kind in (MarkKind.AUTOLINK, MarkKind.MAIL) else visible_text(text, inline, *inner)
        if mark.definition is not None:
            definition = mark.definition
            destination, target = _resolved(definition.destination), definition.destination_span
        else:
            raw = text[mark.target[0] : mark.target[1]]
            if "\\" in raw or "`" in raw:
                raw = _unmarked(text, inline, *mark.target)
            destination, target = _resolved(raw), Span(locate(mark.target[0]), locate(mark.target[1]))
            if mark.kind is MarkKind.MAIL:
                destination = "mailto:" + raw.removeprefix("mailto:")
        self.links.append(
            Link(
                _KINDS[mark.kind],
                span,
                shown,
                text_span,
                destination,
                target,
                mark.title,
                mark.label or None,
                mark.is_bracketed,
            )
        )


def _last_element(inline: Inline) -> int:
    """Where the last inline element ends: an attribute list that ends a block can't begin before it."""
    return max((mark.end for mark in inline.marks if mark.kind is not MarkKind.ESCAPE), default=0)


def _resolved(destination: str) -> str:
    return unescape(destination) if "&" in destination else destination


def _unmarked(text: str, inline: Inline, start: int, end: int) -> str:
    """A destination with its escapes resolved and its code without ticks; formulas in it stay as they are."""
    pieces, at = [], start
    for mark in sorted(inline.marks, key=lambda mark: mark.start):
        if mark.kind in (MarkKind.ESCAPE, MarkKind.CODE) and at <= mark.start and mark.end <= end:
            pieces += [text[at : mark.start], text[mark.inner[0] : mark.inner[1]]]
            at = mark.end
    pieces.append(text[at:end])
    return "".join(pieces)
