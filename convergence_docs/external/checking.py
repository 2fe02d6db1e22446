"""One check of the links to other sites: what is known is not asked again, what was not asked is told."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from convergence_docs.cache import cache_folder, read_sealed, write_sealed
from convergence_docs.codec import Damaged, dump, load
from convergence_docs.config import Config
from convergence_docs.diagnostic import Change, Edit, Finding, Fix, Report, Wording
from convergence_docs.external.addresses import Naming, gather
from convergence_docs.external.lychee import Answer, Unfinished, ask, find_lychee
from convergence_docs.external.verdict import Verdict, is_answered, is_good, judge
from convergence_docs.external.wishes import Wishes, read_wishes
from convergence_docs.load import Bytes, read
from convergence_docs.model.book import Book
from convergence_docs.placing import excerpt_at
from convergence_docs.suppress import settle
from convergence_docs.text import SourceText, decode

_BATCH = 200
"""Addresses that lychee is given at once: what it has answered when time is up is kept."""
_KEY = "external-1"
_DAY = 86_400


class External(NamedTuple):
    """What was found out: findings, how many addresses were asked for, and what nobody can vouch for."""

    findings: tuple[Finding, ...]
    asked: int
    unverified: tuple[Wording, ...]


def check_external(
    config: Config, book: Book, is_meant: Callable[[Naming], bool] = lambda _: True, *, use_cache: bool = True
) -> External:
    """Ask for what the links of a book lead to on other sites.

    Without a network nothing is found, and that is told.

    Args:
        config: the site.
        book: its chapters.
        is_meant: which places to look at.
        use_cache: whether good answers of earlier runs may be believed.

    Raises:
        Fault: lychee is not there or does not work.
        ConfigFault: the settings mean nothing.
    """
    wishes = read_wishes(config)
    gathered = gather(book, wishes, is_meant)
    if not gathered.wanted:
        return External((), 0, tuple(_left_out(gathered.left_out)))
    known = _remembered(wishes) if use_cache else {}
    answers = {address: known[address] for address in gathered.wanted if address in known}
    pending = [address for address in gathered.wanted if address not in answers]
    fresh = _ask_all(pending, wishes)
    if pending and fresh and not any(map(is_answered, fresh.values())):
        return External((), len(pending), (_OFFLINE, *_left_out(gathered.left_out)))
    if use_cache:
        _remember(wishes, fresh)
    answers |= fresh
    silent = [address for address in gathered.wanted if address not in answers or answers[address].detail == "excluded"]
    verdicts = {address: verdict for address, answer in answers.items() if (verdict := judge(answer)) is not None}
    for address in silent:
        verdicts.pop(address, None)
    found = _placed(config, book, gathered.wanted, verdicts)
    return External(found, len(pending), tuple(_left_out(gathered.left_out + len(silent))))


def with_external(report: Report, external: External) -> Report:
    """The report with what was found out besides."""
    findings = sorted(
        (*report.findings, *external.findings), key=lambda one: (one.path, one.line, one.column, one.code)
    )
    return replace(report, findings=tuple(findings), unverified=(*report.unverified, *external.unverified))


_OFFLINE = Wording(
    "links to other sites: none of them answered, so there seems to be no network.",
    "站外链接：没有一个网站回应，看来没有网络。",
)


def _left_out(count: int) -> Iterator[Wording]:
    if count:
        yield Wording(
            f"{count} address{'es' * (count > 1)} of other sites: private, denied, or out of time.",
            f"{count} 个站外地址：属于内部网络、设置中排除，或时间用尽。",
        )


def _ask_all(addresses: list[str], wishes: Wishes) -> dict[str, Answer]:
    """What is answered until time is up."""
    if not addresses:
        return {}
    program = find_lychee()
    end = time.monotonic() + wishes.seconds
    answers: dict[str, Answer] = {}
    for at in range(0, len(addresses), _BATCH):
        left = end - time.monotonic()
        if left <= 0:
            break
        try:
            answers.update((one.address, one) for one in ask(program, addresses[at : at + _BATCH], wishes, left))
        except Unfinished:
            break
    return answers


def _memory() -> str:
    return os.path.join(cache_folder(), "external.answers")


def _remembered(wishes: Wishes) -> dict[str, Answer]:
    """Good answers that are young enough."""
    _, data = read_sealed(_memory(), _KEY)
    oldest = time.time() - wishes.cache_days * _DAY
    try:
        found = load(data) if data else []
        return {
            address: Answer(address, status, "", tuple((code, to) for code, to in moves))
            for address, status, moves, when in found
            if when > oldest
        }
    except (Damaged, TypeError, ValueError):
        return {}


def _remember(wishes: Wishes, fresh: Mapping[str, Answer]) -> None:
    """Keep good answers. Bad ones are asked for again: they may be mended by now."""
    _, data = read_sealed(_memory(), _KEY)
    now, oldest = time.time(), time.time() - 365 * _DAY
    try:
        kept = [one for one in (load(data) if data else []) if one[0] not in fresh and one[3] > oldest]
    except (Damaged, TypeError, LookupError):
        kept = []
    kept += [(one.address, one.status, one.moves, now) for one in fresh.values() if is_good(one)]
    if wishes.cache_days:
        write_sealed(_memory(), _KEY, {}, dump(kept))


def _placed(
    config: Config, book: Book, wanted: Mapping[str, Iterable[Naming]], verdicts: Mapping[str, Verdict]
) -> tuple[Finding, ...]:
    """A finding for every place that names an address with something to tell, unless the chapter allows it."""
    by_path: dict[str, list[tuple[Naming, Verdict]]] = {}
    for address, verdict in verdicts.items():
        for naming in wanted[address]:
            by_path.setdefault(naming.path, []).append((naming, verdict))
    findings: list[Finding] = []
    for path, found in by_path.items():
        bytes_read = read(config, path)
        if isinstance(bytes_read, Bytes):
            source = decode(bytes_read.data, path)
            findings += [one for naming, verdict in found for one in _finding(config, source, naming, verdict)]
    allowances = {path: entry.allowances for path, entry in book.entries.items() if entry.allowances}
    names = {verdict.info.code: verdict.info.name for verdict in verdicts.values()}
    return settle(findings, allowances, lambda code, path: False, names).findings


def _finding(config: Config, source: SourceText, naming: Naming, verdict: Verdict) -> Iterator[Finding]:
    severity = config.settings.severity_of(verdict.info, naming.path)
    if severity is None:
        return
    start, end = source.position(naming.span.start), source.position(naming.span.end)
    excerpt, excerpt_column = excerpt_at(source, start)
    fix: Fix | None = None
    changes: tuple[Change, ...] = ()
    if verdict.moved_to:
        # Whoever moved the page may have moved it to something else: somebody should look.
        _, mark, fragment = source.slice(naming.span).partition("#")
        edit = Edit(naming.path, naming.span, f"{verdict.moved_to}{mark}{fragment}")
        fix = Fix((edit,), safe=False)
        changes = (Change(naming.path, *start, *end, edit.replacement),)
    yield Finding(
        path=naming.path,
        line=start.line,
        column=start.column,
        end_line=end.line,
        end_column=end.column,
        code=verdict.info.code,
        name=verdict.info.name,
        severity=severity,
        message=verdict.message,
        hint=verdict.hint,
        excerpt=excerpt,
        fix=fix,
        excerpt_column=excerpt_column,
        changes=changes,
    )
