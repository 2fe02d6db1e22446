"""Which chapters of a site are what an earlier run remembers, and which have to be examined.

Nothing here parses, so that a run in which nothing changed loads neither parser nor rules.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from convergence_docs.cache import Chapters, Remembered, contents_of, digest_of, is_content_trusted_only, sure
from convergence_docs.config import Config
from convergence_docs.load import Bytes, Listing, NotRead, Stamp, read

if TYPE_CHECKING:
    from convergence_docs.runner import Examined


class Record(NamedTuple):
    """What became of one chapter.

    ``examined`` is ``None`` where the file could not be read (``not_read`` says why) or where it is what was
    remembered and nobody has unpacked ``body`` yet, nor ``linkage``, which tells what its links came to.
    ``is_lasting`` is false where the result must not be remembered.
    """

    path: str
    stamp: Stamp | None
    digest: str
    examined: Examined | None
    linkage: bytes = b""
    body: bytes = b""
    not_read: NotRead | None = None
    is_lasting: bool = True


class Survey:
    """One pass over all chapters.

    Attributes:
        records: by path, in sorted order.
        is_unchanged: whether every chapter is what was remembered, and none that was remembered is gone.
        surroundings: the digest of what the linkages of the records hold among; empty where they must not be used.
        is_digesting: whether anybody will ask for the digests of what is read.
    """

    def __init__(
        self, config: Config, listing: Listing, chapters: Chapters | None = None, *, is_digesting: bool = True
    ) -> None:
        self.config = config
        self.is_digesting = is_digesting
        self.listing = listing
        self.records: dict[str, Record] = {}
        self.read_at = time.time_ns()
        self.pending: list[tuple[str, Bytes | None]] = []
        remembered, self.surroundings = chapters or Chapters()
        for path, stamp in listing.chapters.items():
            known = remembered.get(path)
            if known is None:
                self.pending.append((path, None))
            elif known.stamp == stamp and not is_content_trusted_only():
                self.records[path] = Record(path, stamp, known.digest, None, known.linkage, known.body)
            else:
                self._compare(path, known)
        self.is_unchanged = not self.pending and len(self.records) == len(remembered)

    def _compare(self, path: str, known: Remembered) -> None:
        """Keep what is known of a file whose times changed but whose bytes did not."""
        found = read(self.config, path)
        if isinstance(found, Bytes) and digest_of(found.data) == known.digest:
            stamp = sure(found.stamp, self.read_at)
            self.records[path] = Record(path, stamp, known.digest, None, known.linkage, known.body)
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

    def remembered(self) -> Chapters:
        """What to remember."""
        by_path = {
            path: Remembered(record.stamp, record.digest, record.linkage, record.body)
            for path, record in self.records.items()
            if record.is_lasting
        }
        return Chapters(by_path, self.surroundings)
