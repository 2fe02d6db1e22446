"""Formulas as MathML, set when the site is built: no script, no font and no request in the reader's browser."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import NamedTuple
from xml.etree.ElementTree import ParseError, fromstring

# What pymdownx.arithmatex leaves behind with `generic: true`.
_FORMULA = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">\s*\\(?P<open>[(\[])(?P<tex>.*?)\\[)\]]\s*</(?P=tag)>', re.DOTALL
)
_LETTERS = re.compile(r'(?:<mi mathvariant="normal">\w</mi>){2,}')
_LETTER = re.compile(r">(\w)<")
_UNKNOWN = re.compile(r"<m[a-z]+[^>]*>(\\[A-Za-z]+|&|[{}])</m")
_ALIGNED = re.compile(r"\\(begin|end)\{(?:aligned|gathered|split|align|gather\*?)\}")
_BEGIN = re.compile(r"\\begin\{([^}]*)\}")
_ENVIRONMENTS = frozenset(("align*", "array", "cases", "smallmatrix", "substack")) | {
    f"{delimiter}matrix" for delimiter in ("", "p", "b", "B", "v", "V")
}
_STRAY_AMPERSAND = re.compile(r"&(?!#?\w+;)")
_STRAY_LESS = re.compile(r"<(?!/?m[a-z])")
_ARITY = {
    "mfrac": 2, "msub": 2, "msup": 2, "mroot": 2, "mover": 2, "munder": 2, "msubsup": 3, "munderover": 3
}  # fmt: skip
_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
_LONG = 24
"""Characters of TeX past which an inline formula may be wider than a phone."""


class BrokenFormula(NamedTuple):
    """A formula that could not be set: its TeX as written, and why, in the typesetter's words."""

    tex: str
    reason: str


class Typeset(NamedTuple):
    """A page's HTML with its formulas set, and those that could not be."""

    html: str
    broken: tuple[BrokenFormula, ...]


def typeset(page: str, mathml_of: Callable[[str, bool], str]) -> Typeset:
    """Replace what arithmatex marked by MathML. A formula that cannot be set keeps its source, marked as such.

    ``mathml_of`` is `to_mathml`, or a memory of it.
    """
    if 'class="arithmatex"' not in page:
        return Typeset(page, ())
    broken: list[BrokenFormula] = []

    def replace(match: re.Match[str]) -> str:
        tex = html.unescape(match["tex"]).strip()
        is_display = match["open"] == "["
        tag = "div" if is_display else "span"
        try:
            mathml = mathml_of(tex, is_display)
        except ValueError as error:
            broken.append(BrokenFormula(tex, str(error)))
            return f'<{tag} class="cd-math cd-math--broken"><code>{html.escape(tex)}</code></{tag}>'
        if is_display:
            return f'<div class="cd-math cd-math--display" tabindex="0">{mathml}</div>'
        size = " cd-math--long" if len(tex) > _LONG else ""
        return f'<span class="cd-math{size}">{mathml}</span>'

    return Typeset(_FORMULA.sub(replace, page), tuple(broken))


def to_mathml(tex: str, is_display: bool) -> str:
    """TeX as a ``<math>`` element whose ``alttext`` is the TeX.

    Raises:
        ValueError: the TeX is broken, or uses a command that the typesetter does not know.
    """
    from latex2mathml.converter import convert

    _require_balance(tex)
    prepared = _ALIGNED.sub(lambda match: rf"\{match[1]}{{align*}}", tex)
    for environment in _BEGIN.findall(prepared):
        if environment not in _ENVIRONMENTS:
            raise ValueError(f"unknown environment {environment}")
    try:
        mathml = convert(prepared, display="block" if is_display else "inline")
    except Exception as error:  # the library raises many unrelated kinds, IndexError among them
        raise ValueError(_words(type(error).__name__)) from error
    unknown = _UNKNOWN.search(mathml)
    if unknown:
        raise ValueError(f"unknown command {unknown[1]}")
    mathml = _STRAY_LESS.sub("&lt;", _STRAY_AMPERSAND.sub("&amp;", mathml))
    _require_whole(mathml)
    mathml = _LETTERS.sub(lambda match: f"<mi>{''.join(_LETTER.findall(match[0]))}</mi>", mathml)
    return mathml.replace("<math ", f'<math alttext="{html.escape(tex)}" ', 1)


def _require_balance(tex: str) -> None:
    depth = 0
    for brace in re.findall(r"(?<!\\)(?:\\\\)*([{}])", tex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            break
    if depth:
        raise ValueError("unbalanced braces")


def _require_whole(mathml: str) -> None:
    """A fraction without a denominator comes out of the converter as one with a single child."""
    try:
        elements = fromstring(mathml).iter()
    except ParseError as error:
        raise ValueError("the typesetter made no XML of it") from error
    for element in elements:
        name = element.tag.removeprefix(_NAMESPACE)
        if len(element) != _ARITY.get(name, len(element)):
            raise ValueError(f"{name} lacks a part")


def _words(name: str) -> str:
    """``NoAvailableTokensError`` as ``no available tokens``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Error")).lower()
