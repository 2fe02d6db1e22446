"""``convergence-docs diff``: what a change alters in meaning, between revisions, folders and the working tree."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator, Set
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import NamedTuple

from convergence_docs import engine
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
from convergence_docs.reports.change_wording import Review
from convergence_docs.revisions import (
    Repository,
    Revision,
    find_merge_base,
    find_repository,
    find_revision,
    is_revision,
    split_range,
)
from convergence_docs.session import Whole
from convergence_docs.snapshot import Snapshot, open_snapshot
from convergence_docs.text import decode

_WORKING_TREE = Wording("working tree", "工作区")
_REASONS = {
    "submodule": Wording("is a submodule", "是子模块"),
    "lfs": Wording("is kept in Git LFS", "保存在 Git LFS 中"),
    "name": Wording("has a name that this system cannot hold", "的名称在本系统中不可用"),
}


class Version(NamedTuple):
    """One side: its site, what it is called, where its docs folder is in people's eyes, what is missing in it."""

    config: Config
    name: str
    docs_root: str
    omitted: tuple[tuple[str, Wording], ...] = ()


def run(arguments: Namespace, language: Language) -> int:
    """Print what changed. Exit code 0; with ``--exit-code``, 1 where something did."""
    with ExitStack() as stack:
        base, head = _versions(arguments, stack, language)
        after = engine.read_whole(head.config)
        before = engine.read_whole(base.config, like=after)
        review = _review(base, before, head, after)
    _show(review, arguments, language)
    return int(arguments.exit_code and bool(review.comparison.changes))


def _versions(arguments: Namespace, stack: ExitStack, language: Language) -> tuple[Version, Version]:
    """Both sides, as the words on the command line name them."""
    base, head = arguments.base, arguments.head
    if head is None and _folder(base, arguments) is None:
        repository = find_repository(arguments.path)
        base, dots, head = split_range(base)
        if dots:
            revisions = [find_revision(repository, name or "HEAD") for name in (base, head or "HEAD")]
            first = find_merge_base(repository, *revisions) if dots == "..." else revisions[0]
            return (
                _at(repository, first, arguments, stack, _before(base or "HEAD", dots, head or "HEAD")),
                _at(repository, revisions[1], arguments, stack, head or "HEAD"),
            )
    return _version(base, arguments, stack, language), _version(head, arguments, stack, language)


def _before(base: str, dots: str, head: str) -> str:
    return base if dots == ".." else f"merge-base {base} {head}"


def _version(name: str | None, arguments: Namespace, stack: ExitStack, language: Language) -> Version:
    if name is None:
        config = _only(find_configs([arguments.path], arguments.config), arguments.path)
        return Version(config, _WORKING_TREE.to(language), config.docs_root)
    folder = _folder(name, arguments)
    if folder is not None:
        config = _only(find_configs([folder], arguments.config), folder)
        return Version(config, name, config.docs_root)
    repository = find_repository(arguments.path)
    return _at(repository, find_revision(repository, name), arguments, stack, name)


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


def _at(repository: Repository, revision: Revision, arguments: Namespace, stack: ExitStack, name: str) -> Version:
    """The site as a revision has it; one that is not there yet is empty."""
    snapshot = stack.enter_context(open_snapshot(repository, revision))
    called = f"{name} ({revision.commit[:9]})" if not revision.commit.startswith(name) else name[:9]
    way = os.path.relpath(os.path.realpath(arguments.path), repository.top)
    if way.startswith(os.pardir):
        way = os.curdir
    there = os.path.normpath(os.path.join(snapshot.folder, way))
    with _in_terms_of(snapshot, called):
        if not snapshot.holds(way):
            os.makedirs(there)
            config = Config(docs_root=there, boundary=snapshot.folder)
        else:
            config = _only(find_configs([there], _given(arguments, repository, snapshot)), arguments.path)
        snapshot.fill(config.docs_root)
    docs = os.path.relpath(config.docs_root, snapshot.folder)
    prefix = "" if docs == os.curdir else docs.replace(os.sep, "/") + "/"
    omitted = [
        (one.path.removeprefix(prefix), _REASONS[one.reason])
        for one in snapshot.omissions
        if one.path.startswith(prefix)
    ]
    return Version(config, called, os.path.normpath(os.path.join(repository.top, docs)), tuple(omitted))


def _given(arguments: Namespace, repository: Repository, snapshot: Snapshot) -> str | None:
    """The file of ``--config``: of one inside the repository, the revision's own, where it has one."""
    if arguments.config is None:
        return None
    way = os.path.relpath(os.path.realpath(arguments.config), repository.top)
    return os.path.join(snapshot.folder, way) if snapshot.holds(way) else arguments.config


@contextmanager
def _in_terms_of(snapshot: Snapshot, name: str) -> Iterator[None]:
    """Let faults speak of the revision, not of the temporary folder that it is laid out in."""
    try:
        yield
    except Fault as fault:
        for words in (fault.title, fault.hint):
            for language, said in words.items():
                words[language] = said.replace(snapshot.folder, name)
        fault.where = fault.where.replace(snapshot.folder + os.sep, f"{name}:").replace(snapshot.folder, name)
        raise


def _only(configs: tuple[Config, ...], path: str) -> Config:
    if len(configs) == 1:
        return configs[0]
    raise Fault(
        en="These are several sites.",
        zh="这里有多个站点。",
        hint_en="Name the mkdocs.yml or the folder of one of them with --path.",
        hint_zh="请用 --path 指定其中一个站点的 mkdocs.yml 或文件夹。",
        where=path,
    )


def _review(base: Version, before: Whole, head: Version, after: Whole) -> Review:
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
