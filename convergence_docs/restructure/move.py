"""Move chapters, other files and folders, and lead every link, the navigation and old addresses to where they are."""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from convergence_docs.config import Config
from convergence_docs.diagnostic import Edit
from convergence_docs.errors import Fault
from convergence_docs.mended import Rewritten
from convergence_docs.model.links.target import TargetKind
from convergence_docs.model.nodes import LinkKind
from convergence_docs.parse import parse_chapter
from convergence_docs.parse.numerals import parse_chapter_number
from convergence_docs.reading import Whole
from convergence_docs.rehearsal import Rehearsal
from convergence_docs.repair import splice
from convergence_docs.restructure.anchors import anchor_changes
from convergence_docs.restructure.navigation import with_moved
from convergence_docs.restructure.redirects import redirected
from convergence_docs.restructure.relinking import Moving, edits_of
from convergence_docs.restructure.restructuring import Worse, current_text
from convergence_docs.restructure.undoing import recall
from convergence_docs.restructured import Restructured, Retitled
from convergence_docs.text import decode
from convergence_docs.writing import why_not_to_write

_HERE = frozenset({TargetKind.CHAPTER, TargetKind.FILE, TargetKind.DIRECTORY, TargetKind.OUTSIDE, TargetKind.NOTHING})
_RAW = frozenset({LinkKind.HTML_LINK, LinkKind.HTML_IMAGE})


def move(start: Rehearsal, whole: Whole, old: str, new: str, jobs: int | None = None) -> Restructured:
    """Move a file or a folder in memory.

    Args:
        start: the site as it is.
        whole: its chapters.
        old: what to move, relative to the docs root.
        new: where to; a folder that exists, or ends with a slash, takes it in.
        jobs: processes to use.

    What a move has just changed is given back byte by byte by the move that takes it back.

    Raises:
        Fault: there is nothing to move, something stands there already, or the book would be worse for it.
    """
    files, folder = _files(start, old, new)
    if restored := recall(start.config, files):
        return Restructured(restored, (), 0, (), {}, start.report.unverified, {}, files)
    headings = dict(_numbered_headings(start, whole, files))
    moving = Moving(files, folder, *_followed(whole, files, headings))
    edits = dict(edits_of(whole, moving))
    texts = dict(_texts(start, moving, edits, headings))
    config = replace(start.config, nav=_nav(start.config, moving))
    final = start.with_files(files, texts, config, jobs)
    must_not_be_worse(start, final, moving.files)
    written = [*_rewritten(start, files, texts), *_others(start, files, texts)]
    if navigation := with_moved(start.config, moving.place, config_name(start.config)):
        written.append(navigation)
    if redirects := redirected(start.config, dict(_addresses(whole, moving)), _live(final)):
        written.append(redirects)
    return Restructured(
        files=tuple(written),
        headings=tuple(
            Retitled(files[path], 1 + whole.chapters[path].source.text[: edit.span.start].count("\n"), before, after)
            for path, (edit, before, after) in headings.items()
        ),
        followed=sum(map(len, edits.values())),
        unsure=(),
        anchors={},
        unverified=final.report.unverified,
        left={},
        moves=files,
    )


# What moves


def _files(start: Rehearsal, old: str, new: str) -> tuple[dict[str, str], tuple[str, str] | None]:
    listing, root = start.listing, os.path.realpath(start.config.docs_root)
    folder = old.rstrip("/") + "/"
    below = [path for path in sorted(listing.files) if path.startswith(folder)] if old not in listing.files else []
    if old not in listing.files and not below:
        raise Fault(en="There is no such file in the docs folder.", zh="文档目录中没有这个文件。", where=old)
    if new.endswith("/") or any(path.startswith(new + "/") for path in listing.files if not path.startswith(folder)):
        new = posixpath.join(new, posixpath.basename(old.rstrip("/")))
    new = posixpath.normpath(new)
    if new.startswith(("../", "/")) or new == "..":
        raise Fault(en="The new place is outside the docs folder.", zh="新位置在文档目录之外。", where=new)
    if (new + "/").startswith(folder) and below:
        raise Fault(en="A folder cannot be moved into itself.", zh="不能把文件夹移到它自身之内。", where=new)
    pairs = {path: f"{new}/{path[len(folder) :]}" for path in below} if below else {old: new}
    for path in pairs.values():
        if os.path.lexists(os.path.join(root, path)) and path not in pairs:
            raise Fault(
                en="Something stands there already. Nothing was moved.",
                zh="那里已有文件。没有移动任何文件。",
                where=path,
            )
    if all(path == to for path, to in pairs.items()):
        raise Fault(en="It is there already.", zh="它已经在那里。", where=new)
    return pairs, (folder, f"{new}/") if below else None


