"""``convergence-docs``, also as ``python -m convergence_docs``."""

import gc
import sys

_OBJECTS = 100_000
"""New objects before a search for cycles. Starting makes tens of thousands, nearly all of which stay to the end."""


def main() -> None:
    """Run the command line, and end with its exit code."""
    gc.set_threshold(_OBJECTS)
    from convergence_docs.cli import main

    code = main()
    gc.freeze()  # what is left ends with the process: nobody need look for cycles among it
    sys.exit(code)


if __name__ == "__main__":
    main()
