"""The command line: one module a command, each imported only when it is called."""

from convergence_docs.cli.front import main

__all__ = ["main"]
