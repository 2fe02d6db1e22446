"""Findings that are known and put up with for now: how they are kept in a file, and what of today's is new.

The file is for people too: one finding a line, in an order that does not change when text moves, so that a review
shows what came and went.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from hashlib import sha256
from json import JSONDecodeError, dumps, loads
from typing import Any, Final, NamedTuple

from convergence_docs.diagnostic import Trace
from convergence_docs.errors import Fault

VERSION: Final = 1
"""Of the format; raised when fingerprints are made in another way."""
LONGEST: Final = 160
"""Characters of a text that are kept as they are."""
NEVER: Final = ("RUN", "EXT")
"""Families that no baseline holds: what was not checked is said every time, and other sites change by themselves."""
UNREAD: Final = ("RUN",)
"""Families that tell of a chapter that was not checked: of its findings nothing is known."""


class Held(NamedTuple):
    """Today's findings held against earlier ones: indexes of the new ones, and what is gone."""

    new: tuple[int, ...]
    gone: tuple[Trace, ...]


def make_trace(code: str, path: str, section: tuple[str, ...], text: str, occurrence: int) -> Trace:
    """A trace with its fingerprint. ``text`` may be of any length and hold line breaks."""
    words = " ".join(text.split())
    if len(words) > LONGEST:
        words = f"{words[:LONGEST]}… {_digest(words)[:16]}"
    names = tuple(" ".join(name.split())[:LONGEST] for name in section)
    fingerprint = _digest("\0".join((str(VERSION), code, path, str(occurrence), words, *names)))[:32]
    return Trace(code, path, names, words, occurrence, fingerprint)


def hold(now: Sequence[Trace], then: Iterable[Trace], is_chapter: Callable[[str], bool]) -> Held:
    """Tell new findings from known ones, and what is gone.

    A finding is known that has the fingerprint of an earlier one; of what is left, one of the same rule, chapter and
    text, so that a renamed heading makes nothing new; of what is still left, one of the same rule, text and headings
    whose chapter is gone, so that a renamed chapter does not either. Each earlier finding stands for one of today's.
    """
    left = dict(enumerate(now))
    waiting = list({one.fingerprint: one for one in then}.values())
    waiting = _paired(left, waiting, lambda one: one.fingerprint)
    waiting = _paired(left, waiting, lambda one: (one.code, one.path, one.text))
    moved = [one for one in waiting if not is_chapter(one.path)]
    staying = [one for one in waiting if is_chapter(one.path)]
    moved = _paired(left, moved, lambda one: (one.code, one.text, one.section))
    return Held(tuple(left), tuple(sorted((*staying, *moved), key=order)))


def _paired(left: dict[int, Trace], waiting: list[Trace], key: Callable[[Trace], Hashable]) -> list[Trace]:
    """Take out of ``left`` what has a counterpart; what comes back are the earlier ones that have none."""
    by_key: dict[Hashable, list[Trace]] = defaultdict(list)
    for one in sorted(waiting, key=order, reverse=True):
        by_key[key(one)].append(one)
    for index, one in sorted(left.items(), key=lambda item: item[1].occurrence):
        same = by_key.get(key(one))
        if same:
            same.pop()
            del left[index]
    return [one for ones in by_key.values() for one in ones]


def order(trace: Trace) -> tuple[object, ...]:
    """The order of the file: independent of where in a chapter something stands."""
    return trace.path, trace.code, trace.section, trace.text, trace.occurrence


def render_baseline(traces: Iterable[Trace]) -> str:
    """The file: JSON, one finding a line."""
    unique = {one.fingerprint: one for one in traces if not one.code.startswith(NEVER)}
    lines = [dumps(_plain(one), ensure_ascii=False) for one in sorted(unique.values(), key=order)]
    body = "[\n    " + ",\n    ".join(lines) + "\n  ]" if lines else "[]"
    return f'{{\n  "version": {VERSION},\n  "findings": {body}\n}}\n'


def read_baseline(data: bytes, where: str) -> tuple[Trace, ...]:
    """What a file holds.

    Raises:
        Fault: it is no baseline, one of another version, or a line of it was changed by hand.
    """
    try:
        value = loads(data.decode("utf-8-sig"))
        version, findings = value["version"], value["findings"]
    except (JSONDecodeError, UnicodeDecodeError, RecursionError, TypeError, KeyError, ValueError) as error:
        raise _damaged(where, str(error)) from None
    if version != VERSION:
        raise Fault(
            en=f"This baseline has the format {str(version)[:20]}; this version reads and writes {VERSION}.",
            zh=f"此基线的格式为 {str(version)[:20]}，本版本只读写格式 {VERSION}。",
            hint_en="Write it anew: convergence-docs baseline",
            hint_zh="请重新生成：convergence-docs baseline",
            where=where,
        )
    if not isinstance(findings, list):
        raise _damaged(where, "findings")
    return tuple(_revived(one, number, where) for number, one in enumerate(findings, 1))


def _plain(trace: Trace) -> dict[str, Any]:
    return {
        "path": trace.path,
        "code": trace.code,
        "section": list(trace.section),
        "text": trace.text,
        "occurrence": trace.occurrence,
        "fingerprint": trace.fingerprint,
    }


def _revived(value: Any, number: int, where: str) -> Trace:
    place = f"findings[{number - 1}]"
    if not isinstance(value, dict):
        raise _damaged(where, place)
    try:
        code, path, text, fingerprint = (value[name] for name in ("code", "path", "text", "fingerprint"))
        section, occurrence = tuple(value["section"]), value["occurrence"]
        whole = "\0".join((str(VERSION), code, path, str(occurrence), text, *section))
    except (KeyError, TypeError):
        raise _damaged(where, place) from None
    if _digest(whole)[:32] != fingerprint or not isinstance(occurrence, int):
        raise _damaged(where, f"{place}.fingerprint")
    return Trace(code, path, section, text, occurrence, fingerprint)


def _damaged(where: str, detail: str) -> Fault:
    return Fault(
        en=f"This is no baseline, or it was changed by hand ({detail[:120]}).",
        zh=f"这不是基线文件，或被手工改动过（{detail[:120]}）。",
        hint_en="Delete whole lines only; or write it anew: convergence-docs baseline",
        hint_zh="只可整行删除；或重新生成：convergence-docs baseline",
        where=where,
    )


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
