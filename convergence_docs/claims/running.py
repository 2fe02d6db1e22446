"""Claims outside tables: of lists, of sentences and of diagrams, in which only known names tell what is stated."""

from __future__ import annotations

from convergence_docs.claims.bullets import bullet_claims
from convergence_docs.claims.labels import label_claims
from convergence_docs.claims.lines import Lines
from convergence_docs.claims.page import Page
from convergence_docs.claims.prose import prose_claims
from convergence_docs.claims.signs import Signs
from convergence_docs.model.claims.claim import Claim


def running_claims(page: Page, signs: Signs) -> list[Claim]:
    """The claims of a chapter's lists, sentences and diagrams, in this order."""
    lines = Lines(page.chapter)
    return [*bullet_claims(page, lines), *prose_claims(page, lines), *label_claims(page, signs)]
