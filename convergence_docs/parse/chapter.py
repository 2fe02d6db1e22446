"""One file of Markdown to one `Chapter`, as the site renders it."""

from __future__ import annotations

import re

from convergence_docs.model.chapter import Chapter, ChapterNumber, FrontMatter, GithubView
from convergence_docs.model.nodes import (
    Anchor,
    AnchorOrigin,
    Cell,
    Comment,
    Definition,
    Fence,
    Heading,
    Lead,
    Link,
    LinkKind,
    ListItem,
    LooseReference,
    NearLink,
    Row,
    Table,
    Toc,
    TocEntry,
)
from convergence_docs.model.numbering import SectionNumber
from convergence_docs.parse.dialect import MATERIAL, Dialect
from convergence_docs.text import SourceText, Span

FENCE = re.compile(r"^([ ]*)(`{3,}|~{3,})([^`\n]*)$", re.M)
COMMENT = re.compile(r"<!--(.*?)-->", re.S)
HEADING = re.compile(r"^(#{1,6})[ \t]*(.+?)[ \t]*#*[ \t]*(?:\{:?[ ]*#([\w-]+)[^}\n]*\})?[ \t]*$", re.M)
INLINE = re.compile(r"(!?)\[([^\[\]\n]*)\]\(<?([^()\n<>\"]*(?:\([^()\n]*\)[^()\n<>\"]*)*)>?(?:\s+\"([^\"\n]*)\")?\)")
REFERENCE = re.compile(r"(!?)\[([^\[\]\n]+)\][ ]?\[([^\[\]\n]*)\](?![(:])")
DEFINITION = re.compile(r"^ {0,3}\[([^\[\]^\n][^\[\]\n]*)\]:[ \t]*<?([^\s<>]+)>?(?:[ \t]+\"([^\"\n]*)\")?[ \t]*$", re.M)
NEAR = re.compile(r"\[([^\[\]\n]+)\]（([^（）\n]+)）")
ITEM = re.compile(r"^([ ]*)([-*+]|\d+[.)])([ ]+)(.*)$", re.M)
LEAD = re.compile(r"\*\*(.+?)(：|:)?\*\*\s*(：|:)?[ ]*(.*)")
ROW = re.compile(r"^[ ]*\|.*$", re.M)
NUMBER = re.compile(r"(\d+(?:\.\d+)+)(?=\D|$)")


def parse_chapter(source: SourceText, dialect: Dialect = MATERIAL, *, github: bool = True) -> Chapter:
    """Read a file. Never fails: whatever the text holds, there is a chapter."""
    text = masked = source.text
    front, masked = _front_matter(source, masked)
    fences, comments = [], []
    at = 0
    while match := FENCE.search(masked, at):
        close = re.compile(rf"^[ ]*{match[2][0]}{{{len(match[2])},}}[ ]*$", re.M).search(masked, match.end())
        end = close.end() if close else len(masked)
        info = match[3].strip()
        language = info.split(" ")[0].lower()
        fences.append(Fence(Span(match.start(), end), language, info, Span(match.end() + 1, close.start() if close else end)))
        masked = masked[: match.start()] + _blank(masked[match.start() : end]) + masked[end:]
        at = end
    for match in COMMENT.finditer(masked):
        comments.append(Comment(Span(*match.span()), match[1]))
    masked = COMMENT.sub(lambda m: _blank(m[0]), masked)
    masked = re.sub(r"`[^`\n]+`", lambda m: "x" * len(m[0]), masked)
    headings = _headings(text, masked)
    definitions = tuple(
        Definition(Span(*m.span()), m[1], m[2], Span(*m.span(2)), m[3]) for m in DEFINITION.finditer(masked)
    )
    links, loose = _links(text, masked, {d.label.lower(): d for d in definitions})
    name = source.path.rpartition("/")[2]
    number = re.match(r"\d+(?:\.\d+)+|\d+(?=-)", name)
    items = tuple(_item(m) for m in ITEM.finditer(masked))
    return Chapter(
        path=source.path,
        source=source,
        front_matter=front,
        file_number=ChapterNumber(tuple(number[0].split(".")), number[0], None) if number else None,
        heading_number=_heading_number(headings),
        headings=tuple(headings),
        anchors=tuple(Anchor(h.span, h.site_id, AnchorOrigin.HEADING) for h in headings),
        links=links,
        definitions=definitions,
        loose_references=loose,
        near_links=tuple(NearLink(Span(*m.span()), m[1], m[2], Span(*m.span(2))) for m in NEAR.finditer(masked)),
        tables=_tables(text, masked),
        fences=tuple(fences),
        formulas=(),
        list_items=items,
        leads=(),
        footnotes=(),
        footnote_references=(),
        comments=tuple(comments),
        toc=_toc(headings, links, items),
        github=_github(source) if github else None,
    )


def _github(source: SourceText) -> GithubView | None:
    try:
        from convergence_docs.parse.github import parse_github
    except ImportError:
        return None
    view: GithubView = parse_github(source)
    return view


def _number(text: str, offset: int) -> SectionNumber | None:
    try:
        from convergence_docs.parse.numerals import parse_section_number
    except ImportError:
        return None
    number: SectionNumber | None = parse_section_number(text, offset)
    return number


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _front_matter(source: SourceText, masked: str) -> tuple[FrontMatter, str]:
    match = re.match(r"---[ ]*\n(.*?)\n---[ ]*(?:\n|$)", masked, re.S)
    if not match:
        return FrontMatter(Span(0, 0), {}, None), masked
    import yaml

    values, error = {}, None
    try:
        values = yaml.safe_load(match[1]) or {}
    except yaml.YAMLError as exception:
        error = (Span(*match.span(1)), str(exception))
    if not isinstance(values, dict):
        values, error = {}, (Span(*match.span(1)), "not a mapping")
    return FrontMatter(Span(*match.span()), values, error), _blank(match[0]) + masked[match.end() :]


