"""Marks in a page, ``<div data-convergence="chart"></div>``, and what is made from the book in their place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from html import unescape
from typing import Final

from convergence_docs.diagnostic import Language, Wording
from convergence_docs.model.claims.ledger import ledger
from convergence_docs.model.values.value import Value
from convergence_docs.model.vocabulary import Term, Vocabulary
from convergence_docs.site import words
from convergence_docs.site.book import term_html
from convergence_docs.site.book.archive import Archive
from convergence_docs.site.book.chart import Bar, Line, bands_of, render_chart
from convergence_docs.site.book.matrix import Matrix, Stated, make_group, make_matrix, terms_by_key
from convergence_docs.site.book.matrix_html import render_group, render_matrix
from convergence_docs.site.book.terms import (
    DEGREE,
    About,
    claims_about,
    make_neighbours,
    mentions_of,
    related_to,
    subjects_at,
)
from convergence_docs.site.book.value_html import is_share, plain_words
from convergence_docs.site.frame import Frame

_MARK = re.compile(r'<div data-convergence="(?P<name>[a-z]+)"(?P<rest>[^<>]*)>\s*</div>')
_ATTRIBUTE = re.compile(r'data-([a-z]+)="([^"]*)"')

Attributes = Mapping[str, str]


class Fragments:
    """Makes the fragments of one build; what several pages need is made once."""

    def __init__(self, archive: Archive, language: Language) -> None:
        self.archive = archive
        self.language = language
        self.terms = terms_by_key(archive.vocabulary)
        self.titles = archive.titles
        self._matrix: Matrix | None = None
        self._neighbours: Mapping[str, Counter[str]] | None = None
        self._drawn = 0

    @property
    def matrix(self) -> Matrix:
        """The matrix of the book."""
        if self._matrix is None:
            self._matrix = make_matrix(self.archive.book, self.archive.vocabulary)
        return self._matrix

    @property
    def neighbours(self) -> Mapping[str, Counter[str]]:
        """Which terms stand in the same sections."""
        if self._neighbours is None:
            self._neighbours = make_neighbours(self.archive.outlines.values())
        return self._neighbours

    def fill(self, page: str, address_of: Callable[[str], str]) -> str:
        """A page's HTML with its marks replaced; an unknown mark stays as it is."""
        if 'data-convergence="' not in page:
            return page
        frame = Frame(self.language, address_of, self.titles, self.archive.terms_folder)

        def replace(match: re.Match[str]) -> str:
            make = _MAKERS.get(match["name"])
            attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(match["rest"])}
            return match[0] if make is None else make(self, attributes, frame)

        return _MARK.sub(replace, page)

    @property
    def has_chart(self) -> bool:
        """Whether there is a degree of convergence of layers to draw."""
        layers = (row for group in self.matrix.groups if group.kind == "layer" for row in group.rows)
        return any(_bars(row.cells.get(DEGREE, ())) for row in layers)

    def is_empty(self, name: str, term: Term) -> bool:
        """Whether a mark of a term's page would stay without anything to show."""
        key = f"{term.kind}:{term.id}"
        if name == "claims":
            return not self._about(key)
        return name == "related" and not related_to(term, self.neighbours, self.terms)

    def term_of(self, attributes: Attributes) -> Term | None:
        """The term that a mark names, ``layer:architectural``."""
        return self.terms.get(attributes.get("term", ""))

    def draw_matrix(self, attributes: Attributes, frame: Frame) -> str:
        """The matrix."""
        return render_matrix(self.matrix, frame)

    def draw_chart(self, attributes: Attributes, frame: Frame) -> str:
        """The chart of one dimension (``data-dimension``) for all subjects of one kind (``data-kind``)."""
        wanted, kind = attributes.get("dimension", DEGREE), attributes.get("kind", "layer")
        group = next((one for one in self.matrix.groups if one.kind == kind), None)
        columns = group.columns if group else ()
        column = next((one for one in columns if wanted in (one.key, one.name)), None)
        if column is None or group is None:
            return f'<p class="cd-note">{frame.say(words.NO_CLAIMS)}</p>'
        lines = [Line(row.name, _bars(row.cells.get(column.key, ()))) for row in group.rows]
        self._drawn += 1
        vocabulary = self.archive.vocabulary
        bands = bands_of(vocabulary.of("level")) if vocabulary and wanted == DEGREE else ()
        kinds = words.KIND_NAMES[kind]
        title = Wording(f"{kinds.en}: {column.name}", f"各{kinds.zh}的{column.name}").to(self.language)
        return render_chart(title, lines, bands, frame, f"cd-chart-{self._drawn}")

    def list_names(self, attributes: Attributes, frame: Frame) -> str:
        """What a term is called, and its home chapter."""
        term = self.term_of(attributes)
        if term is None:
            return ""
        home = self.archive.book.derive(ledger).homes.get(attributes["term"], "")
        return term_html.render_names(term, home, frame)

    def list_claims(self, attributes: Attributes, frame: Frame) -> str:
        """What the chapters state of a term."""
        return term_html.render_about(self._about(attributes.get("term", "")), frame)

    def list_factors(self, attributes: Attributes, frame: Frame) -> str:
        """The factors of a driver."""
        term, vocabulary = self.term_of(attributes), self.archive.vocabulary
        if term is None or vocabulary is None:
            return ""
        factors = [factor for factor in vocabulary.of("factor") if factor.driver == term.id]
        return self._render_factors(factors, vocabulary, frame) if factors else ""

    def _render_factors(self, factors: list[Term], vocabulary: Vocabulary, frame: Frame) -> str:
        group = make_group("factor", factors, self.archive.book, vocabulary)
        return render_group(group, frame, has_definitions=True)

    def list_subjects(self, attributes: Attributes, frame: Frame) -> str:
        """The subjects at a level."""
        term, vocabulary = self.term_of(attributes), self.archive.vocabulary
        if term is None or vocabulary is None:
            return ""
        return term_html.render_level(subjects_at(term, self.archive.book, vocabulary), frame)

    def list_mentions(self, attributes: Attributes, frame: Frame) -> str:
        """The chapters that mention a term."""
        return term_html.render_mentions(mentions_of(attributes.get("term", ""), self.archive.outlines.values()), frame)

    def list_related(self, attributes: Attributes, frame: Frame) -> str:
        """The terms that stand in the same sections."""
        term = self.term_of(attributes)
        return term_html.render_related(related_to(term, self.neighbours, self.terms), frame) if term else ""

    def _about(self, key: str) -> tuple[About, ...]:
        return claims_about(key, self.archive.book, self.archive.vocabulary)


def _bars(cell: tuple[Stated, ...]) -> tuple[Bar, ...]:
    """The shares of a cell; of several, those with the fewest limits, and all that contradict each other."""
    shares = [one for one in cell if is_share(one.value)]
    plain = [one for one in shares if not one.scope and one.year is None] or shares
    kept = [one for one in shares if one in plain[:1] or one.is_disputed]
    return tuple(_bar(one.value, one) for one in kept)


def _bar(value: Value, stated: Stated) -> Bar:
    assert value.interval is not None
    return Bar(plain_words(value.text), value.interval, stated.scope, stated.is_disputed)


_MAKERS: Final[Mapping[str, Callable[[Fragments, Attributes, Frame], str]]] = {
    "matrix": Fragments.draw_matrix,
    "chart": Fragments.draw_chart,
    "names": Fragments.list_names,
    "claims": Fragments.list_claims,
    "factors": Fragments.list_factors,
    "subjects": Fragments.list_subjects,
    "mentions": Fragments.list_mentions,
    "related": Fragments.list_related,
}
