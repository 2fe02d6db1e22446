"""What every chapter of a site contributes: examined now, in several processes where that gains time, or unpacked."""

from __future__ import annotations

import time
from collections.abc import Container, Iterator

from convergence_docs import codec
from convergence_docs.cache import digest_of, sure
from convergence_docs.diagnostic import Finding
from convergence_docs.incident import rule_crashed
from convergence_docs.load import Bytes, NotRead, Stamp, read
from convergence_docs.model.book import NO_LINKS, Entry, from_columns, in_columns
from convergence_docs.parse import Dialect, parse_chapter
from convergence_docs.runner import Examined, Runner
from convergence_docs.survey import Record, Survey
from convergence_docs.text import decode
from convergence_docs.workers import Work, share, usable_jobs

_TAB = b"\t"


def examine_pending(
    survey: Survey, runner: Runner, dialect: Dialect, jobs: int | None, *, is_remembering: bool
) -> None:
    """Examine what a survey has left pending. ``is_remembering``: results are packed for the cache too."""

    def do(item: tuple[str, Bytes | None]) -> Record:
        return _examine(survey, runner, dialect, *item)

    stamps = survey.listing.chapters
    survey.pending.sort(key=lambda item: -stamps[item[0]].size)
    count = usable_jobs(jobs, sum(stamps[path].size for path, _ in survey.pending))
    for record in share(survey.pending, Work(do, _pack, _unpack), count):
        with_body = record._replace(body=_body(record)) if is_remembering and not record.body else record
        survey.records[record.path] = with_body
    runner.diagrams.close()
    survey.pending = []
    survey.records = dict(sorted(survey.records.items()))


def contributions(survey: Survey, without_links: Container[str] = ()) -> Iterator[tuple[str, Examined]]:
    """Every chapter's contribution, in sorted order. What is remembered is unpacked now, ``without_links`` less of it.

    Raises:
        codec.Damaged: the memory does not hold what this program wrote.
    """
    for path, record in survey.records.items():
        if record.not_read is None:
            yield path, record.examined or _revive(record.body, has_links=path not in without_links)


def _examine(survey: Survey, runner: Runner, dialect: Dialect, path: str, found: Bytes | None) -> Record:
    read_at = time.time_ns()
    bytes_read = found or read(survey.config, path)
    if isinstance(bytes_read, NotRead):
        return Record(path, None, "", None, not_read=bytes_read, is_lasting=False)
    digest = digest_of(bytes_read.data) if survey.is_digesting else ""
    stamp = sure(bytes_read.stamp, read_at)
    try:
        source = decode(bytes_read.data, path)
        chapter = parse_chapter(source, dialect, github=False, details=runner.reads_details(source.text))
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        examined = Examined(_blank(path), (rule_crashed(path, "parse_chapter", error),))
        return Record(path, stamp, digest, examined, is_lasting=False)
    examined = runner.examine(chapter)
    is_lasting = not any(map(_is_crash, examined.findings)) and not runner.diagrams.has_failed
    return Record(path, stamp, digest, examined, is_lasting=is_lasting)


def _is_crash(finding: Finding) -> bool:
    return finding.code.startswith("RUN")


def _blank(path: str) -> Entry:
    """The entry of a chapter that could not be parsed: nobody knows its anchors."""
    title = path.rpartition("/")[2].rpartition(".")[0]
    return Entry(path, title, "", None, (), (), (), (), (), has_generated_anchors=True)


def _body(record: Record) -> bytes:
    if record.examined is None:
        return b""
    entry, findings = record.examined
    return _TAB.join(map(codec.dump, (*in_columns(entry), codec.plain(findings))))


def _revive(body: bytes, *, has_links: bool = True) -> Examined:
    try:
        face, links, rest, findings = body.split(_TAB)
        values = from_columns(codec.load(face), codec.load(links) if has_links else NO_LINKS, codec.load(rest))
    except (TypeError, ValueError, KeyError) as error:
        raise codec.Damaged(str(error)) from None
    return Examined(codec.revive(Entry, values), codec.revive_findings(codec.load(findings)))


def _pack(record: Record) -> bytes:
    head = codec.dump((record.path, record.stamp, record.digest, record.not_read, record.is_lasting))
    return head + _TAB + _body(record)


def _unpack(line: bytes) -> Record:
    head, _, body = line.partition(_TAB)
    path, stamp, digest, not_read, is_lasting = codec.load(head)
    return Record(
        path,
        Stamp(*stamp) if stamp else None,
        digest,
        _revive(body) if body else None,
        b"",
        body,
        NotRead(*not_read) if not_read else None,
        is_lasting,
    )
