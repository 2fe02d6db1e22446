"""What a page holds that a content security policy is about: inline scripts and styles, addresses of others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import Any, Final, NamedTuple

_INLINE: Final = re.compile(r"<(script|style)\b([^>]*)>", re.IGNORECASE)
_ENDS: Final = {kind: re.compile(f"</{kind}", re.IGNORECASE) for kind in ("script", "style")}
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_SCRIPT = re.compile(r"<(?=[\s/]*script)", re.IGNORECASE)
_SOURCE = re.compile(r"""(?:^|\s)src\s*=""", re.IGNORECASE)
_RUNS = frozenset(("", "module", "text/javascript", "application/javascript", "text/ecmascript", "importmap"))

# As people write them, which is found fast; what is missed the policy still blocks.
_MARKS: Final = tuple(map(re.compile, (r"style\s*=", r"STYLE\s*=", r" on[a-z]+\s*=")))
_TAG: Final = re.compile(r"""<([A-Za-z][^\s/>"'<]*)((?:[^"'>]++|"[^"]*+"|'[^']*+')*+>)""")
_REST: Final = re.compile(r"""(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
_RAW: Final = re.compile(r"<(?:!--|(script|style|textarea|title|iframe|noembed|noframes|xmp)\b)", re.IGNORECASE)
_NESTED = 8
"""Signs ``<`` in the attributes of one tag that are looked past."""
_LONGEST = 50_000
"""Characters of a tag before or after one of its attributes."""
_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")

_FOREIGN: Final = re.compile(r"//(?<==//|[\s\"':]//)")
_LOADERS: Final = (
    "script",
    "link",
    "img",
    "iframe",
    "source",
    "video",
    "audio",
    "track",
    "embed",
    "object",
    "input",
    "form",
    "image",
)
_ADDRESS = re.compile(
    r"""(?:^|\s)(?:src|href|srcset|data|action|poster)\s*=\s*["']?\s*((?:https?:)?//[^\s"'>/?#]+)""", re.IGNORECASE
)
_REL = re.compile(r"""\brel\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_DIRECTIVES: Final = {
    "script": "script-src",
    "iframe": "frame-src",
    "video": "media-src",
    "audio": "media-src",
    "track": "media-src",
    "embed": "object-src",
    "object": "object-src",
    "form": "form-action",
}
_LINKS: Final = {
    "stylesheet": "style-src",
    "icon": "img-src",
    "manifest": "manifest-src",
    "modulepreload": "script-src",
}

Restyle = Callable[[str], str]


class Inline(NamedTuple):
    """An inline ``script`` that runs, or an inline ``style``, and where it begins."""

    kind: str
    text: str
    start: int


class Load(NamedTuple):
    """Something that an element loads from another origin, and the directive which that falls under."""

    directive: str
    origin: str


def inline_parts(html: str) -> Iterator[Inline]:
    """Inline scripts that run and inline styles. Data (JSON) is none."""
    at = 0
    while match := _INLINE.search(html, at):
        kind = match[1].lower()
        end = _ENDS[kind].search(html, match.end())
        if end is None:
            return
        at = end.end()
        if kind == "style" or (not _SOURCE.search(match[2]) and _runs(match[2])):
            yield Inline(kind, html[match.end() : end.start()], match.start())


def _runs(attributes: str) -> bool:
    found = _TYPE.search(attributes)
    return found is None or found[1].lower() in _RUNS


def foreign_loads(html: str) -> Iterator[Load]:
    """What elements load from an address with a host, once for each kind and host."""
    seen = set()
    for mark in _FOREIGN.finditer(html):
        start = html.rfind("<", max(0, mark.start() - _LONGEST), mark.start())
        if not html.startswith(_LOADERS, start + 1):  # most addresses are those of links and namespaces
            continue
        tag = _tag_around(html, mark.start())
        directive = _directive(tag[1].lower(), tag[0]) if tag and tag[1].lower() in _LOADERS else ""
        for found in _ADDRESS.finditer(tag[0]) if tag and directive else ():
            origin = unescape(found[1])
            load = Load(directive, f"https:{origin}" if origin.startswith("//") else origin)
            if load not in seen:
                seen.add(load)
                yield load


def _directive(tag: str, attributes: str) -> str:
    """Which directive governs what an element loads; empty where it loads nothing."""
    if tag != "link":
        return _DIRECTIVES.get(tag, "img-src")
    found = _REL.search(attributes)
    words = next(filter(None, found.groups()), "").lower().split() if found else []
    return next((_LINKS[word] for word in words if word in _LINKS), "")


def without_attributes(html: str, class_of: Restyle) -> tuple[str, tuple[str, ...]]:
    """HTML whose ``style`` attributes became classes.

    Args:
        html: a page.
        class_of: gives the class for the declarations of a ``style`` attribute, or nothing to leave them out.

    Returns:
        The page, and the event handlers (``onclick``) in it, which no policy lets run.
    """
    handlers: dict[str, None] = {}
    parts: list[str] = []
    marks = sorted((match for mark in _MARKS for match in mark.finditer(html)), key=re.Match.end)
    raw = _raw_spans(html) if marks else []
    done = 0
    for mark in marks:
        if mark.start() < done or any(start <= mark.start() < end for start, end in raw):
            continue
        tag = _tag_around(html, mark.end() - 1)
        if tag is None:
            continue
        start = tag.start(2)
        parts += (html[done:start], _classed(tag[2], class_of, handlers))
        done = tag.end()
    parts.append(html[done:])
    return "".join(parts), tuple(handlers)


def _raw_spans(html: str) -> list[tuple[int, int]]:
    """Where nothing is markup: comments, scripts and what else holds text alone."""
    spans = []
    at = 0
    while match := _RAW.search(html, at):
        if match[1]:
            rest = _REST.match(html, match.end())
            start = rest.end() if rest else len(html)
            end = re.compile(f"</{match[1]}", re.IGNORECASE).search(html, start)
            at = end.start() if end else len(html)
        else:
            start, found = match.end(), html.find("-->", match.end())
            at = found if found >= 0 else len(html)
        spans.append((start, at))
    return spans


def _tag_around(html: str, place: int) -> re.Match[str] | None:
    """The tag that has an attribute at a place: its name, and its attributes up to its ``>``."""
    start = place
    for _ in range(_NESTED):
        start = html.rfind("<", max(0, place - _LONGEST), start)
        if start < 0:
            return None
        match = _TAG.match(html, start, place + _LONGEST)
        if match and match.end() > place and _has_attribute(match, place):
            return match
    return None


def _has_attribute(tag: re.Match[str], place: int) -> bool:
    offset = place - tag.start(2)
    return any(one.start() <= offset < one.end() for one in _ATTRIBUTE.finditer(tag[2]))


def _classed(attributes: str, class_of: Restyle, handlers: dict[str, None]) -> str:
    """The attributes of a tag, up to its ``>``, with a class in place of its style."""
    style: re.Match[str] | None = None
    classes: re.Match[str] | None = None
    for match in _ATTRIBUTE.finditer(attributes):
        name = match[1].lower()
        if name == "style" and style is None:
            style = match
        elif name == "class" and classes is None:
            classes = match
        elif name.startswith("on"):
            handlers[name] = None
    if style is None:
        return attributes
    made = class_of(unescape(_value(style)))
    start, end = style.span()
    while attributes[start - 1 : start].isspace():
        start -= 1
    if classes is None or not made:
        return attributes[:start] + (f' class="{made}"' if made else "") + attributes[end:]
    whole = f'class="{_value(classes)} {made}"'
    first, second = sorted(((start, end, ""), (*classes.span(), whole)))
    return attributes[: first[0]] + first[2] + attributes[first[1] : second[0]] + second[2] + attributes[second[1] :]


def _value(attribute: re.Match[str]) -> str:
    return next((group for group in attribute.groups()[1:] if group is not None), "")


def without_scripts(value: Any) -> Any:
    """Front matter, or a part of it, in which no script begins."""
    if isinstance(value, str):
        return _SCRIPT.sub("&lt;", value)
    if isinstance(value, Mapping):
        return {key: without_scripts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_scripts(item) for item in value]
    return value
