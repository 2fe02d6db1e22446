"""A content security policy as data."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from convergence_docs.errors import ConfigFault

BASE: Final[Mapping[str, tuple[str, ...]]] = {
    "default-src": ("'self'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    # Style sheets draw their icons as masks that stand in them.
    "img-src": ("'self'", "data:"),
    "object-src": ("'none'",),
    "base-uri": ("'self'",),
    "form-action": ("'self'",),
}
"""What every page may load. What a ``<meta>`` cannot hold is left out: ``frame-ancestors``, ``sandbox``."""

_OTHERS = (
    "child-src connect-src fenced-frame-src font-src frame-src manifest-src media-src worker-src"
    " script-src-attr script-src-elem style-src-attr style-src-elem"
)
DIRECTIVES: Final = frozenset((*BASE, *_OTHERS.split()))
_SOURCE = re.compile(r"[!#-+\--:<-~]+")  # visible ASCII without quotes marks, commas and semicolons


def hash_of(text: str) -> str:
    """The source that allows an inline script or style of exactly this text, as a browser reads it."""
    digest = hashlib.sha256(text.replace("\r\n", "\n").replace("\r", "\n").encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def policy_meta(policy: object) -> str:
    """The element that gives a page a policy."""
    return f'<meta http-equiv="Content-Security-Policy" content="{escape(str(policy), quote=False)}">'


def parse_allowance(line: str) -> tuple[str, tuple[str, ...]]:
    """``img-src https://img.example`` as a directive and its sources.

    Raises:
        ConfigFault: it is no directive with sources.
    """
    directive, *sources = line.split() or [""]
    if directive not in DIRECTIVES or not sources or not all(_SOURCE.fullmatch(source) for source in sources):
        raise ConfigFault(
            en=f"{line!r} is no directive with sources.",
            zh=f"{line!r} 不是“指令加来源”的写法。",
            hint_en="Write it like this: img-src https://img.example",
            hint_zh="应写成这样：img-src https://img.example",
            where="extra.convergence.site.csp_allow",
        )
    return directive, tuple(sources)


class Policy:
    """What pages may load: grows while pages are made, and is the same for all of them in the end.

    With instant navigation the page that a reader opened first sets the policy for those after it, and whatever a later
    page sets comes on top. So no page may need what another one lacks.
    """

    def __init__(self, allowances: Iterable[tuple[str, tuple[str, ...]]] = ()) -> None:
        self._sources: dict[str, list[str]] = {name: list(sources) for name, sources in BASE.items()}
        for directive, sources in allowances:
            for source in sources:
                self.allow(directive, source)

    def allow(self, directive: str, source: str) -> None:
        """Add a source. A directive that had none stands for itself from now on, beside the default."""
        known = self._sources.setdefault(directive, list(BASE["default-src"]))
        if "'none'" in known:
            known.clear()
        if source not in known:
            known.append(source)

    def allows(self, directive: str, source: str) -> bool:
        """Whether an origin may be asked for a kind of thing: by its own name, its scheme or a wildcard."""
        known = self._sources.get(directive, self._sources["default-src"])
        scheme, _, host = source.partition("//")
        wildcard = f"{scheme}//*.{host.partition('.')[2]}"
        return any(one.rstrip("/").startswith(source) or one in (scheme, "*", wildcard) for one in known)

    def __str__(self) -> str:
        return "; ".join(
            f"{name} {' '.join((*(one for one in sources if not _is_hash(one)), *sorted(filter(_is_hash, sources))))}"
            for name, sources in self._sources.items()
        )


def _is_hash(source: str) -> bool:
    return source.startswith("'sha")
