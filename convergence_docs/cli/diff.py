"""``convergence-docs diff``: what a change alters in meaning, between revisions, folders and the working tree."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Set
from contextlib import ExitStack
from dataclasses import replace

from convergence_docs import engine
from convergence_docs.cli.edition import WORKING_TREE, Edition, Site, edition_at, only
from convergence_docs.cli.output import emit, emit_utf8, wants_colour
from convergence_docs.cli.place import place_in
from convergence_docs.config import Config, find_configs
from convergence_docs.diagnostic import Language, Wording
from convergence_docs.diff import compare
from convergence_docs.errors import Fault
from convergence_docs.incident import not_checked
from convergence_docs.load import read_vocabulary
from convergence_docs.model.change import Change, Comparison, Side, Spot, Words
from convergence_docs.parse.vocabulary import parse_vocabulary
from convergence_docs.reading import Whole
from convergence_docs.reports.change_wording import Review
from convergence_docs.revisions import find_merge_base, find_repository, find_revision, is_revision, split_range
from convergence_docs.text import decode


def run(arguments: Namespace, language: Language) -> int:
    """Print what changed. Exit code 0; with ``--exit-code``, 1 where something did."""
    with ExitStack() as stack:
        base, head = _versions(arguments, stack, language)
        review = review_of(base, head)
    _show(review, arguments, language)
    return int(arguments.exit_code and bool(review.comparison.changes))


def review_of(base: Edition, head: Edition) -> Review:
    """What changed in meaning from one edition to another."""
    after = engine.read_whole(head.config)
    return _review(base, engine.read_whole(base.config, like=after), head, after)


def _versions(arguments: Namespace, stack: ExitStack, language: Language) -> tuple[Edition, Edition]:
    """Both sides, as the words on the command line name them."""
    base, head = arguments.base, arguments.head
    if head is None and _folder(base, arguments) is None:
        repository = find_repository(arguments.path)
        base, dots, head = split_range(base)
        if dots:
            place = Site(arguments.path, arguments.config)
            revisions = [find_revision(repository, name or "HEAD") for name in (base, head or "HEAD")]
            first = find_merge_base(repository, *revisions) if dots == "..." else revisions[0]
            return (
                edition_at(repository, first, place, stack, _before(base or "HEAD", dots, head or "HEAD")),
                edition_at(repository, revisions[1], place, stack, head or "HEAD"),
            )
    return _version(base, arguments, stack, language), _version(head, arguments, stack, language)


def _before(base: str, dots: str, head: str) -> str:
    return base if dots == ".." else f"merge-base {base} {head}"


def _version(name: str | None, arguments: Namespace, stack: ExitStack, language: Language) -> Edition:
    if name is None:
        config = only(find_configs([arguments.path], arguments.config), arguments.path)
        return Edition(config, WORKING_TREE.to(language), config.docs_root)
    folder = _folder(name, arguments)
    if folder is not None:
        config = only(find_configs([folder], arguments.config), folder)
        return Edition(config, name, config.docs_root)
    repository = find_repository(arguments.path)
    return edition_at(repository, find_revision(repository, name), Site(arguments.path, arguments.config), stack, name)


def _folder(name: str, arguments: Namespace) -> str | None:
    """``name`` where it is a folder or file; ``None`` where it is a revision, or nothing.

    Raises:
        Fault: it is both.
    """
    if "\0" in name or not os.path.exists(name):
        return None
    if name.startswith((".", "/")) or os.path.isabs(name):
        return name
    try:
        repository = find_repository(arguments.path)
    except Fault:
        return name
    if is_revision(repository, name):
        raise Fault(
            en=f"'{name}' is both a folder and a revision.",
            zh=f"“{name}”既是文件夹，又是版本。",
            hint_en=f"Write ./{name} for the folder, refs/heads/{name} or refs/tags/{name} for the revision.",
            hint_zh=f"文件夹请写 ./{name}，版本请写 refs/heads/{name} 或 refs/tags/{name}。",
        )
    return name


def _review(base: Edition, before: Whole, head: Edition, after: Whole) -> Review:
    """Compare what both sides hold in full; what one of them could not give is compared on neither."""
    if not before.chapters and not after.chapters:
        raise Fault(
            en="Neither side holds a Markdown file.",
            zh="两边都没有 Markdown 文件。",
            hint_en="Name the folder that holds the chapters with --path.",
            hint_zh="请用 --path 指定章节所在的文件夹。",
            where=head.docs_root,
        )
    old_place, new_place = place_in(base.docs_root), place_in(head.docs_root)
    omitted: set[str] = set()
    told: dict[str, Wording] = {}
    for version, whole, placed in ((base, before, old_place), (head, after, new_place)):
        unread = [(one.path, not_checked(*one).message) for one in whole.not_read]
        for path, reason in (*version.omitted, *unread):
            omitted.add(path)
            told[placed(path)] = reason
    words: list[Words | None] = []
    for version, placed in ((base, old_place), (head, new_place)):
        try:
            words.append(_words(version.config))
        except Fault as fault:
            words.append(None)
            told[placed(version.config.settings.vocabulary or "")] = Wording(fault.title["en"], fault.title["zh"])
    found = compare(_side(before, omitted, words[0]), _side(after, omitted, words[1]))
    selected = head.config.selected
    changes = tuple(change for change in found.changes if _is_selected(change, selected)) if selected else found.changes

    def moved(change: Change) -> Change:
        return change._replace(
            before=_placed(change.before, old_place(change.before.path)) if change.before else None,
            after=_placed(change.after, new_place(change.after.path)) if change.after else None,
            others=tuple(_placed(spot, new_place(spot.path)) for spot in change.others),
        )

    comparison = Comparison(
        tuple(map(moved, changes)), found.before, found.after, len({change.spot.path for change in changes})
    )
    return Review(base.name, head.name, comparison, tuple(sorted(told.items())))


def _words(config: Config) -> Words | None:
    """The side's own vocabulary; its chapters are read with that of the new side."""
    path = config.settings.vocabulary
    if path is None:
        return None
    source = decode(read_vocabulary(config), path)
    return Words(source, parse_vocabulary(source.text, path))


def _side(whole: Whole, omitted: Set[str], words: Words | None) -> Side:
    chapters = {path: chapter for path, chapter in whole.chapters.items() if path not in omitted}
    entries = {path: entry for path, entry in whole.book.entries.items() if path not in omitted}
    return Side(book=replace(whole.book, entries=entries), chapters=chapters, words=words)


def _is_selected(change: Change, selected: tuple[str, ...]) -> bool:
    spots = [spot for spot in (change.before, change.after) if spot]
    return any(spot.path == one or spot.path.startswith(one + "/") for spot in spots for one in selected)


def _placed(spot: Spot, path: str) -> Spot:
    return spot._replace(path=path)


def _show(review: Review, arguments: Namespace, language: Language) -> None:
    if arguments.format == "terminal":
        from convergence_docs.reports.change_terminal import render_changes

        colour = wants_colour(arguments.color) and (arguments.output is None or arguments.color == "always")
        emit(render_changes(review, language, colour=colour), arguments.output)
    elif arguments.format == "json":
        from convergence_docs.reports.change_json import render_changes_json

        emit_utf8(render_changes_json(review, language), arguments.output)
    else:
        from convergence_docs.reports.change_markdown import render_changes_markdown

        emit_utf8(render_changes_markdown(review, language), arguments.output)
