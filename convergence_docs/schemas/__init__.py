"""The JSON Schemas of what the checker writes."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

NAMES: Final = ("model", "report")


def read_schema(name: str) -> str:
    """The text of a schema: ``"model"`` or ``"report"``."""
    return (files(__name__) / f"{name}.schema.json").read_text(encoding="utf-8")
