"""The schemas of what the checker writes: of JSON, and of the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NAMES: Final = ("model", "report", "claims", "diff")


def read_schema(name: str) -> str:
    """The text of a schema, one of `NAMES`."""
    from importlib.resources import files  # takes longer to load than most commands take to parse their arguments

    return (files(__name__) / file_name(name)).read_text(encoding="utf-8")


def read_sql(name: str) -> str:
    """The text of a database's schema: ``"book"``."""
    from importlib.resources import files

    return (files(__name__) / f"{name}.sql").read_text(encoding="utf-8")


def file_name(name: str) -> str:
    """The name of a schema's file, here and where it is published."""
    return f"{name}.schema.json"


def published() -> Mapping[str, str]:
    """Every schema's text by the name of its file, for a site that offers them."""
    return {**{file_name(name): read_schema(name) for name in NAMES}, "book.sql": read_sql("book")}
