"""What builds of one site remember by name, such as set formulas: the rows used last, in one sealed file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from hashlib import blake2b
from typing import Generic, TypeVar

from convergence_docs import codec
from convergence_docs.cache import cache_folder, read_sealed, write_sealed

Row = TypeVar("Row")


class SiteMemory(Generic[Row]):
    """Rows by name, each something that JSON can hold. What is read may be damaged: whoever asks judges a row's shape.

    Args:
        site: the path of the site's configuration file.
        kind: what is remembered: the end of the file's name.
        key: everything that a row depends on beside its name; under another key nothing is remembered.
        most: rows that are kept, the latest used ones first.
    """

    def __init__(self, site: str, kind: str, key: bytes, most: int) -> None:
        name = blake2b(site.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
        self._path = os.path.join(cache_folder(), f"{name}.{kind}")
        self._key = blake2b(key, digest_size=16).hexdigest()
        self._most = most
        self._stored: dict[str, Row] | None = None
        self._used: dict[str, Row] = {}

    def get(self, name: str) -> Row | None:
        """What is remembered under a name."""
        return self._used.get(name) or self._rows().get(name)

    def use(self, name: str, row: Row) -> None:
        """Keep a row for the next build."""
        self._used[name] = row

    def save(self) -> None:
        """Write down what was used, if any of it is new."""
        stored = self._rows() if self._used else {}
        if all(stored.get(name) == row for name, row in self._used.items()):
            return
        others = [item for item in stored.items() if item[0] not in self._used]
        self._stored = dict([*others, *self._used.items()][-self._most :])
        write_sealed(self._path, self._key, {}, codec.dump(self._stored))

    def _rows(self) -> Mapping[str, Row]:
        if self._stored is None:
            _, data = read_sealed(self._path, self._key)
            try:
                found = codec.load(data) if data else {}
            except codec.Damaged:
                found = {}
            self._stored = found if isinstance(found, dict) else {}
        return self._stored
