"""A destination led to where its target, or its page, has moved, in the spelling that it has."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote, unquote

from convergence_docs.model.links.destination import ascent, escaped

_ALL_QUOTED = re.compile(r"%[89A-Fa-f][0-9A-Fa-f]")


def relocated(written: str, path: str, page: str, *, fragment: str | None = None, is_bracketed: bool = False) -> str:
    """``written`` led from ``page`` to ``path``, both relative to the docs root.

    Names that stay keep their spelling, and so does a leading ``./``, so that moving back gives the same bytes.

    Args:
        written: the destination as it stands in the text.
        path: the target; a folder ends with a slash.
        page: the chapter that the link stands in.
        fragment: another fragment to write; ``None`` keeps the one there is.
        is_bracketed: whether the destination stands in ``<...>``.
    """
    end = next((at for at, character in enumerate(written) if character in "?#"), len(written))
    head, tail = written[:end], written[end:]
    if fragment is not None:
        tail = f"{tail.partition('#')[0]}#{quote(fragment) if '%' in tail else fragment}"
    if not head:
        return tail
    known = {unquote(name): name for name in head.split("/")}
    is_quoted = _ALL_QUOTED.search(head) is not None

    def spelled(name: str) -> str:
        if name in known or name in ("", ".", ".."):
            return known.get(name, name)
        return (
            quote(name) if is_quoted else name if is_bracketed and not re.search(r"[<>%?#\\]", name) else escaped(name)
        )

    if head.startswith("/"):
        return "/" + "/".join(map(spelled, path.split("/"))) + tail
    relative = "/".join(map(spelled, (ascent(path, posixpath.dirname(page)) or "./").split("/")))
    is_dotted = head.startswith("./") or ":" in relative.partition("/")[0]
    return f"{'./' if is_dotted and not relative.startswith('./') else ''}{relative}{tail}"
