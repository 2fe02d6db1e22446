"""What the last change of a chapter altered in meaning, for those who follow a feed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from convergence_docs import engine
from convergence_docs.config import Config
from convergence_docs.diagnostic import Language, Wording
from convergence_docs.diff import compare
from convergence_docs.errors import Fault
from convergence_docs.history import LastChange, read_blobs, read_history
from convergence_docs.load import read_vocabulary
from convergence_docs.model.change import Change, ChangeKind, Side
from convergence_docs.reading import Whole
from convergence_docs.reports.change_wording import LABELS, told
from convergence_docs.site.publishing.catalogue import clean

MOST: Final = 12
"""Changes that an entry names; the others are counted."""
_MORE: Final = Wording("and {} more", "另有 {} 处")
_COLON: Final = Wording(": ", "：")
_WHERE: Final = Wording(" ({})", "（{}）")
_LINKS: Final = frozenset(kind for kind in ChangeKind if kind.value.startswith("link-"))
"""Where a link leads cannot be told from one chapter alone."""

_known: dict[tuple[str, str, str, Language], tuple[str, ...]] = {}
"""By path and both contents: ``mkdocs serve`` builds again and again in one process."""


def what_changed(config: Config, changes: Mapping[str, LastChange], language: Language) -> dict[str, tuple[str, ...]]:
    """Each chapter's last change in a few lines, by path; nothing of a chapter that was new then.

    A chapter is held against itself alone, so nothing is told of its links.

    Raises:
        Fault: git or the checker cannot read one of the sides.
    """
    keys = {path: (path, one.before, one.after, language) for path, one in changes.items() if one.before}
    missing = {path: changes[path] for path, key in keys.items() if key not in _known}
    if missing:
        for path, lines in _compared(config, missing, language):
            _known[keys[path]] = lines
    return {path: _known[key] for path, key in keys.items() if key in _known}


def _compared(
    config: Config, changes: Mapping[str, LastChange], language: Language
) -> Iterator[tuple[str, tuple[str, ...]]]:
    names = (name for change in changes.values() for name in (change.before, change.after))
    blobs = read_blobs(read_history(config.docs_root), names)
    with TemporaryDirectory(prefix="convergence-docs-") as folder:
        after = _read(config, Path(folder, "after"), {path: blobs[one.after] for path, one in changes.items()})
        before = _read(
            config, Path(folder, "before"), {path: blobs[one.before] for path, one in changes.items()}, after
        )
    for path in changes:
        if path in before.chapters and path in after.chapters:
            found = compare(_alone(before, path), _alone(after, path)).changes
            yield path, _lines([one for one in found if one.kind not in _LINKS], language)


def _read(config: Config, folder: Path, contents: Mapping[str, bytes], like: Whole | None = None) -> Whole:
    name, words = config.settings.vocabulary, None
    try:
        words = read_vocabulary(config) if name and like is None else None
    except Fault:  # the check says so
        name = None
    for path, data in {**contents, **({name: words} if name and words is not None else {})}.items():
        place = folder / path
        if not place.resolve().is_relative_to(folder.resolve()):
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    settings = replace(config.settings, vocabulary=name if words is not None else None)
    root = str(folder.resolve())
    return engine.read_whole(replace(config, docs_root=root, boundary=root, selected=(), settings=settings), like)


def _alone(whole: Whole, path: str) -> Side:
    book = replace(whole.book, entries={path: whole.book.entries[path]})
    return Side(book=book, chapters={path: whole.chapters[path]})


def _lines(changes: list[Change], language: Language) -> tuple[str, ...]:
    lines = [_line(change, language) for change in changes[:MOST]]
    left = len(changes) - len(lines)
    return tuple(lines + [_MORE.to(language).format(left)] * bool(left))


def _line(change: Change, language: Language) -> str:
    said = told(change, language, str)
    section = change.spot.section
    where = _WHERE.to(language).format(section) if section and section not in said else ""
    return clean(f"{LABELS[change.kind].to(language)}{_COLON.to(language)}{said}{where}")
