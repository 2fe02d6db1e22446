"""A book as JSON: everything that was read, each piece with its place. ``schemas/model.schema.json`` describes it.

Keys stand in a fixed order and chapters in the order of their paths; no time, no absolute path and no setting of the
machine gets in. The same chapters therefore give the same bytes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from json import dumps
from math import isfinite
from typing import Any

from convergence_docs.model.book import Book, Entry
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.claims.claim import Claim
from convergence_docs.model.claims.claim_row import claim_row
from convergence_docs.model.diagrams.block import Block
from convergence_docs.model.diagrams.diagram import Diagram
from convergence_docs.model.diagrams.reading import Complaint, Edge, Graph, Group, Node, StyleClass
from convergence_docs.model.links.resolution import Resolver
from convergence_docs.model.links.target import Target
from convergence_docs.model.nodes import Cell, Heading, Lead, Link, ListItem, Row, Table, Toc
from convergence_docs.model.tables.layer_table import (
    DriverTable,
    Label,
    LayerTable,
    read_driver_table,
    read_layer_table,
)
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.text import SourceText, Span

VERSION = 1
"""Of the format; raised when a reader of the old one would misread the new one."""

Json = dict[str, Any]
Placer = Callable[[Span], dict[str, int]]


def render_model(book: Book, chapters: Mapping[str, Chapter], vocabulary: Vocabulary | None = None) -> str:
    """The whole book as one JSON object, one line a chapter, so that two exports can be compared line by line."""
    pages = ((chapters[path], book.entries[path]) for path in sorted(chapters))
    return "".join(stream_model(book, pages, vocabulary))


def stream_model(
    book: Book, pages: Iterable[tuple[Chapter, Entry]], vocabulary: Vocabulary | None = None
) -> Iterator[str]:
    """The pieces of `render_model`, one a chapter.

    Args:
        book: tells where links lead; its entries may be without links and claims of their own.
        pages: chapters in the order of their paths, each with its full entry; only one at a time is held.
        vocabulary: tells what labels of tables mean.
    """
    resolver = Resolver(book)
    yield f'{{"version": {VERSION}, "chapters": [\n'
    separator = ""
    for chapter, entry in pages:
        exported = export_chapter(chapter, resolver.targets(entry), entry.claims, vocabulary)
        yield separator + dumps(exported, ensure_ascii=False, allow_nan=False)
        separator = ",\n"
    yield "\n]}\n"


def export_chapter(
    chapter: Chapter, targets: Iterable[Target], claims: Iterable[Claim], vocabulary: Vocabulary | None = None
) -> Json:
    """One chapter. ``targets`` are those of its links; the vocabulary tells what labels of tables mean."""
    source = chapter.source
    place = _placer(source)
    number = chapter.file_number or chapter.heading_number
    return {
        "path": chapter.path,
        "title": chapter.title,
        "number": ".".join(number.parts) if number else None,
        "front_matter": _front_matter(chapter, place),
        "headings": _headings(chapter, place),
        "anchors": [{**place(one.span), "id": one.id, "origin": one.origin.value} for one in chapter.anchors],
        "toc": _toc(chapter.toc, place) if chapter.toc else None,
        "links": [_link(link, target, place) for link, target in _with_targets(chapter.links, targets)],
        "definitions": [
            {**place(one.span), "label": one.label, "destination": one.destination, "title": one.title}
            for one in chapter.definitions
        ],
        "tables": [_table(table, place) for table in chapter.tables],
        "layer_tables": [
            {"table": index, **_layer_table(view, place)}
            for index, table in enumerate(chapter.tables)
            if (view := read_layer_table(table, vocabulary))
        ],
        "driver_tables": [
            {"table": index, **_driver_table(driver_view, place)}
            for index, table in enumerate(chapter.tables)
            if (driver_view := read_driver_table(table, vocabulary))
        ],
        "fences": [
            {**place(one.span), "language": one.language, "info": one.info, "body": source.slice(one.body_span)}
            for one in chapter.fences
        ],
        "diagrams": [_diagram(*pair, place) for pair in zip(chapter.diagrams, chapter.blocks, strict=True)],
        "formulas": [
            {**place(one.span), "is_display": one.is_display, "body": source.slice(one.body_span)}
            for one in chapter.formulas
        ],
        "list_items": [_list_item(item, source, place) for item in chapter.list_items],
        "leads": [_lead(lead, source, place) for lead in chapter.leads],
        "footnotes": [{**place(one.span), "label": one.label} for one in chapter.footnotes],
        "footnote_references": [
            {**place(one.span), "label": one.label, "is_defined": one.is_defined} for one in chapter.footnote_references
        ],
        "claims": [_claim(one, source, place) for one in claims],
    }


def _placer(source: SourceText) -> Placer:
    """What gives the places of a chapter's pieces: `SourceText.position` twice, but most pieces end in their line."""
    starts = source.line_starts

    def place(span: Span) -> dict[str, int]:
        start, end = span
        line = last = bisect_right(starts, start)
        if line < len(starts) and end >= starts[line]:
            last = bisect_right(starts, end, line)
        return {
            "line": line,
            "column": start - starts[line - 1] + 1,
            "end_line": last,
            "end_column": end - starts[last - 1] + 1,
        }

    return place


