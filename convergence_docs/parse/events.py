"""Which texts can hold nothing to record, told without reading them."""

from __future__ import annotations

from enum import Enum

from convergence_docs.regex import regex


class Scope(Enum):
    """How much of a page is wanted."""

    ALL = "all"
    LINKS = "links"
    """All but the words of list items, bold leads and formulas."""
    FORMULAS = "formulas"
    """Formulas, and whatever else comes with them."""


DULL_BRACE = r"\{(?!(?:[^\n{}#=]++|(?<!id)=)*+[#=])"
"""``{`` that opens no attribute list with an id."""


def dull_angle(stops: str) -> str:
    """A ``<`` that opens no tag and no address, for a text that ends before ``stops``: a comparison."""
    return rf"<(?=[ ]|[=\d][^@<> \n!]*+(?:[<> !]|{stops}))"


def dull_rest(stops: str, without: str = "") -> str:
    """The rest of a line in which there is no link, no id and no tag, nor any of the characters in ``without``."""
    words = rf"[^\n\[<{{{without}]*+"
    return rf"{words}(?:(?:{dull_angle(stops)}|{DULL_BRACE}){words})*+"


DULL_ANGLE = dull_angle(r"\n?\Z")
_ANGLE = regex(rf"(?!{DULL_ANGLE})<")
_BRACE = regex(rf"(?!{DULL_BRACE})\{{")


def may_hold_formula(text: str) -> bool:
    """Whether a text could hold a formula."""
    return "$" in text or "\\" in text


def is_eventful(text: str) -> bool:
    """Whether a paragraph could hold anything but words, emphasis and code."""
    return "[" in text or "<" in text or "$" in text or "{" in text or "\\(" in text


def may_hold_link_or_id(text: str) -> bool:
    """Whether a paragraph could hold a link or an id: less than `is_eventful`, for formulas are neither."""
    return (
        "[" in text
        or ("<" in text and _ANGLE.search(text) is not None)
        or ("{" in text and _BRACE.search(text) is not None)
    )
