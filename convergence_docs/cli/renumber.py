"""``convergence-docs renumber``: headings count again, and all that names them follows."""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from convergence_docs.cli.restructuring import carry_out
from convergence_docs.config import find_configs
from convergence_docs.diagnostic import Language
from convergence_docs.restructure.renumber import renumber


def run(arguments: Namespace, language: Language) -> int:
    """Number the path's chapters again."""
    (config,) = find_configs([arguments.path], arguments.config)
    return carry_out(config, arguments, language, partial(renumber, is_wanted=config.is_selected, jobs=arguments.jobs))
