"""``convergence-docs move-section``: a section elsewhere in its chapter, everything counted anew."""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from convergence_docs.cli.restructuring import carry_out, chapter_at, spot_of
from convergence_docs.diagnostic import Language
from convergence_docs.restructure.sections import move_section


def run(arguments: Namespace, language: Language) -> int:
    """Move a section."""
    config, path = chapter_at(arguments.chapter, arguments.config)
    change = partial(move_section, path=path, words=arguments.heading, spot=spot_of(arguments), jobs=arguments.jobs)
    return carry_out(config, arguments, language, change)
