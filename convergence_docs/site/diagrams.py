"""Mermaid sources as they must stand in HTML."""

from __future__ import annotations

import html
import re

_SOURCE = re.compile(r'(<pre [^<>]*class="mermaid"[^<>]*><code>)(.*?)(</code></pre>)', re.DOTALL)
_RAW = re.compile(r"[<>]")


def escape_diagrams(page: str) -> str:
    """Escape Mermaid sources that mermaid2's fence left raw, or ``<br>`` in a label would be read as an element."""
    if 'class="mermaid"' not in page:
        return page
    return _SOURCE.sub(lambda match: match[1] + _escaped(match[2]) + match[3], page)


def _escaped(source: str) -> str:
    # Other fences escape, and then neither angle bracket is left.
    return html.escape(source, quote=False) if _RAW.search(source) else source
