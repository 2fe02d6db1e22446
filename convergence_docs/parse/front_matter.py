"""The block of metadata at the top of a file, as MkDocs and Python-Markdown's ``meta`` take it off."""

from __future__ import annotations

import re
from typing import Any

from convergence_docs.model.chapter import FrontMatter
from convergence_docs.regex import regex
from convergence_docs.text import Span

_YAML = regex(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.S)
_KEY = regex(r" {0,3}([A-Za-z0-9_-]+):\s*(.*)")
_MORE = regex(r"(?: {4}|\t)\s*(.*)")
_ABSENT = FrontMatter(Span(0, 0), {}, None)


def split_front_matter(text: str) -> tuple[FrontMatter, int]:
    """The metadata of a file and the offset at which its Markdown begins, as MkDocs sees them.

    YAML that cannot be read, or is no mapping, stays part of the Markdown, as MkDocs leaves it; the front matter
    then says why in ``error``.
    """
    if text.startswith("---") and (match := _YAML.match(text)):
        values, error = _read(match[1], match.start(1))
        if error is not None:
            return FrontMatter(Span(*match.span()), {}, error), 0
        end = match.end()
        return FrontMatter(Span(0, end), values, None), _after_blank(text, end)
    if not _KEY.match(text):
        return _ABSENT, 0
    values, end = _read_plain(text, 0)
    return FrontMatter(Span(0, end), values, None), _after_blank(text, end)


def skip_metadata(text: str, start: int) -> int:
    """Where the Markdown begins after what ``meta`` takes off at ``start``."""
    at = start
    if text.startswith("---", at):
        at = _line_end(text, at) + 1
    _, end = _read_plain(text, at, stops_at_end=True)
    return min(end, len(text))


def _after_blank(text: str, at: int) -> int:
    while text.startswith("\n", at):
        at += 1
    return at


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _read_plain(text: str, at: int, *, stops_at_end: bool = False) -> tuple[dict[str, Any], int]:
    """MultiMarkdown metadata: ``key: value`` lines up to a blank line or the first line that is neither."""
    values: dict[str, Any] = {}
    key = ""
    while at < len(text):
        end = _line_end(text, at)
        line = text[at:end]
        if not line.strip() or (stops_at_end and line.startswith(("---", "..."))):
            return values, min(end + 1, len(text))
        if match := _KEY.match(line):
            key = match[1].lower()
            values[key] = f"{values[key]} {match[2].strip()}" if key in values else match[2].strip()
        elif key and (match := _MORE.match(line)):
            values[key] += f" {match[1].strip()}"
        else:
            break
        at = end + 1
    return values, min(at, len(text))


def _read(text: str, offset: int) -> tuple[dict[str, Any], tuple[Span, str] | None]:
    from convergence_docs.yaml_document import YamlProblem, read_yaml

    try:
        value = read_yaml(text, offset).value
    except YamlProblem as problem:
        return {}, (problem.span, str(problem))
    except RecursionError:  # pragma: no cover
        return {}, (Span(offset, offset + len(text)), "too-deep")
    if not isinstance(value, dict):
        return {}, (Span(offset, offset + len(text)), "not a mapping")
    return {str(name): item for name, item in value.items()}, None
