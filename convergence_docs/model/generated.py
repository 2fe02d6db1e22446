"""Pages that the site's build makes from the model: where they stand, so that chapters can link to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from posixpath import dirname, join, normpath
from typing import Any, Final

from convergence_docs.model.vocabulary import Term, Vocabulary
from convergence_docs.regex import regex

PAGE_KINDS: Final = ("layer", "level", "driver", "technology", "model")
"""Kinds of terms that have a page each, in the order in which they are shown."""

CLAIMS_CSV: Final = "claims.csv"
CLAIMS_JSON: Final = "claims.json"
MODEL_SCHEMA: Final = "model.schema.json"

_UNSAFE = regex(r"[^\w.-]+")


def term_page(term: Term) -> str:
    """The file name of a term's page, ``layer-architectural.md``."""
    return f"{term.kind}-{_UNSAFE.sub('-', term.id)}.md"


def terms_with_pages(vocabulary: Vocabulary) -> tuple[Term, ...]:
    """The terms that have a page, kind by kind, in the vocabulary's order."""
    return tuple(term for kind in PAGE_KINDS for term in vocabulary.of(kind))


def generated_files(settings: Mapping[str, Any], vocabulary: Vocabulary | None) -> frozenset[str]:
    """What the settings of ``extra.convergence.site`` add to the docs folder, the rules' pages left out."""
    found: set[str] = set()
    matrix = folder_of(settings.get("matrix"))
    if matrix:
        found.update(_below(matrix, ("index.md", CLAIMS_CSV, CLAIMS_JSON)))
    terms = folder_of(settings.get("terms"))
    if terms and vocabulary:
        found.update(_below(terms, ("index.md", *map(term_page, terms_with_pages(vocabulary)))))
    for key in ("graph", "references", "print_page", *(("term_index",) if vocabulary else ())):
        folder = folder_of(settings.get(key))
        if folder:
            found.update(_below(folder, ("index.md",)))
    model = settings.get("model")
    if isinstance(model, str) and model:
        found.update((normpath(model), join(dirname(normpath(model)), MODEL_SCHEMA)))
    return frozenset(found)


def folder_of(value: object) -> str:
    """A folder as a setting names it, without slashes around it; empty where none is meant."""
    return value.strip("/") if isinstance(value, str) else ""


def _below(folder: str, names: Iterable[str]) -> Iterable[str]:
    return (f"{folder}/{name}" for name in names)
