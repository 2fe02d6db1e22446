"""The chapters agree with each other and with the vocabulary; their formulas, diagrams and citations are whole."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from convergence_docs.model.chapter import Chapter
from convergence_docs.model.tables.layer_table import LayerTable, Orientation, read_driver_table, read_layer_table
from convergence_docs.model.vocabulary import Term, Vocabulary
from convergence_docs.parse.chapter import parse_chapter
from convergence_docs.parse.vocabulary import parse_vocabulary
from convergence_docs.site.formulas.typesetting import to_mathml
from convergence_docs.text import SourceText
from tests.folders import check

DOCS = Path(__file__).parents[2] / "docs"
CHAPTERS = sorted(DOCS.glob("chapters/[0-9]*.md"))
PAGES = [*CHAPTERS, *sorted(DOCS.glob("view/*.md")), DOCS / "index.md"]

_FIGURE = re.compile(r"\d+%(?:以上)?|[★☆]{5}|L[0-4]|[无有]争议")
_DRAWN = re.compile(r"(..层)(?:收敛)?<br>(收敛度)[ :：]*(\d+%)")


@cache
def vocabulary() -> Vocabulary:
    return parse_vocabulary((DOCS / "vocabulary.yml").read_text("utf-8"), "vocabulary.yml")


@cache
def chapter(path: Path) -> Chapter:
    return parse_chapter(SourceText(path.name, path.read_text("utf-8")))


def terms(kind: str) -> list[Term]:
    return [term for term in vocabulary().terms if term.kind == kind]


def tables(page: Chapter) -> list[LayerTable]:
    return [table for table in (read_layer_table(table, vocabulary()) for table in page.tables) if table]


def stated(page: Chapter) -> list[tuple[str, str, str]]:
    """Layer, dimension and figure of everything that the page states in layer tables and diagrams."""
    found = []
    for table in tables(page):
        for cell in table.cells:
            figure = _FIGURE.match(cell.text)
            subject, dimension = table.subjects[cell.subject].term, table.dimensions[cell.dimension].term
            if table.orientation is Orientation.SINGLE and subject and subject.id == "feature":
                layer = page.front_matter.values.get("layer", "")
            else:
                layer = subject.id if subject and subject.kind == "layer" else ""
            if figure and layer and dimension:
                found.append((layer, dimension.id, figure[0]))
    for fence in page.fences:
        if fence.language == "mermaid":
            for name, dimension_name, figure_text in _DRAWN.findall(page.source.text[slice(*fence.body_span)]):
                layer_term, dimension = vocabulary().by_name[name], vocabulary().by_name[dimension_name]
                found.append((layer_term.id, dimension.id, figure_text))
    return found


def test_the_book_has_chapters() -> None:
    numbers = [path.name.partition("-")[0] for path in CHAPTERS]
    assert numbers == ["03.1.1", "03.2.1", "03.2.2", "03.2.3", "03.3.1", "03.3.2", "03.3.3", "03.3.4"]


def test_the_checker_finds_nothing_in_the_book() -> None:
    report = check(DOCS.parent)
    assert report.chapters > len(CHAPTERS)
    assert (report.findings, report.unverified) == ((), ())


def test_levels_tile_from_0_to_1() -> None:
    intervals = [level.interval for level in terms("level")]
    assert len(intervals) == 5
    low, high, low_open, high_open = intervals[0] or (1.0, 0.0, True, True)
    assert (low, low_open) == (0, False)
    for interval in intervals[1:]:
        assert interval is not None
        assert (interval[0], interval[2]) == (high, not high_open), "a hole or an overlap"
        _, high, _, high_open = interval
    assert (high, high_open) == (100, False)


def test_a_figure_is_the_same_wherever_it_is_stated() -> None:
    figures: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path in PAGES:
        for layer, dimension, figure in stated(chapter(path)):
            figures[layer, dimension][figure].add(path.name)
    assert {layer for layer, _ in figures} == {"mathematical", "architectural", "capability"}
    assert any(len(set().union(*found.values())) > 3 for found in figures.values()), "nothing is stated twice"
    assert {key: dict(found) for key, found in figures.items() if len(found) > 1} == {}


def test_layers_stand_in_the_level_that_holds_their_degree() -> None:
    degrees: dict[str, str] = {}
    levels: dict[str, str] = {}
    for layer, dimension, figure in stated(chapter(DOCS / "index.md")):
        if dimension == "convergence-degree":
            degrees[layer] = figure
        elif dimension == "level":
            levels[layer] = figure
    assert len(degrees) == len(levels) == 3
    for layer, figure in degrees.items():
        low, high, low_open, high_open = vocabulary().by_name[levels[layer].lower()].interval or (1, 0, True, True)
        degree = int(figure.rstrip("%"))
        assert degree > low if low_open else degree >= low
        assert degree < high if high_open else degree <= high


@pytest.mark.parametrize(
    "path", [path for path in CHAPTERS if path.name.startswith("03.3.")], ids=lambda path: path.name
)
def test_a_driver_chapter_names_all_factors_of_its_driver(path: Path) -> None:
    driver = chapter(path).front_matter.values["driver"]
    rows = [
        row for table in chapter(path).tables for row in getattr(read_driver_table(table, vocabulary()), "rows", ())
    ]
    expected = {factor.id for factor in terms("factor") if factor.driver == driver}
    assert expected
    assert expected <= {row.factor.term.id for row in rows if row.factor.term}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_formulas_can_be_typeset(path: Path) -> None:
    page = chapter(path)
    for formula in page.formulas:
        assert to_mathml(page.source.text[slice(*formula.body_span)].strip(), formula.is_display)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.name)
def test_filled_nodes_say_the_colour_of_their_text(path: Path) -> None:
    page = chapter(path)
    diagrams = [page.source.text[slice(*fence.body_span)] for fence in page.fences if fence.language == "mermaid"]
    assert diagrams
    assert [line for body in diagrams for line in body.splitlines() if "fill:" in line and "color:" not in line] == []


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.name)
def test_citations_carry_a_year_and_a_link_and_are_used(path: Path) -> None:
    page = chapter(path)
    sources = {note.label: page.source.text[slice(*note.span)] for note in page.footnotes}
    assert len(sources) == len(page.footnotes) > 0
    for label, source in sources.items():
        assert re.search(r"\b(?:19|20)\d\d(?!\d)", source), label
        assert re.search(r"<https?://[^ >]+>", source), label
    assert {reference.label for reference in page.footnote_references} == set(sources)
