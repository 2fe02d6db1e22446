"""Mermaid sources as they must stand in HTML."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

Fence = Callable[..., str]

_SUPERFENCES = "pymdownx.superfences"


def escape_sources(site: MkDocsConfig) -> None:
    """Have mermaid2's fences escape what they write, for a site.

    They leave sources raw: ``<br>`` in a label would be read as an element, and so would anything worse.
    """
    fences: list[dict[str, Any]] = (site.mdx_configs.get(_SUPERFENCES) or {}).get("custom_fences") or []
    for fence in fences:
        made = fence.get("format")
        module = str(getattr(getattr(made, "func", made), "__module__", ""))
        if made is not None and module.partition(".")[0] == "mermaid2":
            fence["format"] = escaping(made)


def escaping(fence: Fence) -> Fence:
    """A fence that is given its source escaped. It keeps its name, which mermaid2 looks for."""

    def escaped(source: str, *arguments: Any, **options: Any) -> str:
        return fence(html.escape(source, quote=False), *arguments, **options)

    escaped.__name__ = fence.__name__
    return escaped
