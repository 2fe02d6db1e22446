"""Find the sites that paths on a command line belong to."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace

from convergence_docs.config.generators import generator_above
from convergence_docs.config.record import Config, Settings
from convergence_docs.config.untracked import read_untracked
from convergence_docs.diagnostic import Wording
from convergence_docs.errors import ConfigFault, Fault

NAMES = ("mkdocs.yml", "mkdocs.yaml")
_TELLTALE = frozenset({"site_name", "docs_dir", "theme", "nav", "plugins", "markdown_extensions", "INHERIT"})
"""Keys that make a configuration file one of MkDocs rather than one of settings only."""
_NO_SITE = Wording(
    "how a site would nest lists and name anchors: there is no mkdocs.yml here, so anchors are taken as GitHub's.",
    "站点如何嵌套列表、如何生成锚点：此处没有 mkdocs.yml，锚点按 GitHub 的规则判断。",
)


def find_configs(paths: Sequence[str | os.PathLike[str]], config_file: str | None = None) -> tuple[Config, ...]:
    """The sites that ``paths`` belong to, one `Config` each, in the order of the paths.

    A folder that holds a ``mkdocs.yml`` is that site; a folder or file below the docs folder of a ``mkdocs.yml``
    further up is part of that site, whose other chapters are read but not reported on; anything else is a plain
    folder.

    Args:
        paths: files and folders as given; none means the current folder, or the site of ``config_file``.
        config_file: a ``mkdocs.yml`` or a settings file to use instead of the one found.

    Raises:
        Fault: a path does not exist, or a configuration cannot be read.
    """
    settings, site = _given(config_file)
    if site is not None:
        site = replace(site, untracked=read_untracked(site.docs_root, site.boundary))
    if site is not None and not paths:
        return (site,)
    found: dict[tuple[str, str | None], Config] = {}
    for path in paths or (".",):
        config = _within(site, os.fspath(path)) if site else _find(os.fspath(path), settings)
        if settings is not None and config_file is not None:
            config = replace(config, settings_file=os.path.abspath(config_file))
        config = replace(config, untracked=read_untracked(config.docs_root, config.boundary))
        key = (config.docs_root, config.config_file)
        if key in found:
            both = found[key].selected, config.selected
            config = replace(config, selected=tuple(dict.fromkeys((*both[0], *both[1]))) if all(both) else ())
        found[key] = config
    return tuple(found.values())


def _given(config_file: str | None) -> tuple[Settings | None, Config | None]:
    """What ``--config`` names: settings alone, or a whole site."""
    if config_file is None:
        return None, None
    from convergence_docs.config.document import read_document
    from convergence_docs.config.settings import read_settings

    where = os.path.abspath(config_file)
    boundary = _boundary(os.path.dirname(where))
    document = read_document(where, boundary)
    if os.path.basename(where) in NAMES or not _TELLTALE.isdisjoint(document.values):
        return None, _read_site(where, boundary)
    return read_settings(document, ()), None


def _find(path: str, settings: Settings | None) -> Config:
    where = _existing(path)
    if os.path.isfile(where) and where.endswith((".yml", ".yaml")):
        return _read_site(where, _boundary(os.path.dirname(where)), settings)
    folder = where if os.path.isdir(where) else os.path.dirname(where)
    boundary = _boundary(folder)
    for above in _upwards(folder, boundary):
        for name in NAMES:
            candidate = os.path.join(above, name)
            if os.path.lexists(candidate):
                site = _read_site(candidate, boundary, settings)
                if above == where or _is_below(where, site.docs_root):
                    return _selecting(site, where)
    plain = Config(
        docs_root=folder,
        boundary=boundary,
        settings=settings or Settings(),
        unverified=(_NO_SITE,),
        doubts={"dialect": "mkdocs.yml"},
        generator=generator_above(folder, boundary),
    )
    return plain if folder == where else _selecting(plain, where)


def _read_site(path: str, boundary: str, settings: Settings | None = None) -> Config:
    from convergence_docs.config.mkdocs import read_mkdocs  # a plain folder has none

    return read_mkdocs(path, boundary, settings)


def _within(site: Config, path: str) -> Config:
    """``site``, reporting on ``path`` only."""
    where = _existing(path)
    if not _is_below(where, site.docs_root) and not _is_below(site.docs_root, where):
        raise ConfigFault(
            en=f"'{path}' is no part of the docs folder of this configuration.",
            zh=f"“{path}”不属于该配置的文档目录。",
            hint_en=f"The docs folder is {site.docs_root}.",
            hint_zh=f"文档目录是 {site.docs_root}。",
            where=site.config_file or "",
        )
    return _selecting(site, where)


def _selecting(site: Config, where: str) -> Config:
    if not _is_below(where, site.docs_root) or where == site.docs_root:
        return site
    return replace(site, selected=(os.path.relpath(where, site.docs_root).replace(os.sep, "/"),))


def _existing(path: str) -> str:
    where = os.path.abspath(path) if path and "\0" not in path else ""
    if not where or not os.path.exists(where):
        raise Fault(
            en="There is no such file or folder.",
            zh="没有这个文件或文件夹。",
            hint_en="Name a folder of Markdown, a Markdown file or a mkdocs.yml.",
            hint_zh="请指定 Markdown 文件夹、Markdown 文件或 mkdocs.yml。",
            where=path.replace("\0", "\\0") or "''",
        )
    if not os.path.isdir(where) and not where.endswith(
        (".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".yml", ".yaml")
    ):
        raise Fault(
            en="This is neither a folder nor Markdown nor a mkdocs.yml.",
            zh="这既不是文件夹，也不是 Markdown 或 mkdocs.yml。",
            where=path,
        )
    return where


def _upwards(folder: str, boundary: str) -> Iterator[str]:
    while _is_below(folder, boundary):
        yield folder
        if folder == boundary:
            return
        folder = os.path.dirname(folder)


def _boundary(folder: str) -> str:
    """The repository that ``folder`` is in; without one, the current folder if that is above it, else itself."""
    above = folder
    while True:
        if os.path.lexists(os.path.join(above, ".git")):
            return above
        parent = os.path.dirname(above)
        if parent == above:
            break
        above = parent
    here = os.getcwd()
    return here if _is_below(folder, here) else folder


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
