"""Claims of a chapter's tables, each read as what it is: of layers, of drivers, or a comparison of anything."""

from __future__ import annotations

from convergence_docs.claims.comparison import comparison_claims, is_known
from convergence_docs.claims.layers import driver_claims, layer_claims
from convergence_docs.claims.layout import may_be_down
from convergence_docs.claims.page import Page
from convergence_docs.claims.signs import Signs
from convergence_docs.model.claims.claim import Claim
from convergence_docs.model.tables.layer_table import read_driver_table, read_layer_table


def table_claims(page: Page, signs: Signs, *, known_only: bool = False) -> list[Claim]:
    """The claims of all tables; rows are looked at only where they hold figures, or words that the domain knows.

    ``known_only`` leaves out comparisons in which no dimension is known.
    """
    vocabulary = page.vocabulary
    found: list[Claim] = []
    for table in page.chapter.tables:
        if len(table.header.cells) < 2:
            continue
        if layer := read_layer_table(table, vocabulary):
            found += layer_claims(page, table, layer)
        elif drivers := read_driver_table(table, vocabulary):
            found += driver_claims(page, table, drivers)
        elif is_known(table, vocabulary) or (signs.within(table.span) and (not known_only or may_be_down(table))):
            found += comparison_claims(page, table, signs, known_only=known_only)
    return found
