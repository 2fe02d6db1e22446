"""Escapes of addresses and of HTML, without the modules that know them where there are none: loading these costs."""

from __future__ import annotations


def unquote(text: str) -> str:
    """``text`` with its percent-escapes resolved, as `urllib.parse.unquote` does it."""
    if "%" not in text:
        return text
    from urllib.parse import unquote

    return unquote(text)


def unescape(text: str) -> str:
    """``text`` with its character references resolved, as `html.unescape` does it."""
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)