def _front_matter(chapter: Chapter, place: Placer) -> Json | None:
    block = chapter.front_matter
    if block.span.start == block.span.end:
        return None
    error = {**place(block.error[0]), "message": block.error[1]} if block.error else None
    return {**place(block.span), "values": _plain(block.values), "error": error}


def _plain(value: object) -> Any:
    """A YAML value as JSON has it: dates as ISO 8601, keys and everything unheard of as text."""
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str) or (isinstance(value, float) and isfinite(value)):
        return value
    return str(value)


def _headings(chapter: Chapter, place: Placer) -> list[Json]:
    """The headings; one that GitHub sees in the same line lends its anchor there."""
    line_of = chapter.source.position
    github = {line_of(one.span.start).line: one.id for one in (chapter.github.headings if chapter.github else ())}
    return [_heading(heading, chapter.source, place, github) for heading in chapter.headings]


def _heading(heading: Heading, source: SourceText, place: Placer, github: Mapping[int, str]) -> Json:
    where = place(heading.span)
    number = heading.number
    return {
        **where,
        "level": heading.level,
        "text": heading.text,
        "site_id": heading.site_id,
        "github_id": github.get(where["line"]),
        "has_explicit_id": heading.has_explicit_id,
        "number": {
            "style": number.style.value,
            "parts": list(number.parts),
            "text": source.slice(number.span),
            "title": number.title,
        }
        if number
        else None,
    }


def _toc(toc: Toc, place: Placer) -> Json:
    entries = [
        {**place(one.span), "depth": one.depth, "text": one.link.text, "destination": one.link.destination}
        for one in toc.entries
    ]
    return {**place(toc.span), "heading": toc.heading, "entries": entries}


def _with_targets(links: Iterable[Link], targets: Iterable[Target]) -> list[tuple[Link, Target | None]]:
    by_link = {target.link.span: target for target in targets}
    return [(link, by_link.get(link.span)) for link in links]


def _link(link: Link, target: Target | None, place: Placer) -> Json:
    return {
        **place(link.span),
        "kind": link.kind.value,
        "text": link.text,
        "destination": link.destination,
        "title": link.title,
        "label": link.label,
        "target": {
            "kind": target.kind.value,
            "path": target.path,
            "fragment": target.fragment,
            "fault": target.fault.value if target.fault else None,
        }
        if target
        else None,
    }


def _table(table: Table, place: Placer) -> Json:
    return {
        **place(table.span),
        "alignments": list(table.alignments),
        "header": _row(table.header, place),
        "rows": [_row(row, place) for row in table.rows],
    }