def _plain(text: str) -> str:
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    return re.sub(r"[*`]+", "", text).strip()


def _slug(text: str) -> str:
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def _headings(text: str, masked: str) -> list[Heading]:
    seen: dict[str, int] = {}
    headings = []
    for m in HEADING.finditer(masked):
        span = Span(*m.span(2))
        words = _plain(text[span.start : span.end])
        base = m[3] or _slug(words)
        count = seen.get(base, 0)
        seen[base] = count + 1
        anchor = f"{base}-{count}" if count else base
        headings.append(
            Heading(Span(*m.span()), len(m[1]), words, span, anchor, bool(m[3]), _number(words, span.start))
        )
    return headings


def _heading_number(headings: list[Heading]) -> ChapterNumber | None:
    for heading in headings:
        if heading.level == 1 and (match := NUMBER.match(heading.text)):
            start = heading.text_span.start
            return ChapterNumber(tuple(match[1].split(".")), match[1], Span(start, start + len(match[1])))
    return None


def _links(
    text: str, masked: str, definitions: dict[str, Definition]
) -> tuple[tuple[Link, ...], tuple[LooseReference, ...]]:
    links, loose = [], []
    for m in INLINE.finditer(masked):
        kind = LinkKind.IMAGE if m[1] else LinkKind.INLINE
        target = m[3].strip()
        span = Span(m.start(3), m.start(3) + len(target))
        words = _plain(text[m.start(2) : m.end(2)])
        links.append(Link(kind, Span(*m.span()), words, Span(*m.span(2)), target, span, m[4], None, "(<" in m[0]))
    for m in REFERENCE.finditer(masked):
        label = m[3] or m[2]
        found = definitions.get(label.lower())
        if found is None:
            if m[3] and not m[3].startswith("^"):
                loose.append(LooseReference(Span(*m.span()), m[2], m[3], Span(*m.span(3))))
            continue
        kind = LinkKind.REFERENCE_IMAGE if m[1] else LinkKind.REFERENCE
        links.append(
            Link(kind, Span(*m.span()), m[2], Span(*m.span(2)), found.destination, found.destination_span, found.title, label, False)
        )
    return tuple(sorted(links, key=lambda link: link.span)), tuple(loose)


def _item(m: re.Match[str]) -> ListItem:
    lead = None
    if found := LEAD.match(m[4]):
        start = m.start(4)
        lead = Lead(Span(start, start + found.end(1) + 2), found[1], Span(start + found.start(4), start + found.end(4)))
    indent = len(m[1])
    return ListItem(
        Span(m.start(2), m.end()), indent, m.end(3) - m.start(), indent // 4, m[2][0].isdigit(), _plain(m[4]), lead
    )


def _row(text: str, start: int, end: int) -> Row:
    cells, at = [], text.index("|", start) + 1
    line = text[start:end].rstrip()
    end = start + len(line) - (1 if line.endswith("|") else 0)
    for part in text[at:end].split("|"):
        left = at + len(part) - len(part.lstrip())
        word = part.strip()
        cells.append(Cell(Span(left, left + len(word)), _plain(word)))
        at += len(part) + 1
    return Row(Span(start, start + len(line)), tuple(cells))


def _tables(text: str, masked: str) -> tuple[Table, ...]:
    tables: list[Table] = []
    rows: list[Row] = []
    for m in ROW.finditer(masked):
        if rows and m.start() > rows[-1].span.end + 1:
            _close(tables, rows)
            rows = []
        rows.append(_row(text, *m.span()))
    _close(tables, rows)
    return tuple(tables)


def _close(tables: list[Table], rows: list[Row]) -> None:
    if len(rows) < 2 or not all(re.fullmatch(r":?-+:?", cell.text) for cell in rows[1].cells):
        return
    marks = {(True, True): "center", (True, False): "left", (False, True): "right", (False, False): ""}
    sides = tuple(marks[c.text.startswith(":"), c.text.endswith(":")] for c in rows[1].cells)
    tables.append(Table(Span(rows[0].span.start, rows[-1].span.end), rows[0], sides, tuple(rows[2:])))


TOC_NAME = re.compile(r"^[\W\d]*(?:目\s*录|table of contents|contents|toc)\W*$", re.I)


def _toc(headings: list[Heading], links: tuple[Link, ...], items: tuple[ListItem, ...]) -> Toc | None:
    for index, heading in enumerate(headings):
        if not TOC_NAME.match(heading.text):
            continue
        stop = headings[index + 1].span.start if index + 1 < len(headings) else 1 << 60
        entries = []
        steps: list[int] = []
        for item in items:
            if not heading.span.end <= item.span.start < stop:
                continue
            inside = [x for x in links if item.span.start <= x.span.start < item.span.end and x.destination[:1] == "#"]
            if inside:
                while steps and steps[-1] >= item.indent:
                    steps.pop()
                entries.append(TocEntry(item.span, len(steps), inside[0]))
                steps.append(item.indent)
        if entries:
            return Toc(Span(entries[0].span.start, entries[-1].span.end), index, tuple(entries))
    return None
