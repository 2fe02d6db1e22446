"""``style`` attributes of all pages as rules of one style sheet."""

from __future__ import annotations

import hashlib
import re
from typing import Final

_BEFORE_OTHERS: Final = ":not(#_#_)"
"""As an attribute, a rule comes before those of style sheets: this matches everything and weighs as much as two ids."""
_QUOTED = re.compile(r'"[^"\n\\]*"|\'[^\'\n\\]*\'')
_OUT_OF_PLACE = re.compile(r"[{}<>@\\\"']|/\*|\*/")


class Sheet:
    """The rules so far."""

    def __init__(self) -> None:
        self._rules: dict[str, str] = {}

    def class_of(self, declarations: str) -> str:
        """The class that has these declarations; empty where they are none, or could end their rule."""
        text = " ".join(declarations.split()).strip("; ")
        plain = _QUOTED.sub("", text)
        if not text or _OUT_OF_PLACE.search(plain) or plain.count("(") != plain.count(")"):
            return ""
        name = f"cd-s{hashlib.sha256(text.encode()).hexdigest()[:8]}"
        self._rules[name] = text
        return name

    def __str__(self) -> str:
        rules = sorted(self._rules.items())
        return "".join(f".{name}{_BEFORE_OTHERS}{{{text}}}\n" for name, text in rules)
