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


def recall_linkages(survey: Survey) -> dict[str, Linkage]:
    """What is remembered of the links of every chapter that need not be examined; empty where nothing is.

    Raises:
        codec.Damaged: the memory does not hold what this program wrote.
    """
    if not survey.surroundings:
        return {}
    return {
        path: _unpack(record.linkage)
        for path, record in survey.records.items()
        if record.examined is None and record.not_read is None
    }


def keep_linkages(survey: Survey, linkages: Mapping[str, Linkage], surroundings: str) -> None:
    """Write down what the links of chapters come to among ``surroundings``; empty ones mean not to rely on any."""
    survey.surroundings = surroundings
    for path, linkage in linkages.items():
        survey.records[path] = survey.records[path]._replace(linkage=_pack(linkage))


def _pack(linkage: Linkage) -> bytes:
    return codec.dump((linkage.beyond, linkage.reached, codec.plain(linkage.findings)))


_NO_LINKAGE = Linkage()
_NOTHING = _pack(_NO_LINKAGE)


def _unpack(packed: bytes) -> Linkage:
    if packed == _NOTHING:
        return _NO_LINKAGE
    try:
        beyond, reached, findings = codec.load(packed)
        return Linkage(tuple(beyond), tuple(reached), codec.revive_findings(findings))
    except (TypeError, ValueError) as error:
        raise codec.Damaged(str(error)) from None
