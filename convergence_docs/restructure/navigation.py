"""The navigation of a ``mkdocs.yml``, edited where it names files that move, or where a new one belongs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from posixpath import normpath
from typing import Any

from convergence_docs.config import Config
from convergence_docs.config.document import Layer, read_document
from convergence_docs.diagnostic import Edit
from convergence_docs.errors import Fault
from convergence_docs.mended import Rewritten
from convergence_docs.repair import splice
from convergence_docs.text import Span

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`](?:[^#:\n]|:(?! )|(?<! )#)*\Z")
"""A text that YAML reads as it stands, in a list or as a value."""

_ENTRY = re.compile(r"([ \t]*-[ \t]+)([^\n]*?:[ \t]+)?\Z")
"""What stands before a path on its line of a list: a dash, and perhaps a title."""


def with_moved(config: Config, place: Callable[[str], str], name: str) -> Rewritten | None:
    """The configuration with every file of its navigation named as ``place`` says; ``None`` where none moves.

    Args:
        config: the site.
        place: gives a docs-relative path's new one, or the same.
        name: how the written record names the file.

    Raises:
        Fault: the navigation that names a moved file stands in another file, which ``INHERIT`` brings in.
    """
    if config.config_file is None or config.nav is None or all(place(path) == path for path in config.nav):
        return None
    document = read_document(config.config_file, config.boundary)
    layer = next(layer for layer in document.layers if _nav(layer) is not None)
    if layer is not document.layers[0]:
        raise Fault(
            en="The navigation stands in a file that this one inherits from.",
            zh="导航写在 INHERIT 引入的文件里。",
            hint_en=f"Change the navigation in {layer.path} by hand.",
            hint_zh=f"请手工修改 {layer.path} 中的导航。",
            where=config.config_file,
        )
    edits = [edit for scalar in _scalars(_nav(layer)) if (edit := _edit(layer.text, scalar, place))]
    with open(config.config_file, "rb") as file:
        before = file.read()
    return Rewritten(name, before, splice(before, edits)) if edits else None


def with_chapter(config: Config, path: str, title: str, after: str, name: str) -> Rewritten | None:
    """The configuration with a chapter in its navigation, behind another, on a line written as that one's is.

    ``None`` where there is no navigation, or the other chapter has no line of its own in a list.
    """
    if config.config_file is None or config.nav is None:
        return None
    layer = read_document(config.config_file, config.boundary).layers[0]
    node = _nav(layer)
    for scalar in _scalars(node) if node is not None else ():
        if normpath(scalar.value or "") != after:
            continue
        start = layer.text.rfind("\n", 0, scalar.start_mark.index) + 1
        end = layer.text.find("\n", scalar.end_mark.index)
        end = len(layer.text) if end < 0 else end
        entry = _ENTRY.match(layer.text, start, scalar.start_mark.index)
        if entry is None or layer.text[scalar.end_mark.index : end].strip():
            return None
        written = _written(path, "")
        said = f"{_written(title, '')}: {written}" if entry[2] else written
        with open(config.config_file, "rb") as file:
            before = file.read()
        return Rewritten(name, before, splice(before, [Edit("", Span(end, end), f"\n{entry[1]}{said}")]))
    return None


def _nav(layer: Layer) -> Any:
    pairs = getattr(layer.root, "value", None) or ()
    return next((value for key, value in pairs if key.value == "nav"), None)


def _scalars(node: Any) -> Iterator[Any]:
    if isinstance(node.value, str):
        yield node
        return
    for one in node.value:
        yield from _scalars(one[1] if isinstance(one, tuple) else one)


def _edit(text: str, scalar: Any, place: Callable[[str], str]) -> Edit | None:
    said = scalar.value
    if not said or "://" in said or said.startswith(("/", "#", "mailto:")):
        return None
    path = normpath(said) + ("/" if said.endswith("/") else "")
    new = place(path)
    if new == path:
        return None
    span = Span(scalar.start_mark.index, scalar.end_mark.index)
    return Edit("", span, _written(new, text[span.start : span.start + 1]))


def _written(path: str, first: str) -> str:
    """A path in the quotation marks that the old one began with, if any."""
    if first == "'":
        return "'" + path.replace("'", "''") + "'"
    return path if first != '"' and _PLAIN.match(path) else json.dumps(path, ensure_ascii=False)
