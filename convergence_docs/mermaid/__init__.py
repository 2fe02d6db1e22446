"""Mermaid itself, run in a child process: what it makes of a block of text."""

from __future__ import annotations

from convergence_docs.mermaid.installed import EXTRA, available
from convergence_docs.mermaid.reader import Reader

__all__ = ["EXTRA", "Reader", "available"]
