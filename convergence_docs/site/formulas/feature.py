"""Formulas on the site's pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convergence_docs.site.feature import Build, Feature, source_of
from convergence_docs.site.gates import broken_formula

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

    from convergence_docs.site.formulas.memory import FormulaMemory

_MATH_SCRIPT = re.compile(r"mathjax|katex", re.IGNORECASE)


class Formulas(Feature):
    """Formulas as MathML, set at build and remembered for the next one."""

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        self._memory: FormulaMemory | None = None

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """Unless the site loads a typesetter of its own, or the settings say so."""
        if build.settings.formulas is not None:
            return build.settings.formulas
        return not any(_MATH_SCRIPT.search(str(script)) for script in build.site.extra_javascript)

    def finish_output(self, output: str, page: Page) -> str:
        """Set a page's formulas. Late, since MathML is long, and mermaid2 and the search index parse what they get."""
        if 'class="arithmatex"' not in output:
            return output
        from convergence_docs.site.formulas.typesetting import typeset  # loads the reader of XML

        output, broken = typeset(output, self._remembered().mathml)
        for formula in broken:
            self.build.log(broken_formula(formula, source_of(page)))
        return output

    def finish_site(self) -> None:
        """Remember what this build has set."""
        if self._memory is not None:
            self._memory.save()

    def _remembered(self) -> FormulaMemory:
        if self._memory is None:
            from convergence_docs.site.formulas.memory import FormulaMemory

            config = self.build.config
            self._memory = FormulaMemory(config.config_file or "" if config else "")
        return self._memory
