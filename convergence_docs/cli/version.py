"""``convergence-docs version``."""

from __future__ import annotations

from argparse import Namespace

from convergence_docs import __version__
from convergence_docs.cli.output import emit
from convergence_docs.diagnostic import Language


def run(arguments: Namespace, language: Language) -> int:
    """Print name and version."""
    del arguments, language
    emit(f"convergence-docs {__version__}\n")
    return 0
