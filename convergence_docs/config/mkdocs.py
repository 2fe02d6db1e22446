"""A ``mkdocs.yml`` becomes a `Config`, read as MkDocs reads it, but without importing or running what it names."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from posixpath import normpath
from typing import Any

from convergence_docs.config.document import Document, FromEnvironment, read_document
from convergence_docs.config.record import Config, Settings
from convergence_docs.config.settings import read_settings
from convergence_docs.config.trust import judge
from convergence_docs.errors import ConfigFault

ALWAYS_ON: Mapping[str, Mapping[str, Any]] = {"toc": {}, "tables": {}, "fenced_code": {}}
"""Extensions that MkDocs turns on by itself."""

_RUNS_FENCES = "markdown-exec"


def read_mkdocs(path: str, boundary: str, settings: Settings | None = None) -> Config:
    """The site that a ``mkdocs.yml`` describes.

    Args:
        path: the file.
        boundary: the folder that it must not lead out of.
        settings: settings to use instead of its own.

    Raises:
        ConfigFault: the file cannot be read or used.
    """
    document = read_document(path, boundary)
    values = document.values
    own = settings if settings is not None else read_settings(document, ("extra", "convergence"))
    extensions = {**ALWAYS_ON, **_named(document, "markdown_extensions")}
    plugins = _named(document, "plugins") if "plugins" in values else {"search": {}}
    if _RUNS_FENCES in plugins:
        # The plugin registers fences of its own, with options that no other fence may have.
        fences = "pymdownx.superfences"
        extensions[fences] = {**extensions.get(fences, {}), "relaxed_headers": True}
    trust = judge(extensions, plugins, _hooks(document), own.trusted)
    return Config(
        docs_root=_docs_root(document, path, boundary),
        boundary=boundary,
        config_file=os.path.abspath(path),
        is_mkdocs=True,
        nav=_nav(document),
        use_directory_urls=_truth(document, "use_directory_urls"),
        absolute_links_from_docs=_absolute_links(document) == "relative_to_docs",
        excluded=(*_lines(document, "exclude_docs"), *_lines(document, "draft_docs")),
        unlisted=_lines(document, "not_in_nav"),
        extensions=extensions,
        plugins=plugins,
        settings=own,
        unverified=trust.unverified,
        doubts=trust.doubts,
    )


def _docs_root(document: Document, path: str, boundary: str) -> str:
    said = document.values.get("docs_dir", "docs")
    if not isinstance(said, str) or "\0" in said:
        raise document.fault(("docs_dir",), "'{path}' must be a text.", "“{path}”必须是文本。")
    root = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(path)), said))
    shown = "!ENV" if isinstance(said, FromEnvironment) else said
    inside = os.path.realpath(boundary).rstrip(os.sep) + os.sep
    if not (os.path.realpath(root) + os.sep).startswith(inside):
        raise document.fault(
            ("docs_dir",),
            f"'{{path}}' ({shown}) leads out of the repository; nothing outside is read.",
            f"“{{path}}”（{shown}）指向仓库之外；仓库之外的文件不会被读取。",
            "Start the check from a folder that holds both, or move the docs folder.",
            "请在同时包含两者的文件夹中运行检查，或移动文档目录。",
        )
    if not os.path.isdir(root):
        raise document.fault(
            ("docs_dir",),
            f"The docs folder '{shown}' does not exist.",
            f"文档目录“{shown}”不存在。",
            "Create it, or set docs_dir.",
            "请创建该目录，或设置 docs_dir。",
        )
    return root


def _named(document: Document, key: str) -> dict[str, Mapping[str, Any]]:
    """Extensions or plugins: a list of names and one-key mappings, or a mapping of names to options."""
    said = document.values.get(key)
    found: dict[str, Mapping[str, Any]] = {}
    for path, name, options in _items(document, key, said):
        if not isinstance(name, str) or not isinstance(options, Mapping | None):
            raise document.fault(
                path, "'{path}' must be a name, with a mapping of options.", "“{path}”必须是名称，可带选项映射。"
            )
        # The same plugin may be named twice with different options; what matters here is that it is there.
        found[name] = {**found.get(name, {}), **{str(word): value for word, value in (options or {}).items()}}
    return found


def _items(document: Document, key: str, said: Any) -> Iterator[tuple[tuple[str | int, ...], Any, Any]]:
    if said is None:
        return
    if isinstance(said, Mapping):
        yield from (((key, str(name)), name, options) for name, options in said.items())
    elif isinstance(said, list):
        for at, one in enumerate(said):
            if isinstance(one, Mapping) and len(one) == 1:
                yield ((key, at), *next(iter(one.items())))
            else:
                yield (key, at), one, None
    else:
        raise document.fault((key,), "'{path}' must be a list.", "“{path}”必须是列表。")


def _hooks(document: Document) -> tuple[str, ...]:
    said = document.values.get("hooks")
    if said is None:
        return ()
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        raise document.fault(("hooks",), "'{path}' must be a list of files.", "“{path}”必须是文件列表。")
    return tuple(said)


def _absolute_links(document: Document) -> Any:
    said = document.values.get("validation")
    if not isinstance(said, Mapping):
        return None
    links = said.get("links")
    return links.get("absolute_links") if isinstance(links, Mapping) else said.get("absolute_links")


def _truth(document: Document, key: str) -> bool:
    said = document.values.get(key, True)
    if not isinstance(said, bool):
        raise document.fault((key,), "'{path}' must be true or false.", "“{path}”必须是 true 或 false。")
    return said


def _lines(document: Document, key: str) -> tuple[str, ...]:
    said = document.values.get(key)
    if said is None:
        return ()
    if not isinstance(said, str):
        raise document.fault(
            (key,), "'{path}' must be a text with one pattern a line.", "“{path}”必须是每行一个模式的文本。"
        )
    return tuple(said.splitlines())


def _nav(document: Document) -> tuple[str, ...] | None:
    said = document.values.get("nav")
    if not said:
        return None
    return tuple(_nav_paths(document, ("nav",), said))


def _nav_paths(document: Document, path: tuple[str | int, ...], said: Any) -> Iterator[str]:
    """Docs-relative paths in the order of the navigation; what leads to another site is left out."""
    if isinstance(said, str):
        if "://" not in said and not said.startswith(("/", "mailto:", "#")):
            yield normpath(said) if not said.endswith("/") else said
    elif isinstance(said, list):
        for at, one in enumerate(said):
            yield from _nav_paths(document, (*path, at), one)
    elif isinstance(said, Mapping):
        for title, one in said.items():
            yield from _nav_paths(document, (*path, str(title)), one)
    elif said is not None:
        raise _no_nav(document, path)


def _no_nav(document: Document, path: tuple[str | int, ...]) -> ConfigFault:
    return document.fault(
        path, "'{path}' must be a path, or a title with a path.", "“{path}”必须是路径，或标题加路径。"
    )
