"""``convergence-docs insert-section``: a new section in its place, everything after it counted on."""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from convergence_docs.cli.restructuring import carry_out, chapter_at, spot_of
from convergence_docs.diagnostic import Language
from convergence_docs.restructure.sections import insert_section


def run(arguments: Namespace, language: Language) -> int:
    """Put a section in."""
    config, path = chapter_at(arguments.chapter, arguments.config)
    change = partial(insert_section, path=path, title=arguments.title, spot=spot_of(arguments), jobs=arguments.jobs)
    return carry_out(config, arguments, language, change)
