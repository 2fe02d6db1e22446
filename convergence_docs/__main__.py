"""``python -m convergence_docs``: the same as ``convergence-docs``."""

import sys

from convergence_docs.cli import main

sys.exit(main())
