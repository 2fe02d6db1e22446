"""Whether Mermaid and an engine for its script are installed, and where; nothing of them is loaded here."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from importlib.util import find_spec
from typing import NamedTuple

from convergence_docs.cache import version_of

PACKAGES = ("mermaidx", "mini_racer")
"""What is needed: the package that holds Mermaid's script with a page to run it in, and the one that holds V8."""
EXTRA = "convergence-docs[diagrams]"
"""What to install to have both."""
_PAGE = ("path_bbox.js", "dom_shim.js")
_MERMAID = "mermaid.js"


class Installed(NamedTuple):
    """Where the scripts are: those that make a page, in order, and Mermaid's own.

    ``engine`` is the folder to import the engine from, ``version`` what is installed of both, as one text.
    """

    page: tuple[str, ...]
    mermaid: str
    engine: str
    version: str


@lru_cache
def installed() -> Installed | None:
    """What is installed; ``None`` where something is missing or this Python can start no other."""
    folders = []
    for module in ("mermaidx", "py_mini_racer"):
        try:
            spec = find_spec(module)
        except (ImportError, ValueError):
            return None
        if spec is None or not spec.submodule_search_locations:
            return None
        folders.append(next(iter(spec.submodule_search_locations)))
    page = tuple(os.path.join(folders[0], "assets", name) for name in _PAGE)
    mermaid = os.path.join(folders[0], "assets", _MERMAID)
    if not sys.executable or not all(map(os.path.isfile, (*page, mermaid))):
        return None
    return Installed(page, mermaid, os.path.dirname(folders[1]), " ".join(version_of(name) for name in PACKAGES))


def available() -> bool:
    """Whether diagrams can be read by Mermaid itself."""
    return installed() is not None
