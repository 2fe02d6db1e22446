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

_CANDIDATE: Final = re.compile(r"""[\s"'/](?:style|on[a-z]+)\s*=""", re.IGNORECASE)
_START: Final = re.compile(r"<(?:!--|([A-Za-z][^\s/>]*))")
_REST: Final = re.compile(r"""(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
_RAW: Final = frozenset(("script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"))
_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")

_LOADING: Final = re.compile(
    r"<(script|link|img|iframe|source|video|audio|track|embed|object|input|form|image|use)\b"
    r"([^>]*?(?:src|href|srcset|data|action|poster)\s*=\s*[\"']?\s*(?:https?:)?//[^>]*)>",
    re.IGNORECASE,
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
    for match in _LOADING.finditer(html):
        directive = _directive(match[1].lower(), match[2])
        for found in _ADDRESS.finditer(match[2]) if directive else ():
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
    if not _CANDIDATE.search(html):
        return html, ()
    handlers: dict[str, None] = {}
    parts: list[str] = []
    done = at = 0
    while match := _START.search(html, at):
        if match[1] is None:
            at = _after(html, "-->", match.end())
            continue
        rest = _REST.match(html, match.end())
        if rest is None:  # a tag without an end: browsers show nothing from here on
            break
        at = rest.end()
        if match[1].lower() in _RAW:
            at = _after(html, f"</{match[1]}", at)
        if _CANDIDATE.search(rest[0]):
            tag = _classed(rest[0], class_of, handlers)
            if tag != rest[0]:
                parts += (html[done : match.end()], tag)
                done = rest.end()
    parts.append(html[done:])
    return "".join(parts), tuple(handlers)


def _after(html: str, mark: str, start: int) -> int:
    found = html.find(mark, start)
    return len(html) if found < 0 else found + (len(mark) if mark == "-->" else 0)


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
