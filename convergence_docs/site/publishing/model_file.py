"""The whole model of the book as a file of the site, with its schema beside it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from convergence_docs import engine
from convergence_docs.cache import digest_of
from convergence_docs.config import Config
from convergence_docs.export import stream_model
from convergence_docs.load import Bytes, list_files, read, read_vocabulary

_made: Final[dict[str, TemporaryDirectory[str]]] = {}
"""Where the model that was made last is, by a digest of all it was made of: ``mkdocs serve`` builds again and again.

It is some five times as long as the chapters, so it is never held in memory whole.
"""


def model_file(config: Config) -> Path:
    """A file that holds the model as JSON. It stays until another model is made, or the process ends.

    Raises:
        Fault: there is nothing to read, or the settings mean nothing.
    """
    digest = _digest(config)
    if digest not in _made:
        for folder in _made.values():
            folder.cleanup()
        _made.clear()
        found = engine.read_book(config)
        folder = TemporaryDirectory(prefix="convergence-docs-")
        with (Path(folder.name) / "model.json").open("w", encoding="utf-8", newline="") as file:
            file.writelines(stream_model(found.book, found.pages, found.vocabulary))
        _made[digest] = folder
    return Path(_made[digest].name) / "model.json"


def _digest(config: Config) -> str:
    listing = list_files(config)
    parts = [repr(config).encode(), repr(sorted(listing.files)).encode(), repr(read_vocabulary(config)).encode()]
    for path in listing.chapters:
        found = read(config, path)
        parts.append(digest_of(found.data).encode() if isinstance(found, Bytes) else repr(found).encode())
    return digest_of(b"\0".join(part for one in parts for part in (str(len(one)).encode(), one)))
