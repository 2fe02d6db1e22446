"""What every chapter of a site contributes: examined anew, or taken from memory where its bytes are the same."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from convergence_docs import codec
from convergence_docs.cache import Remembered, contents_of, digest_of, is_content_trusted_only, sure
from convergence_docs.config import Config
from convergence_docs.diagnostic import Finding
from convergence_docs.incident import rule_crashed
from convergence_docs.load import Bytes, Listing, NotRead, Stamp, read
from convergence_docs.model.book import Entry
from convergence_docs.parse import Dialect, parse_chapter
from convergence_docs.runner import Examined, Runner
from convergence_docs.text import decode
from convergence_docs.workers import Work, share, usable_jobs

_TAB = b"\t"


class Record(NamedTuple):
    """What became of one chapter.

    ``examined`` is ``None`` where the file could not be read (``not_read`` says why) or where it is what was
    remembered and nobody has unpacked ``body`` yet. ``is_lasting`` is false where the result must not be remembered.
    """

    path: str
    stamp: Stamp | None
    digest: str
    examined: Examined | None
    body: bytes = b""
    not_read: NotRead | None = None
    is_lasting: bool = True


class Survey:
    """One pass over all chapters.

    Attributes:
        records: by path, in sorted order.
        is_unchanged: whether every chapter is what was remembered, and none that was remembered is gone.
    """

    def __init__(self, config: Config, listing: Listing, remembered: Mapping[str, Remembered]) -> None:
        self.config = config
        self.listing = listing
        self.records: dict[str, Record] = {}
        self.read_at = time.time_ns()
        self.pending: list[tuple[str, Bytes | None]] = []
        for path, stamp in listing.chapters.items():
            known = remembered.get(path)
            if known is None:
                self.pending.append((path, None))
            elif known.stamp == stamp and not is_content_trusted_only():
                self.records[path] = Record(path, stamp, known.digest, None, known.body)
            else:
                self._compare(path, known)
        self.is_unchanged = not self.pending and len(self.records) == len(remembered)

    def _compare(self, path: str, known: Remembered) -> None:
        """Keep what is known of a file whose times changed but whose bytes did not."""
        found = read(self.config, path)
        if isinstance(found, Bytes) and digest_of(found.data) == known.digest:
            self.records[path] = Record(path, sure(found.stamp, self.read_at), known.digest, None, known.body)
        else:
            self.pending.append((path, found if isinstance(found, Bytes) else None))

    @property
    def contents(self) -> str:
        """The digest of everything that was read."""
        return contents_of((path, record.digest) for path, record in self.records.items())

    @property
    def is_sure(self) -> bool:
        """Whether stamps alone will tell the next run that nothing changed."""
        return all(record.stamp is not None and record.is_lasting for record in self.records.values())

    def examine(self, runner: Runner, dialect: Dialect, jobs: int | None, *, is_remembering: bool) -> None:
        """Examine what is pending, in several processes where that gains time; unpack everything else."""

        def do(item: tuple[str, Bytes | None]) -> Record:
            return _examine(self.config, runner, dialect, *item)

        stamps = self.listing.chapters
        self.pending.sort(key=lambda item: -stamps[item[0]].size)
        count = usable_jobs(jobs, sum(stamps[path].size for path, _ in self.pending))
        for record in share(self.pending, Work(do, _pack, _unpack), count):
            with_body = record._replace(body=_body(record)) if is_remembering and not record.body else record
            self.records[record.path] = with_body
        self.pending = []
        self.records = dict(sorted(self.records.items()))

    def unpacked(self) -> Iterator[tuple[str, Examined]]:
        """Every chapter's contribution, in sorted order. What is remembered is unpacked now.

        Raises:
            codec.Damaged: the memory does not hold what this program wrote.
        """
        for path, record in self.records.items():
            if record.not_read is None:
                yield path, record.examined or _revive(record.body)

    def remembered(self) -> dict[str, Remembered]:
        """What to remember."""
        return {
            path: Remembered(record.stamp, record.digest, record.body)
            for path, record in self.records.items()
            if record.is_lasting
        }


def _examine(config: Config, runner: Runner, dialect: Dialect, path: str, found: Bytes | None) -> Record:
    read_at = time.time_ns()
    bytes_read = found or read(config, path)
    if isinstance(bytes_read, NotRead):
        return Record(path, None, "", None, not_read=bytes_read, is_lasting=False)
    digest = digest_of(bytes_read.data)
    stamp = sure(bytes_read.stamp, read_at)
    try:
        chapter = parse_chapter(decode(bytes_read.data, path), dialect, github=False)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        examined = Examined(_blank(path), (rule_crashed(path, "parse_chapter", error),))
        return Record(path, stamp, digest, examined, is_lasting=False)
    examined = runner.examine(chapter)
    return Record(path, stamp, digest, examined, is_lasting=not any(map(_is_crash, examined.findings)))


def _is_crash(finding: Finding) -> bool:
    return finding.code.startswith("RUN")


def _blank(path: str) -> Entry:
    """The entry of a chapter that could not be parsed: nobody knows its anchors."""
    title = path.rpartition("/")[2].rpartition(".")[0]
    return Entry(path, title, "", None, (), (), (), (), (), has_generated_anchors=True)


def _body(record: Record) -> bytes:
    if record.examined is None:
        return b""
    return codec.dump((record.examined.entry, codec.plain(record.examined.findings)))


def _revive(body: bytes) -> Examined:
    value = codec.load(body)
    if not isinstance(value, list) or len(value) != 2:
        raise codec.Damaged("no contribution of a chapter")
    return Examined(codec.revive(Entry, value[0]), codec.revive_findings(value[1]))


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
        body,
        NotRead(*not_read) if not_read else None,
        is_lasting,
    )
