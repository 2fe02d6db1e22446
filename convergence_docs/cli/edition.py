"""A site as some revision of its repository has it, laid out in a temporary folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from convergence_docs.config import Config, find_configs
from convergence_docs.diagnostic import Wording
from convergence_docs.errors import Fault
from convergence_docs.revisions import Repository, Revision
from convergence_docs.snapshot import Snapshot, open_snapshot

WORKING_TREE = Wording("working tree", "工作区")
_REASONS = {
    "submodule": Wording("is a submodule", "是子模块"),
    "lfs": Wording("is kept in Git LFS", "保存在 Git LFS 中"),
    "name": Wording("has a name that this system cannot hold", "的名称在本系统中不可用"),
}


class Site(NamedTuple):
    """Which site of the repository: a path in it, and the file of ``--config``."""

    path: str
    config_file: str | None


class Edition(NamedTuple):
    """One edition of a site: its configuration, what it is called, where its docs folder is in people's eyes.

    ``omitted`` is what is missing in it, and why.
    """

    config: Config
    name: str
    docs_root: str
    omitted: tuple[tuple[str, Wording], ...] = ()


def edition_at(repository: Repository, revision: Revision, site: Site, stack: ExitStack, name: str) -> Edition:
    """The site as a revision has it, called ``name``; one that is not there yet is empty.

    Raises:
        Fault: the revision's configuration cannot be used, or there are several sites.
    """
    snapshot = stack.enter_context(open_snapshot(repository, revision))
    called = f"{name} ({revision.commit[:9]})" if not revision.commit.startswith(name) else name[:9]
    way = os.path.relpath(os.path.realpath(site.path), repository.top)
    if way.startswith(os.pardir):
        way = os.curdir
    there = os.path.normpath(os.path.join(snapshot.folder, way))
    with _in_terms_of(snapshot, called):
        if not snapshot.holds(way):
            os.makedirs(there)
            config = Config(docs_root=there, boundary=snapshot.folder)
        else:
            config = only(find_configs([there], _given(site, repository, snapshot)), site.path)
        snapshot.fill(config.docs_root)
    docs = os.path.relpath(config.docs_root, snapshot.folder)
    prefix = "" if docs == os.curdir else docs.replace(os.sep, "/") + "/"
    omitted = [
        (one.path.removeprefix(prefix), _REASONS[one.reason])
        for one in snapshot.omissions
        if one.path.startswith(prefix)
    ]
    return Edition(config, called, os.path.normpath(os.path.join(repository.top, docs)), tuple(omitted))


def _given(site: Site, repository: Repository, snapshot: Snapshot) -> str | None:
    """The file of ``--config``: of one inside the repository, the revision's own, where it has one."""
    if site.config_file is None:
        return None
    way = os.path.relpath(os.path.realpath(site.config_file), repository.top)
    return os.path.join(snapshot.folder, way) if snapshot.holds(way) else site.config_file


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


def only(configs: tuple[Config, ...], path: str) -> Config:
    """The one site that was found.

    Raises:
        Fault: there are several.
    """
    if len(configs) == 1:
        return configs[0]
    raise Fault(
        en="These are several sites.",
        zh="这里有多个站点。",
        hint_en="Name the mkdocs.yml or the folder of one of them with --path.",
        hint_zh="请用 --path 指定其中一个站点的 mkdocs.yml 或文件夹。",
        where=path,
    )
