"""The whole model of the book as a file of the site, with its schema beside it."""

from __future__ import annotations

import posixpath

from convergence_docs import engine, schemas
from convergence_docs.cache import digest_of
from convergence_docs.config import Config
from convergence_docs.export import stream_model
from convergence_docs.load import Bytes, list_files, read, read_vocabulary

_known: list[tuple[str, str]] = []
"""The model that was made last, after a digest of all it was made of: ``mkdocs serve`` builds again and again."""


def model_files(config: Config, path: str) -> dict[str, str]:
    """The model as JSON at ``path``, and its JSON Schema beside it, by path.

    Raises:
        Fault: there is nothing to read, or the settings mean nothing.
    """
    schema = posixpath.join(posixpath.dirname(path), schemas.file_name("model"))
    return {path: _model(config), schema: schemas.read_schema("model")}


def _model(config: Config) -> str:
    digest = _digest(config)
    if not _known or _known[0][0] != digest:
        read_out = engine.read_book(config)
        _known[:] = [(digest, "".join(stream_model(read_out.book, read_out.pages, read_out.vocabulary)))]
    return _known[0][1]


def _digest(config: Config) -> str:
    listing = list_files(config)
    parts = [repr(config).encode(), repr(sorted(listing.files)).encode(), repr(read_vocabulary(config)).encode()]
    for path in listing.chapters:
        found = read(config, path)
        parts.append(found.data if isinstance(found, Bytes) else repr(found).encode())
    return digest_of(b"\0".join(part for one in parts for part in (str(len(one)).encode(), one)))
