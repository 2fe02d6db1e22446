"""Which language to speak."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from convergence_docs.diagnostic import Language

CHINESE = ("zh", "chinese")


def choose_language(words: Sequence[str], environ: Mapping[str, str]) -> Language:
    """The language of ``--lang`` where the words hold it, else the locale's: Chinese for ``zh*``, otherwise English.

    The locale is the first that is set of ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` (POSIX), on Windows without any of
    them the system's.
    """
    asked = ""
    for index, word in enumerate(words):
        if word == "--":
            break
        if word == "--lang" and index + 1 < len(words):
            asked = words[index + 1]
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    if asked in ("en", "zh"):
        return "zh" if asked == "zh" else "en"
    name = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    if not name and os.name == "nt":
        from locale import getlocale

        name = getlocale()[0] or ""
    return "zh" if name.lower().startswith(CHINESE) else "en"
