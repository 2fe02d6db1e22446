"""All features of the site, in the order in which they are told of each event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from convergence_docs.site.accessibility import Accessibility
from convergence_docs.site.book.feature import BookPages
from convergence_docs.site.delivery import Delivery
from convergence_docs.site.diagrams.feature import Diagrams
from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.formulas.feature import Formulas
from convergence_docs.site.printing.book import PrintedBook
from convergence_docs.site.printing.feature import Paper
from convergence_docs.site.publishing.feature import Publishing
from convergence_docs.site.publishing.moved_addresses import MovedAddresses
from convergence_docs.site.relations.backlinks.feature import Backlinks
from convergence_docs.site.relations.contents.feature import OneToc
from convergence_docs.site.relations.graph.feature import Graph
from convergence_docs.site.relations.number_order import NumberOrder
from convergence_docs.site.relations.place.feature import Place
from convergence_docs.site.relations.previews import Previews
from convergence_docs.site.relations.references.feature import References
from convergence_docs.site.relations.term_index.feature import TermIndex
from convergence_docs.site.rule_reference import RuleReference
from convergence_docs.site.search.feature import Search
from convergence_docs.site.search.surface import SearchSurface
from convergence_docs.site.security.feature import Security
from convergence_docs.site.styling import Styling
from convergence_docs.site.system_palette import SystemPalette

FEATURES: Final[tuple[type[Feature], ...]] = (
    Publishing,  # the first: it reads what each page begins with as its author wrote it
    Styling,
    Accessibility,
    SystemPalette,
    RuleReference,
    BookPages,
    Graph,
    References,
    TermIndex,
    Place,
    Backlinks,
    Previews,
    NumberOrder,
    OneToc,
    Formulas,
    Diagrams,
    Search,
    SearchSurface,
    MovedAddresses,
    Delivery,
    Paper,  # its rules come after those of the screen
    Security,  # the last but one: it judges pages as they are written
    PrintedBook,  # binds pages that were judged
)
"""The order is also that of the parts in the joined style sheet and script."""


def wanted_features(build: Build) -> Iterator[Feature]:
    """The features that a build has."""
    return (feature(build) for feature in FEATURES if feature.is_wanted(build))


def parts_of(features: tuple[Feature, ...]) -> tuple[str, ...]:
    """The style sheets and scripts of features, each once."""
    return tuple(dict.fromkeys(part for feature in features for part in feature.parts))


def first_of(features: tuple[Feature, ...]) -> frozenset[str]:
    """The parts whose scripts cannot wait."""
    return frozenset().union(*(feature.first for feature in features))
