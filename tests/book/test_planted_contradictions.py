"""Twelve contradictions, each planted in a copy of the book in another kind of place, are found with both places."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from convergence_docs.config import Settings
from convergence_docs.diagnostic import Finding, Place
from convergence_docs.model.book import Book, Site
from convergence_docs.model.claims.dispute import accounts
from convergence_docs.model.values.value import ValueKind
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.parse import parse_chapter
from convergence_docs.parse.vocabulary import parse_vocabulary
from convergence_docs.rules import discover
from convergence_docs.runner import Runner
from convergence_docs.text import decode
from tests.worlds import findings

DOCS = Path(__file__).parents[2] / "docs"
LEDGER = [rule.code for rule in discover() if rule.code.startswith("CLM")]
LEVELS, MATHEMATICAL, ARCHITECTURAL, CAPABILITY = (
    "chapters/03.1.1-L4完全收敛.md",
    "chapters/03.2.1-数学层收敛.md",
    "chapters/03.2.2-架构层收敛.md",
    "chapters/03.2.3-能力层收敛.md",
)


class Plant(NamedTuple):
    """``old``, which stands once in ``path``, becomes ``new``; ``code`` is found at ``planted``, against ``other``."""

    path: str
    old: str
    new: str
    code: str
    planted: str
    other: tuple[str, str]


PLANTS = {
    "table of one subject": Plant(
        ARCHITECTURAL,
        "| **收敛度** | 95% | 接近完全收敛",
        "| **收敛度** | 59% | 接近完全收敛",
        "CLM001",
        "59%",
        (ARCHITECTURAL, "95%"),
    ),
    "table with layers across": Plant(
        CAPABILITY,
        "| **收敛度** | 60% | 95% |",
        "| **收敛度** | 60% | 92% |",
        "CLM001",
        "92%",
        (ARCHITECTURAL, "95%"),
    ),
    "table with layers down": Plant(
        "index.md",
        "| **架构层** | 95%以上 | 无争议",
        "| **架构层** | 80% | 无争议",
        "CLM001",
        "80%",
        (ARCHITECTURAL, "95%以上"),
    ),
    "column of a comparison in the own chapter": Plant(
        ARCHITECTURAL,
        "| **采用率** | 95%以上 | 60% |",
        "| **采用率** | 85% | 60% |",
        "CLM010",
        "85%",
        (ARCHITECTURAL, "95%以上"),
    ),
    "bullet with a bold lead": Plant(
        CAPABILITY,
        "### 2.2 收敛特征\n",
        "- **收敛度**：70%\n\n### 2.2 收敛特征\n",
        "CLM001",
        "70%",
        (CAPABILITY, "60%"),
    ),
    "scope of a bullet": Plant(
        ARCHITECTURAL,
        "五个维度各说一件事。",
        "- **采用率**：90%（新产品）\n\n五个维度各说一件事。",
        "CLM001",
        "90%",
        (ARCHITECTURAL, "95%以上"),
    ),
    "sentence": Plant(
        LEVELS,
        "的收敛度为 95%，恰在边界上",
        "的收敛度为 93%，恰在边界上",
        "CLM001",
        "93%",
        (ARCHITECTURAL, "95%"),
    ),
    "label of a diagram": Plant(
        "index.md",
        "架构层<br>收敛度 95%",
        "架构层<br>收敛度 85%",
        "CLM001",
        "85%",
        (ARCHITECTURAL, "95%"),
    ),
    "rating": Plant(
        CAPABILITY,
        "| **确定性** | ★★★☆☆ | ★★★★★ |\n| **收敛度** | 60% | 95% |",
        "| **确定性** | ★★★☆☆ | ★★★★☆ |\n| **收敛度** | 60% | 95% |",
        "CLM001",
        "★★★★☆",
        (ARCHITECTURAL, "★★★★★"),
    ),
    "step of a scale": Plant(
        ARCHITECTURAL,
        "| **争议度** | 无争议 | 有争议 |",
        "| **争议度** | 无争议 | 少量争议 |",
        "CLM001",
        "少量争议",
        (CAPABILITY, "有争议"),
    ),
    "level": Plant(
        ARCHITECTURAL,
        "- **采用率**：100%（所有主流大语言模型）\n",
        "- **采用率**：100%（所有主流大语言模型）\n- **收敛度**：85%\n- **层级**：L2\n",
        "CLM003",
        "L2",
        (ARCHITECTURAL, "85%"),
    ),
    "superlative": Plant(
        CAPABILITY,
        "能力层是三层中收敛程度最低的一层",
        "能力层是三层中收敛程度最高的一层",
        "CLM005",
        "能力层是三层中收敛程度最高的一层",
        (ARCHITECTURAL, "95%"),
    ),
}


@cache
def book() -> dict[str, str]:
    pages = [*DOCS.glob("chapters/*.md"), *DOCS.glob("view/*.md"), DOCS / "index.md", DOCS / "vocabulary.yml"]
    return {path.relative_to(DOCS).as_posix(): path.read_text("utf-8") for path in pages}


@cache
def vocabulary() -> Vocabulary:
    return parse_vocabulary(book()["vocabulary.yml"], "vocabulary.yml")


def told(files: dict[str, str], place: Finding | Place) -> str:
    line = files[place.path].split("\n")[place.line - 1]
    assert place.end_line == place.line
    return line[place.column - 1 : place.end_column - 1]


def test_the_book_itself_is_clean() -> None:
    assert findings(dict(book()), select=LEDGER, vocabulary=vocabulary()) == []


@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
def test_a_planted_contradiction_is_found_and_nothing_else(plant: Plant) -> None:
    files = dict(book())
    assert files[plant.path].count(plant.old) == 1
    start = files[plant.path].index(plant.old)
    files[plant.path] = files[plant.path].replace(plant.old, plant.new)
    found = findings(dict(files), select=LEDGER, vocabulary=vocabulary())
    assert [(one.code, one.path, told(files, one)) for one in found] == [(plant.code, plant.path, plant.planted)], [
        (one.code, one.path, one.line, one.message.en) for one in found
    ]
    lines = files[plant.path].count("\n", 0, start) + 1
    assert lines <= found[0].line <= lines + plant.new.count("\n"), "another place than the planted one"
    assert (found[0].related[0].path, told(files, found[0].related[0])) == plant.other


OTHER = {"无争议": "激烈争议", "有争议": "无争议", "L4": "L1", "L3": "L1", "L2": "L4"}
"""For each step that the book states, one far from it."""


def test_every_figure_that_two_places_state_is_guarded() -> None:
    """Change each such figure, one at a time: one finding, on its line."""
    runner = Runner([rule for rule in discover() if rule.code in LEDGER], Settings(), vocabulary())
    sources = {path: decode(text.encode(), path) for path, text in book().items()}
    entries = {path: runner.examine(parse_chapter(sources[path])).entry for path in sources if path.endswith(".md")}
    site = Site(files=frozenset(sources))
    stated = [
        statement
        for account in Book(entries=entries, site=site).derive(accounts)
        if len(account.statements) > 1
        for statement in account.statements
    ]
    assert len(stated) > 90
    for path, claim in stated:
        source = sources[path]
        kind = claim.value.kind
        changed = {ValueKind.PERCENTAGE: "37%", ValueKind.RATING: "★★☆☆☆"}.get(kind) or OTHER[claim.value.text]
        text = source.text[: claim.span.start] + changed + source.text[claim.span.end :]
        after = {**sources, path: decode(text.encode(), path)}
        entry = runner.examine(parse_chapter(after[path])).entry
        found = list(runner.check_book(Book(entries={**entries, path: entry}, site=site), after.__getitem__))
        line = source.position(claim.span.start).line
        assert [(one.path, one.line) for one in found] == [(path, line)], (claim, [one.message.en for one in found])


@pytest.mark.parametrize(
    "plant", [one for one in PLANTS.values() if one.code in ("CLM001", "CLM010")], ids=lambda plant: plant.planted
)
def test_the_fix_brings_all_places_in_line(plant: Plant) -> None:
    files = dict(book())
    files[plant.path] = files[plant.path].replace(plant.old, plant.new)
    (found,) = findings(dict(files), select=LEDGER, vocabulary=vocabulary())
    assert found.fix is not None
    assert not found.fix.safe
    for path, (start, end), replacement in sorted(found.fix.edits, key=lambda edit: edit.span, reverse=True):
        files[path] = files[path][:start] + replacement + files[path][end:]
    assert findings(dict(files), select=["CLM001", "CLM002", "CLM010"], vocabulary=vocabulary()) == []
