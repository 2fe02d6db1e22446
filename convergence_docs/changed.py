"""Which lines of which chapters a change touched, found by comparing texts: no filter of git's is run for that."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from convergence_docs.config import Config
from convergence_docs.load import Bytes, list_files, read
from convergence_docs.text import decode

ALIKE = 0.5
"""Share of lines in common from which a chapter that came is taken for one that went, under another name."""
MOST_PAIRS = 2_000
"""Of chapters that might be one another; beyond that only equal ones are found, so that the cost stays bounded."""


def touched_lines(before: str, after: str) -> frozenset[int]:
    """The lines of ``after``, counted from 1, that ``before`` does not hold, or does not hold as often.

    A line that only moved is not touched. The time is proportional to the texts.
    """
    old, new = before.split("\n"), after.split("\n")
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    left = Counter(old[start : len(old) - end])
    touched = []
    for number, line in enumerate(new[start : len(new) - end], start + 1):
        if left[line] > 0:
            left[line] -= 1
        else:
            touched.append(number)
    return frozenset(touched)


Touch = Callable[[str, int, int], bool]
"""Whether a change touched one of the lines of a chapter: its path, the first line and the last, counted from 1."""


def everywhere(path: str, line: int, end_line: int) -> bool:
    """The `Touch` of a check that looks at all lines."""
    return True


def make_touch(before: Config, after: Config) -> Touch:
    """Which lines of ``after`` are not in ``before``. Texts are read when asked."""
    old, new = list_files(before).chapters, list_files(after).chapters
    origins = _origins(before, [path for path in old if path not in new], after, [p for p in new if p not in old])
    memory: dict[str, frozenset[int] | None] = {}

    def is_touched(path: str, first: int, last: int) -> bool:
        if path not in new:
            return False
        if path not in memory:
            origin = origins.get(path, path)
            text = _text(before, origin) if origin in old else None
            memory[path] = None if text is None else touched_lines(text, _text(after, path) or "")
        touched = memory[path]
        return touched is None or any(line in touched for line in range(first, last + 1))

    return is_touched


def _origins(before: Config, gone: list[str], after: Config, come: list[str]) -> Mapping[str, str]:
    """The old path of each chapter that was renamed, by its new one."""
    origins: dict[str, str] = {}
    if not gone or not come:
        return origins
    lines = {path: _lines(before, path) for path in gone}
    by_text: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path, counted in lines.items():
        by_text[tuple(counted.elements())].append(path)
    scored: list[tuple[float, str, str]] = []
    for path in come:
        counted = _lines(after, path)
        same = by_text.get(tuple(counted.elements()))
        if same:
            origins[path] = same.pop()
        elif len(gone) * len(come) <= MOST_PAIRS:
            scored += ((_likeness(lines[old], counted), old, path) for old in gone)
    taken = set(origins.values())
    for score, old, path in sorted(scored, key=lambda one: (-one[0], one[1:])):
        if score >= ALIKE and old not in taken and path not in origins:
            origins[path] = old
            taken.add(old)
    return origins


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Twice the lines in common by all lines (Dice), each as heavy as it is long."""
    total = _weight(one.items()) + _weight(other.items())
    return 2 * _weight((line, min(count, other[line])) for line, count in one.items()) / total if total else 0.0


def _weight(counted: Iterable[tuple[str, int]]) -> int:
    return sum(len(line) * count for line, count in counted)


def _lines(config: Config, path: str) -> Counter[str]:
    return Counter(line for line in (_text(config, path) or "").split("\n") if line.strip())


def _text(config: Config, path: str) -> str | None:
    found = read(config, path)
    return decode(found.data, path).text if isinstance(found, Bytes) else None
