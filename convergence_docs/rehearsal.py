"""What a check would say of texts that are not on disk: every chapter stays as it was read but those given."""

from __future__ import annotations

from collections.abc import Mapping

from convergence_docs.cache import Cache, digest_of
from convergence_docs.codec import Damaged
from convergence_docs.config import Config
from convergence_docs.diagnostic import Report
from convergence_docs.examination import contributions
from convergence_docs.load import Bytes, Listing, Stamp, read
from convergence_docs.session import Session
from convergence_docs.survey import Record, Survey


class Rehearsal:
    """One site as a check read it, some texts replaced or none.

    Attributes:
        report: on all chapters, whatever was selected.
        texts: the replaced texts, by path.
    """

    def __init__(
        self,
        config: Config,
        listing: Listing,
        vocabulary: bytes,
        known: Mapping[str, Record],
        texts: Mapping[str, bytes],
        report: Report,
    ) -> None:
        self.config = config
        self.listing = listing
        self.texts = texts
        self.report = report
        self._vocabulary = vocabulary
        self._known = known

    def with_texts(self, changed: Mapping[str, bytes], jobs: int | None = None) -> Rehearsal:
        """The same site with further texts replaced, checked. Nothing is written, and nothing is remembered."""
        texts = {**self.texts, **changed}
        session = Session(self.config, self.listing, self._vocabulary, None, texts)
        survey = Survey(self.config, self.listing)
        survey.records = {path: record for path, record in self._known.items() if path not in changed}
        survey.pending = [(path, Bytes(data, self.listing.chapters[path])) for path, data in changed.items()]
        report = session.report(survey, jobs)
        return Rehearsal(self.config, self.listing, self._vocabulary, survey.records, texts, report)

    def with_files(
        self, moves: Mapping[str, str], changed: Mapping[str, bytes], config: Config, jobs: int | None = None
    ) -> Rehearsal:
        """The same site, checked, with files elsewhere.

        Args:
            moves: new paths by old ones.
            changed: the texts of all chapters that moved, changed or are new, by their new paths.
            config: the site's configuration once they have moved.
            jobs: processes to use.
        """
        files = frozenset(moves.get(path, path) for path in self.listing.files)
        stamps = {moves.get(path, path): stamp for path, stamp in self.listing.chapters.items()}
        stamps.update({path: Stamp(len(text), 0, 0, 0) for path, text in changed.items() if path not in stamps})
        files, chapters = files | stamps.keys(), dict(sorted(stamps.items()))
        listing = self.listing._replace(files=files, chapters=chapters)
        known = {path: record for path, record in self._known.items() if path not in moves}
        texts = {path: text for path, text in self.texts.items() if path not in moves}
        return Rehearsal(config, listing, self._vocabulary, known, texts, self.report).with_texts(changed, jobs)

    def text(self, path: str) -> bytes | None:
        """The bytes of a chapter as they were checked; ``None`` where the disk holds others by now."""
        if path in self.texts:
            return self.texts[path]
        record, found = self._known.get(path), read(self.config, path)
        if record is None or not isinstance(found, Bytes) or digest_of(found.data) != record.digest:
            return None
        return found.data


def rehearse(config: Config, listing: Listing, vocabulary: bytes, *, use_cache: bool, jobs: int | None) -> Rehearsal:
    """Check a site as it is on disk, ready to be checked with other texts."""
    memory = Cache(config, listing, vocabulary) if use_cache else None
    try:
        survey = Survey(config, listing, memory.chapters() if memory else None)
        report = Session(config, listing, vocabulary, memory).report(survey, jobs)
        examined = dict(contributions(survey))
    except Damaged:
        return rehearse(config, listing, vocabulary, use_cache=False, jobs=jobs)
    known = {path: one._replace(examined=examined.get(path)) for path, one in survey.records.items()}
    return Rehearsal(config, listing, vocabulary, known, {}, report)