def _numbered_headings(
    start: Rehearsal, whole: Whole, files: Mapping[str, str]
) -> Iterator[tuple[str, tuple[Edit, str, str]]]:
    """For chapters whose name bears another number now: the edit that gives their H1 that number, and both texts."""
    for old, new in files.items():
        chapter = whole.chapters.get(old)
        number = parse_chapter_number(new)
        if chapter is None or number is None or chapter.file_number is None or chapter.heading_number is None:
            continue
        span, before = chapter.heading_number.span, chapter.heading_number.text
        if span and before == chapter.file_number.text != number.text:
            heading = next(one for one in chapter.headings if one.level == 1)
            yield old, (Edit(old, span, number.text), heading.text, heading.text.replace(before, number.text, 1))


def _followed(
    whole: Whole, files: Mapping[str, str], headings: Mapping[str, tuple[Edit, str, str]]
) -> tuple[dict[str, Mapping[str, str]], dict[str, tuple[str, str]]]:
    """The anchors that change with the headings, and the numbers, both by old path."""
    anchors, numbers = {}, {}
    for path, (edit, _, _) in headings.items():
        chapter = whole.chapters[path]
        text = splice(chapter.source.text.encode(), [edit])
        after = parse_chapter(decode(text, files[path]), whole.dialect, github=False)
        anchors[path] = anchor_changes(chapter, after, range(len(chapter.headings)))
        numbers[path] = (chapter.source.slice(edit.span), edit.replacement)
    return anchors, numbers


def _texts(
    start: Rehearsal,
    moving: Moving,
    edits: Mapping[str, tuple[Edit, ...]],
    headings: Mapping[str, tuple[Edit, str, str]],
) -> Iterator[tuple[str, bytes]]:
    """The new text of every chapter that moves or names what does, by its new path."""
    for path, made in edits.items():
        if path in headings:
            made = (*made, headings[path][0])
        if made or path in moving.files:
            yield moving.place(path), splice(current_text(start, path), made)


def _nav(config: Config, moving: Moving) -> tuple[str, ...] | None:
    return None if config.nav is None else tuple(map(moving.place, config.nav))


def _addresses(whole: Whole, moving: Moving) -> Iterator[tuple[str, str]]:
    for old, new in moving.files.items():
        if old in whole.chapters:
            yield old, new
            yield from ((f"{old}#{a}", f"{new}#{b}") for a, b in moving.anchors.get(old, {}).items())


def _live(final: Rehearsal) -> frozenset[str]:
    return frozenset(final.listing.chapters)


# What is written


def _rewritten(start: Rehearsal, files: Mapping[str, str], texts: Mapping[str, bytes]) -> Iterator[Rewritten]:
    for old, new in files.items():
        if why := why_not_to_write(start.config, old):
            raise Fault(en=f"{why.en} Nothing was moved.", zh=f"{why.zh}没有移动任何文件。", where=old)
        before = _bytes(start.config, old)
        if old == new:
            continue
        yield Rewritten(new, None, texts.get(new, before))
        yield Rewritten(old, before, None)


def _others(start: Rehearsal, files: Mapping[str, str], texts: Mapping[str, bytes]) -> Iterator[Rewritten]:
    for path, after in texts.items():
        if path in files.values() and path not in files:
            continue
        if path not in files and (before := current_text(start, path)) != after:
            if why := why_not_to_write(start.config, path):
                raise Fault(en=f"{why.en} Nothing was moved.", zh=f"{why.zh}没有移动任何文件。", where=path)
            yield Rewritten(path, before, after)


def _bytes(config: Config, path: str) -> bytes:
    where = os.path.join(os.path.realpath(config.docs_root), path)
    try:
        with open(where, "rb") as file:
            return file.read()
    except OSError as error:
        raise Fault(
            en=f"The file cannot be read: {error.strerror}. Nothing was moved.",
            zh=f"无法读取该文件：{error.strerror}。没有移动任何文件。",
            where=where,
        ) from None


def config_name(config: Config) -> str:
    """The configuration's file as seen from the docs root; empty where there is none."""
    file = config.config_file or ""
    return os.path.relpath(file, os.path.realpath(config.docs_root)).replace(os.sep, "/") if file else ""


def must_not_be_worse(start: Rehearsal, final: Rehearsal, moves: Mapping[str, str], *, besides: str = "") -> None:
    """Raise `Worse` where a rule has more to say of a chapter than before, wherever that stands now.

    ``besides`` is a chapter that nothing is expected of yet.
    """
    before = Counter((finding.code, moves.get(finding.path, finding.path)) for finding in start.report.findings)
    found = [finding for finding in final.report.findings if finding.path != besides]
    worse = Counter((finding.code, finding.path) for finding in found) - before
    if worse:
        raise Worse({one.path: one for one in reversed(found) if (one.code, one.path) in worse})
