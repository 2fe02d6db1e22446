"""Where the site has what: files that settings name, and the place of a page, its twin, or another file."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin

from convergence_docs.errors import ConfigFault
from convergence_docs.site.feature import Build
from convergence_docs.site.log import log_fault
from convergence_docs.site.publishing.catalogue import Facts, encoded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.structure.files import File, Files


def file_named(value: str | None, build: Build, setting: str) -> str:
    """A file of the site that a setting names, relative to its root; empty where none is, or it is no place for one."""
    if not value:
        return ""
    path = posixpath.normpath(value)
    if value.endswith("/") or path.startswith(("/", "../")) or path in (".", "..") or "\\" in path or "\0" in path:
        fault = ConfigFault(
            en=f"{value!r} is no file below the site's root.",
            zh=f"{value!r} 不是站点根目录下的文件。",
            where=f"extra.convergence.site.{setting}",
        )
        log_fault(fault, build.language)
        return ""
    return path


def whole_address(build: Build, place: str) -> str:
    """The whole address of a place of the site; from the site's root where the site does not say where it is."""
    base = build.site.site_url or ""
    return encoded(urljoin(base if base.endswith("/") or not base else f"{base}/", quote(place, safe="/.~-_")))


class Places:
    """Finds the place of what docs-relative paths name; of a page, that of its twin, where it has one."""

    def __init__(self, files: Files, pages: Mapping[str, Facts]) -> None:
        self._files = files
        self._pages = pages

    def of(self, path: str) -> str | None:
        """A place relative to the site's root; ``None`` where the site has no such file."""
        file = self._files.get_file_from_path(path)
        if file is None:
            return None
        page = self._pages.get(path)
        if page is not None and not page.is_hidden:
            return page.twin
        return unquote(file.url).removeprefix("./") if file.is_documentation_page() else str(file.dest_uri)


def taken_places(files: Files) -> dict[str, File]:
    """The files of a build by their places on the site."""
    return {file.dest_uri: file for file in files}


def write(build: Build, taken: Mapping[str, File], name: str, content: bytes) -> None:
    """Write a file of the site, unless one of the build's is in its place."""
    if name in taken:
        return
    path = Path(build.site.site_dir, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
