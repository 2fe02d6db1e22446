"""The list of old addresses and where they lead now, kept in a file of the docs folder."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import NamedTuple

from convergence_docs.config import Config
from convergence_docs.errors import Fault
from convergence_docs.mended import Rewritten
from convergence_docs.text import SourceText, Span, decode
from convergence_docs.yaml_document import YamlProblem, fault_of, read_yaml, span_of

_HEAD = "# 旧地址: 新地址。由 convergence-docs 写入。 Old address: new address. Written by convergence-docs.\n"


class Redirect(NamedTuple):
    """A line of the list: an old address, a new one, and where the old one stands in the list."""

    old: str
    new: str
    span: Span


class Redirects(NamedTuple):
    """The list as it is. ``source`` is its text, whose path is relative to the docs root."""

    source: SourceText
    entries: tuple[Redirect, ...]


def read_redirects(config: Config) -> Redirects:
    """The list that the settings name; an empty one where there is none.

    Raises:
        Fault: it cannot be read.
    """
    path = config.settings.redirects or ""
    source, _, entries = _read_list(os.path.join(os.path.realpath(config.docs_root), path)) if path else _NO_LIST
    return Redirects(SourceText(path, source.text), entries)


def redirected(config: Config, moves: Mapping[str, str], live: frozenset[str]) -> Rewritten | None:
    """The list with further moves; ``None`` where the settings name no list, or nothing changes.

    Args:
        config: the site.
        moves: new addresses by old ones: ``chapters/a.md``, or with an anchor ``chapters/a.md#x``.
        live: addresses that exist (again), which nothing may lead away from.

    Raises:
        Fault: the list cannot be read.
    """
    path = config.settings.redirects
    if path is None or not moves:
        return None
    where = os.path.join(os.path.realpath(config.docs_root), path)
    before, known = _read(where)
    # What goes back to where it was has never been elsewhere.
    back = {old for old, new in moves.items() if known.get(new) == old}
    known = {old: new for old, new in known.items() if new not in back}
    moves = {old: new for old, new in moves.items() if old not in back}
    merged = {old: moves.get(new, new) for old, new in known.items()}
    merged.update(moves)
    merged = {old: new for old, new in sorted(merged.items()) if old != new and old not in live}
    after = _written(merged) if merged else None
    return Rewritten(path, before, after) if before != after else None


_NO_LIST: tuple[SourceText, bytes | None, tuple[Redirect, ...]] = SourceText("", ""), None, ()


def _read(where: str) -> tuple[bytes | None, dict[str, str]]:
    _, data, entries = _read_list(where)
    return data, {one.old: one.new for one in entries}


def _read_list(where: str) -> tuple[SourceText, bytes | None, tuple[Redirect, ...]]:
    try:
        with open(where, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        return _NO_LIST
    except OSError as error:
        raise Fault(
            en=f"The list of redirects cannot be read: {error.strerror}.",
            zh=f"无法读取重定向列表：{error.strerror}。",
            where=where,
        ) from None
    source = decode(data, where)
    try:
        value, root = read_yaml(source.text)
    except YamlProblem as problem:
        raise fault_of(problem, source) from None
    if value is None:
        return source, data, ()
    if not isinstance(value, dict) or not all(isinstance(one, str) for pair in value.items() for one in pair):
        raise Fault(
            en="The list of redirects must map old addresses to new ones.",
            zh="重定向列表必须是“旧地址: 新地址”的映射。",
            where=where,
        )
    keys = [span_of(key) for key, _ in root.value] if root else []
    pairs = zip(value.items(), keys, strict=True)
    return source, data, tuple(Redirect(old, new, span) for (old, new), span in pairs)


def _written(moves: Mapping[str, str]) -> bytes:
    lines = [f"{_quoted(old)}: {_quoted(new)}\n" for old, new in moves.items()]
    return "".join((_HEAD, *lines)).encode()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # which YAML reads as JSON does
