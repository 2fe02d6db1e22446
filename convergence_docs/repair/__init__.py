"""Edits to bytes: which go together, what a file is with them, where its places are then, and the patch that it makes.

Nothing here opens a file or knows a rule.
"""

from convergence_docs.repair.choice import choose
from convergence_docs.repair.patch import render_patch
from convergence_docs.repair.shift import Shift
from convergence_docs.repair.splice import splice

__all__ = ["Shift", "choose", "render_patch", "splice"]
