"""``convergence-docs``, also as ``python -m convergence_docs``."""

import gc
import os
import sys

_OBJECTS = 100_000
"""New objects before a search for cycles. Starting makes tens of thousands, nearly all of which stay to the end."""


def main() -> None:
    """Run the command line, and end with its exit code."""
    gc.set_threshold(_OBJECTS)
    from convergence_docs.cli import main

    _end(main())


def _end(code: int) -> None:
    """End the process at once: all is written, and nobody need take its memory apart object by object."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads any more
        sys.exit(code)
    os._exit(code)


if __name__ == "__main__":
    main()
