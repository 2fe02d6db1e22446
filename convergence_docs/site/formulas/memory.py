"""Formulas that earlier builds have set: the typesetter costs more than all checks, so a build sets only new ones."""

from __future__ import annotations

import os
from hashlib import blake2b

from convergence_docs import codec
from convergence_docs.cache import cache_folder, read_sealed, tool_digest, version_of, write_sealed
from convergence_docs.site.formulas.typesetting import to_mathml

_KEPT = 20_000
"""Formulas of one site that are remembered, the latest used ones first."""


class FormulaMemory:
    """What was set for one site, named by its configuration file. Of formulas that cannot be set nothing is kept."""

    def __init__(self, site: str) -> None:
        name = blake2b(site.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
        self._path = os.path.join(cache_folder(), f"{name}.formulas")
        self._key = blake2b(tool_digest() + version_of("latex2mathml").encode(), digest_size=16).hexdigest()
        self._stored: dict[str, str] | None = None
        self._used: dict[str, str] = {}

    def mathml(self, tex: str, is_display: bool) -> str:
        """What `to_mathml` makes of a formula, now or in an earlier build.

        Raises:
            ValueError: as `to_mathml` does.
        """
        name = f"{'$$' if is_display else '$'}{tex}"
        if name not in self._used:
            self._used[name] = self._remembered().get(name) or to_mathml(tex, is_display)
        return self._used[name]

    def save(self) -> None:
        """Keep what this build has set, if any of it is new."""
        stored = self._remembered() if self._used else {}
        if self._used.keys() <= stored.keys():
            return
        others = [item for item in stored.items() if item[0] not in self._used]
        self._stored = dict([*others, *self._used.items()][-_KEPT:])
        write_sealed(self._path, self._key, {}, codec.dump(self._stored))

    def _remembered(self) -> dict[str, str]:
        if self._stored is None:
            _, data = read_sealed(self._path, self._key)
            try:
                found = codec.load(data) if data else {}
            except codec.Damaged:
                found = {}
            self._stored = found if isinstance(found, dict) else {}
        return self._stored
