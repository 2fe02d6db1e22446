"""The figures that a finding is about, as programs read them."""

from __future__ import annotations

from typing import Any

from convergence_docs.diagnostic import Figures


def figures_as_json(figures: Figures) -> dict[str, Any]:
    """The object that stands under ``data`` in JSON and in SARIF's property bag."""
    return {**figures._asdict(), "values": [one._asdict() for one in figures.values]}
