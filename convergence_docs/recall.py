"""Whether the report of an earlier run still holds, and how a report is kept for the next run."""

from __future__ import annotations

from collections.abc import Mapping

from convergence_docs import codec
from convergence_docs.cache import Cache, is_content_trusted_only
from convergence_docs.config import Config
from convergence_docs.diagnostic import Report
from convergence_docs.load import existing
from convergence_docs.survey import Survey


def recall_by_stamps(config: Config, memory: Cache) -> Report | None:
    """The last report, where the stamps of all files say that it still holds: nothing is read."""
    if is_content_trusted_only() or memory.header().get("stamps") != memory.stamps:
        return None
    return _recalled(config, memory)


def recall_by_contents(config: Config, memory: Cache, survey: Survey) -> Report | None:
    """The last report, where every chapter is the same byte for byte. Its new stamps are kept for the next run."""
    if not survey.is_unchanged or memory.header().get("contents") != survey.contents:
        return None
    report = _recalled(config, memory)
    if report is not None:
        save(memory, report, survey, memory.header()["outside"])
    return report


def recall_anchors(memory: Cache) -> dict[str, tuple[str, ...] | None]:
    """The anchors of every remembered chapter, ``None`` where it may have others; empty where the memory is damaged."""
    found: dict[str, tuple[str, ...] | None] = {}
    try:
        for path, remembered in memory.chapters().by_path.items():
            *_, anchors, is_open, _ = codec.load(remembered.body.partition(b"\t")[0])
            found[path] = None if is_open else tuple(anchors)
    except (codec.Damaged, TypeError, ValueError):
        return {}
    return found


def save(memory: Cache, report: Report, survey: Survey, outside: Mapping[str, bool]) -> None:
    """Keep a report and what it was made of; ``outside`` tells which targets outside the docs folder exist."""
    memory.save_chapters(survey.remembered())
    memory.save_report(report, contents=survey.contents, outside=outside, is_sure=survey.is_sure)


def _recalled(config: Config, memory: Cache) -> Report | None:
    header = memory.header()
    if header.get("listing") != memory.listing:
        return None
    outside = header["outside"]
    if set(existing(config, outside)) != {path for path, exists in outside.items() if exists}:
        return None
    return memory.report()
