"""``convergence-docs schema``: the JSON Schema of an output format."""

from __future__ import annotations

from argparse import Namespace

from convergence_docs.cli.output import emit_utf8
from convergence_docs.diagnostic import Language
from convergence_docs.schemas import read_schema


def run(arguments: Namespace, language: Language) -> int:
    """Print the schema."""
    del language
    emit_utf8(read_schema(arguments.schema))
    return 0
