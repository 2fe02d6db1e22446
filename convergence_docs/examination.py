"""What every chapter of a site contributes: examined now, in several processes where that gains time, or unpacked."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterator, Mapping, Sequence

from convergence_docs import codec
from convergence_docs.cache import digest_of, sure
from convergence_docs.diagnostic import Finding
from convergence_docs.incident import rule_crashed
from convergence_docs.linkage import Linkage, pack_linkage, unpack_linkage
from convergence_docs.load import Bytes, NotRead, Stamp, read
from convergence_docs.model.book import NO_LINKS, Entry, from_columns, in_columns, only_face, without_links_of
from convergence_docs.parse import Dialect, parse_chapter
from convergence_docs.runner import Examined, Runner
from convergence_docs.survey import Record, Survey
from convergence_docs.text import SourceText, decode
from convergence_docs.workers import Team, Work, usable_jobs

_TAB = b"\t"
Pending = tuple[str, Bytes | None]
Link = Callable[[Mapping[str, Entry], Mapping[str, Entry]], dict[str, Linkage]]
"""Gives what the links of some chapters come to, by their entries, and by those of all others, which want no links."""


class Examination:
    """The chapters that a survey has left pending, examined, in several processes where that gains time.

    Where there are several, each then finds what the links of its own chapters come to, if ``link`` is given; it needs
    no more of the others' than their faces.
    """

    def __init__(
        self,
        survey: Survey,
        runner: Runner,
        dialect: Dialect,
        *,
        is_remembering: bool,
        link: Link | None = None,
        keep: Callable[[SourceText], None] = lambda source: None,
    ) -> None:
        self._survey = survey
        self._runner = runner
        self._dialect = dialect
        self._is_remembering = is_remembering
        self._link = link
        self._keep = keep

    def run(self, jobs: int | None) -> dict[str, Linkage]:
        """Examine, and fill the survey's records.

        Args:
            jobs: processes to use; ``None`` lets the amount of text decide.

        Returns:
            What the links of chapters come to, of those whose process was asked and could tell; else nothing.
        """
        survey = self._survey
        stamps = survey.listing.chapters
        pending = sorted(survey.pending, key=lambda item: -stamps[item[0]].size)
        count = usable_jobs(jobs, sum(stamps[path].size for path, _ in pending))
        team = Team(pending, Work(self._examine, _pack, _unpack, self._answer), count)
        try:
            for record in team.results():
                is_to_be_kept = self._is_remembering and not record.body
                survey.records[record.path] = record._replace(body=_body(record)) if is_to_be_kept else record
            self._runner.diagrams.close()
            survey.pending = []
            survey.records = dict(sorted(survey.records.items()))
            return self._share_links(team, self._link) if self._link and count > 1 else {}
        finally:
            team.dismiss()

    def _examine(self, item: Pending) -> Record:
        path, found = item
        survey, runner = self._survey, self._runner
        read_at = time.time_ns()
        bytes_read = found or read(survey.config, path)
        if isinstance(bytes_read, NotRead):
            return Record(path, None, "", None, not_read=bytes_read, is_lasting=False)
        digest = digest_of(bytes_read.data) if survey.is_digesting else ""
        stamp = sure(bytes_read.stamp, read_at)
        try:
            source = decode(bytes_read.data, path)
            chapter = parse_chapter(source, self._dialect, github=False, details=runner.reads_details(source.text))
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            examined = Examined(_blank(path), (rule_crashed(path, "parse_chapter", error),))
            return Record(path, stamp, digest, examined, is_lasting=False)
        examined = runner.examine(chapter)
        self._keep(source)
        is_lasting = not any(map(_is_crash, examined.findings)) and not runner.diagrams.has_failed
        return Record(path, stamp, digest, examined, is_lasting=is_lasting)

    def _share_links(self, team: Team[Pending, Record], link: Link) -> dict[str, Linkage]:
        """Have every process look at the links of the chapters that it has examined."""
        records = self._survey.records.values()
        bodies = {one.path: one.body or _body(one) for one in records if one.not_read is None}
        team.ask(b"\n".join(body.partition(_TAB)[0] for body in bodies.values()))
        own = {one.path: one.examined.entry for one in records if one.examined}
        others = {path: _revive(body, has_links=False).entry for path, body in bodies.items() if path not in own}
        found = link(own, others)
        for answer in team.answers():
            paths, *packed = answer.split(b"\n")
            found.update(zip(codec.load(paths), map(unpack_linkage, packed), strict=True))
        return found

    def _answer(self, records: Sequence[Record], faces: bytes) -> bytes:
        """What a child says of the links of its own ``records``, given the faces of all chapters."""
        own = {one.path: one.examined.entry for one in records if one.examined}
        others = (_only_face(face) for face in faces.split(b"\n"))
        found = self._link(own, {one.path: one for one in others if one.path not in own}) if self._link else {}
        return b"\n".join([codec.dump(list(found)), *map(pack_linkage, found.values())])


def _only_face(face: bytes) -> Entry:
    """An entry of which nothing is known but its face."""
    entry: Entry = codec.revive(Entry, only_face(codec.load(face)))
    return entry


def contributions(survey: Survey, without_links: Container[str] = ()) -> Iterator[tuple[str, Examined]]:
    """Every chapter's contribution, in sorted order. What is remembered is unpacked now, ``without_links`` less of it.

    Raises:
        codec.Damaged: the memory does not hold what this program wrote.
    """
    for path, record in survey.records.items():
        if record.not_read is None:
            has_links = path not in without_links
            examined = record.examined or _revive(record.body, has_links=has_links)
            yield path, examined if has_links else examined._replace(entry=without_links_of(examined.entry))


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
        None,
        b"",
        body,
        NotRead(*not_read) if not_read else None,
        is_lasting,
    )
