"""``convergence-docs new``: begin a chapter."""

from __future__ import annotations

import os
from argparse import Namespace
from functools import partial

from convergence_docs.cli.restructuring import carry_out, site_at
from convergence_docs.diagnostic import Language
from convergence_docs.restructure.scaffold import new_chapter


def run(arguments: Namespace, language: Language) -> int:
    """Make a chapter, and name it in the navigation."""
    config, path = site_at(os.path.dirname(arguments.chapter) or ".", arguments.chapter, arguments.config)
    change = partial(new_chapter, path=path, title=arguments.title or "", jobs=arguments.jobs)
    return carry_out(config, arguments, language, change)
