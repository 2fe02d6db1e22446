"""What the links of each chapter come to, kept from run to run while all that it depends on stays the same.

Where the links of a chapter lead depends on the chapter, on the faces of the others (`model.book.Columns`), on which
files there are, and on the configuration, which every memory is kept under. So what was found of the links of an
unchanged chapter still holds where faces and files are those that it was found among: its ``surroundings``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from convergence_docs import codec
from convergence_docs.diagnostic import Finding
from convergence_docs.survey import Survey


class Linkage(NamedTuple):
    """What the links of a chapter come to.

    Attributes:
        beyond: targets of which only the disk knows whether they exist (`reach.beyond`).
        reached: other chapters that they lead to, where a rule asks for that.
        findings: what the link rules find in the chapter.
    """

    beyond: tuple[str, ...] = ()
    reached: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


class Linkages(NamedTuple):
    """What the links of some chapters come to, and the surroundings among which it was found; ``None``: today's."""

    by_path: Mapping[str, Linkage]
    among: str | None


NOTHING_KNOWN = Linkages({}, "")


def recall_linkages(survey: Survey) -> Linkages:
    """What is remembered of the links of every chapter that need not be examined; nothing where nothing is.

    Raises:
        codec.Damaged: the memory does not hold what this program wrote.
    """
    if not survey.surroundings:
        return NOTHING_KNOWN
    records = survey.records.items()
    by_path = {path: unpack_linkage(record.linkage) for path, record in records if record.linkage}
    return Linkages(by_path, survey.surroundings)


def keep_linkages(survey: Survey, linkages: Mapping[str, Linkage], surroundings: str) -> None:
    """Write down what the links of chapters come to among ``surroundings``; empty ones mean not to rely on any."""
    survey.surroundings = surroundings
    for path, linkage in linkages.items():
        survey.records[path] = survey.records[path]._replace(linkage=pack_linkage(linkage))


def pack_linkage(linkage: Linkage) -> bytes:
    """A linkage as one line."""
    return codec.dump((linkage.beyond, linkage.reached, codec.plain(linkage.findings)))


_NO_LINKAGE = Linkage()
_NOTHING = pack_linkage(_NO_LINKAGE)


def unpack_linkage(packed: bytes) -> Linkage:
    """A linkage from its line.

    Raises:
        codec.Damaged: it is none.
    """
    if packed == _NOTHING:
        return _NO_LINKAGE
    try:
        beyond, reached, findings = codec.load(packed)
        return Linkage(tuple(beyond), tuple(reached), codec.revive_findings(findings))
    except (TypeError, ValueError) as error:
        raise codec.Damaged(str(error)) from None