def _row(row: Row, place: Placer) -> Json:
    return {**place(row.span), "cells": [_cell(cell, place) for cell in row.cells]}


def _cell(cell: Cell, place: Placer) -> Json:
    return {**place(cell.span), "text": cell.text}


def _layer_table(view: LayerTable, place: Placer) -> Json:
    return {
        "orientation": view.orientation.value,
        "subjects": [_label(label, place) for label in view.subjects],
        "dimensions": [_label(label, place) for label in view.dimensions],
        "cells": [
            {**place(cell.span), "text": cell.text, "subject": cell.subject, "dimension": cell.dimension}
            for cell in view.cells
        ],
    }


def _driver_table(view: DriverTable, place: Placer) -> Json:
    return {
        "rows": [
            {
                **place(row.span),
                "factor": _label(row.factor, place),
                "mechanism": _cell(row.mechanism, place) if row.mechanism else None,
                "effect": _cell(row.effect, place) if row.effect else None,
            }
            for row in view.rows
        ]
    }


def _label(label: Label, place: Placer) -> Json:
    return {**place(label.span), "text": label.text, "term": label.term.id if label.term else None}


def _diagram(diagram: Diagram, block: Block, place: Placer) -> Json:
    reading = diagram.reading
    said: Json = {
        **place(diagram.span),
        "kind": diagram.kind,
        "nodes": [{**place(one.span), "id": one.id, "text": one.text} for one in diagram.nodes],
        "edges": [
            {**place(one.span), "source": one.source, "target": one.target, "text": one.text} for one in diagram.edges
        ],
        "lines": list(diagram.lines),
        "source": "mermaid" if diagram.is_sound else "grammar",
        "mermaid": None,
    }
    if reading is not None:
        said["mermaid"] = {
            "type": reading.kind,
            "title": reading.title,
            "description": reading.description,
            "caption": reading.caption,
            "labels": list(reading.labels),
            "graph": _graph(reading.graph) if reading.graph else None,
            "complaint": _complaint(reading.complaint, block, place) if reading.complaint else None,
            "limit": reading.limit or None,
        }
    return said


def _graph(graph: Graph) -> Json:
    """A flowchart as Mermaid holds it, nodes and edges by the same ids as in the diagram, with what only it knows."""
    return {
        "direction": graph.direction,
        "nodes": [_record(node) for node in graph.nodes],
        "edges": [_record(edge) for edge in graph.edges],
        "groups": [_record(group) for group in graph.groups],
        "classes": [_record(one) for one in graph.classes],
    }


def _record(record: Node | Edge | Group | StyleClass) -> Json:
    return {name: list(one) if isinstance(one, tuple) else one for name, one in record._asdict().items()}


def _complaint(complaint: Complaint, block: Block, place: Placer) -> Json:
    """What Mermaid refuses, at its place in the file; where it names none, at the block."""
    where = block.span
    if complaint.line:
        start = block.offset(complaint.line, max(complaint.column, 1))
        where = Span(start, max(block.offset(complaint.line, complaint.end_column), start))
    return {
        **place(where),
        "message": complaint.message,
        "token": complaint.token,
        "expected": list(complaint.expected),
    }


def _claim(claim: Claim, source: SourceText, place: Placer) -> Json:
    """A claim with the names of `ClaimRow`, its place first as everywhere here."""
    row = claim_row(source.path, claim, source)._asdict()
    del row["path"]
    return {**place(claim.span), **row}


def _list_item(item: ListItem, source: SourceText, place: Placer) -> Json:
    return {
        **place(item.span),
        "depth": item.depth,
        "is_ordered": item.is_ordered,
        "text": item.text,
        "lead": _lead(item.lead, source, place) if item.lead else None,
    }


def _lead(lead: Lead, source: SourceText, place: Placer) -> Json:
    return {**place(lead.span), "text": lead.text, "rest": source.slice(lead.rest_span).strip()}
