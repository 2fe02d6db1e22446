"""``convergence-docs claims``: every figure that the chapters state, with its place."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator

from convergence_docs import engine
from convergence_docs.cli.output import emit, emit_utf8, line_width, warn
from convergence_docs.cli.place import place_in
from convergence_docs.config import Config, find_configs
from convergence_docs.config.ignore import make_matcher
from convergence_docs.diagnostic import Language
from convergence_docs.errors import Fault
from convergence_docs.model.claims.claim_query import Sought, near, seek
from convergence_docs.model.claims.claim_row import ClaimRow, claim_row
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.reports.cells import sanitised
from convergence_docs.reports.claims import render_csv, render_json, render_jsonl, render_table


def run(arguments: Namespace, language: Language) -> int:
    """Print the claims that are asked for, by path, line and column."""
    rows: list[ClaimRow] = []
    vocabularies: list[Vocabulary | None] = []
    is_meant = make_matcher(arguments.chapter) if arguments.chapter else lambda _: True
    for config in find_configs([arguments.path], arguments.config):
        read = engine.read_claims(config, is_meant)
        rows += _rows(config, read)
        vocabularies.append(read.vocabulary)
        for finding in read.not_read():
            warn(f"{sanitised(place_in(config.docs_root)(finding.path))}: {finding.message.to(language)}")
    rows.sort(key=lambda row: (row.path, row.line, row.column))
    kept = [row for row in rows if arguments.source in (None, row.source)]
    if arguments.subject is not None:
        sought = _sought(arguments.subject, vocabularies, ((row.subject, row.subject_id) for row in rows), "subject")
        kept = [row for row in kept if any(one.fits(row.subject, row.subject_id) for one in sought)]
    if arguments.dimension is not None:
        sought = _sought(
            arguments.dimension, vocabularies, ((row.dimension, row.dimension_id) for row in rows), "dimension"
        )
        kept = [row for row in kept if any(one.fits(row.dimension, row.dimension_id) for one in sought)]
    _show(kept, arguments, language)
    return 0


def _rows(config: Config, read: engine.Claims) -> Iterator[ClaimRow]:
    """The claims of one site, with paths as seen from the current folder."""
    moved = place_in(config.docs_root)
    for source, claims in read.chapters:
        path = moved(source.path)
        yield from (claim_row(path, claim, source) for claim in claims)


def _sought(
    word: str, vocabularies: Iterable[Vocabulary | None], named: Iterable[tuple[str, str]], what: str
) -> list[Sought]:
    """What a word stands for in each site.

    Raises:
        Fault: in none; likely names are proposed.
    """
    kinds = ("dimension",) if what == "dimension" else ()
    known = list(vocabularies)
    sought = [seek(word, one, *kinds) for one in known]
    pairs = list(named)
    if any(one.ids for one in sought) or any(one.fits(*pair) for one in sought for pair in pairs):
        return sought
    texts = [text for text, _ in pairs]
    likely = list(dict.fromkeys(name for one in known for name in near(word, one, texts, *kinds)))[:3]
    noun = "对象" if what == "subject" else "维度"
    raise Fault(
        en=f"No claim and no term of the vocabulary has the {what} '{word}'.",
        zh=f"没有{noun}为“{word}”的论断，词汇表中也没有这个词。",
        hint_en=f"Did you mean {', '.join(likely)}?" if likely else "Without this option, all claims are listed.",
        hint_zh=f"是否想用 {'、'.join(likely)}？" if likely else "去掉此选项可列出全部论断。",
    )


def _show(rows: list[ClaimRow], arguments: Namespace, language: Language) -> None:
    if arguments.format == "table":
        is_limited = arguments.output is None and (sys.stdout.isatty() or "COLUMNS" in os.environ)
        emit(render_table(rows, language, line_width() if is_limited else None), arguments.output)
        return
    render = {"csv": render_csv, "json": render_json, "jsonl": render_jsonl}[arguments.format]
    emit_utf8(render(rows), arguments.output)
