"""Formulas that earlier builds have set: the typesetter costs more than all checks, so a build sets only new ones."""

from __future__ import annotations

from convergence_docs.cache import tool_digest, version_of
from convergence_docs.site.formulas.typesetting import to_mathml
from convergence_docs.site_memory import SiteMemory

_KEPT = 20_000


class FormulaMemory:
    """What was set for one site, named by its configuration file. Of formulas that cannot be set nothing is kept."""

    def __init__(self, site: str) -> None:
        key = tool_digest() + version_of("latex2mathml").encode()
        self._memory: SiteMemory[str] = SiteMemory(site, "formulas", key, _KEPT)

    def mathml(self, tex: str, is_display: bool) -> str:
        """What `to_mathml` makes of a formula, now or in an earlier build.

        Raises:
            ValueError: as `to_mathml` does.
        """
        name = f"{'$$' if is_display else '$'}{tex}"
        found = self._memory.get(name) or to_mathml(tex, is_display)
        self._memory.use(name, found)
        return found

    def save(self) -> None:
        """Keep what this build has set, if any of it is new."""
        self._memory.save()
