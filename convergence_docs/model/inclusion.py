"""Text that pages take in from elsewhere, and the files that it is taken from."""

from __future__ import annotations

from convergence_docs.model.chapter import Chapter
from convergence_docs.regex import regex

_BRACED = regex(r"\{(?:% include|!|\{[<%])")
"""What macros, markdown-include and Hugo's shortcodes replace by text from elsewhere."""
_FOLDERS = frozenset(("includes", "include", "snippets", "partials", "overrides", "templates"))


def is_taking_in_text(chapter: Chapter) -> bool:
    """Whether the build may put text from elsewhere into the chapter, which is unknown here."""
    text = chapter.source.text
    # What is asked for first is what few chapters hold: every further search goes through all of the text.
    return (
        ("{" in text and _BRACED.search(text) is not None)
        or ("<" in text and "--8<-- " in text)  # snippets
        or (":::" in text and (text.startswith("::: ") or "\n::: " in text))  # mkdocstrings
    )


def is_piece(path: str) -> bool:
    """Whether a file is a piece of pages rather than a page, by the usual names: ``_note.md``, ``includes/note.md``."""
    *folders, name = path.split("/")
    if name.startswith(("_", ".")):
        return True
    return any(folder.startswith((".", "_")) or folder.lower() in _FOLDERS for folder in folders)
