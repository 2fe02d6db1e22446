"""The checker's own settings: ``extra.convergence`` in ``mkdocs.yml``, or a settings file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from convergence_docs.config.record import Config


class Known(NamedTuple):
    """What settings may say of a rule: its name, and its options with their defaults."""

    name: str
    options: Mapping[str, Any]


def check_names(config: Config, known: Mapping[str, Known]) -> None:
    """Refuse settings that name no rule."""
