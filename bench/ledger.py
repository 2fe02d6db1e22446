"""What the ledger of figures costs after parsing: all statements of a book sorted, compared and reported.

    python bench/ledger.py [CHAPTERS [CLAIMS]]

Prints processor time for making the ledger and for every rule on claims, over three books with the same number of
claims: spread over many subjects, on a few subjects that every chapter names, and on few subjects with every fifth
figure wrong. One in a hundred figures of the first two differs. Ratios are to the first book.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import cycle
from time import process_time
from typing import NamedTuple

from convergence_docs.config import Settings
from convergence_docs.model.book import Book, Entry, Site
from convergence_docs.model.claims.claim import Claim, ClaimSource
from convergence_docs.model.claims.ledger import ledger
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.value import Value, ValueKind
from convergence_docs.model.vocabulary import Term, Vocabulary, make_vocabulary
from convergence_docs.rules import discover
from convergence_docs.runner import Runner
from convergence_docs.text import SourceText, Span

GOAL = 5.0
"""Seconds of processor time for 10,000 chapters with 200,000 claims."""
DIMENSIONS = ("adoption", "degree", "share", "coverage")
TEXT = "数" * 4096


class Shape(NamedTuple):
    """A book to measure: over how many subjects its claims spread, and one in how many figures is wrong."""

    name: str
    subjects: int
    wrong: int


def vocabulary(subjects: int) -> Vocabulary:
    """A vocabulary of so many technologies, and four dimensions."""
    things = (Term("technology", f"t{n}", (f"技术{n}",), "") for n in range(subjects))
    return make_vocabulary([*things, *(Term("dimension", name, (name,), "", "percentage") for name in DIMENSIONS)])


def claims(shape: Shape, total: int) -> Iterator[Claim]:
    """So many claims, the same each time; every subject has a figure of its own in each dimension."""
    sources = cycle(ClaimSource)
    for number in range(total):
        thing, dimension = number // 4 % shape.subjects, number % 4
        figure = float((thing * 7 + dimension * 13) % 97)
        if number % shape.wrong == shape.wrong - 1:
            figure += 2
        at = number % 2000
        value = Value(ValueKind.PERCENTAGE, f"{figure:g}%", Interval(figure, figure), step=1.0)
        name = DIMENSIONS[dimension]
        yield Claim(Span(at, at + 3), next(sources), f"技术{thing}", f"technology:t{thing}", name, name, value)


def make_book(shape: Shape, chapters: int, total: int) -> Book:
    """A book whose first chapters are each about one subject."""
    stated = claims(shape, total)
    share, rest = divmod(total, chapters)
    entries = {}
    for number in range(chapters):
        path = f"{number:06}.md"
        mine = tuple(next(stated) for _ in range(share + (number < rest)))
        topic = f"technology:t{number}" if number < shape.subjects else ""
        entries[path] = Entry(path, path, path, None, (), (), (), (), (), claims=mine, topic=topic)
    return Book(entries=entries, site=Site(files=frozenset(entries)))


def main() -> None:
    """Measure and print."""
    chapters = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    total = int(sys.argv[2]) if len(sys.argv) > 2 else 20 * chapters
    rules = [rule for rule in discover() if rule.code.startswith("CLM")]
    source = SourceText("any", TEXT)
    first = 0.0
    print(f"{chapters} chapters, {total} claims, {len(rules)} rules; goal below {GOAL:g} s")
    print(f"{'claims on':<42}{'ledger s':>10}{'all s':>8}{'ratio':>8}{'findings':>10}")
    for shape in (
        Shape("many subjects", chapters, 101),
        Shape("twelve subjects", 12, 101),
        Shape("twelve subjects, every fifth figure wrong", 12, 5),
    ):
        runner = Runner(rules, Settings(), vocabulary(shape.subjects))
        book = make_book(shape, chapters, total)
        start = process_time()
        book.derive(ledger)
        made = process_time() - start
        found = sum(1 for _ in runner.check_book(book, lambda _: source))
        all_of_it = process_time() - start
        first = first or all_of_it
        print(f"{shape.name:<42}{made:10.2f}{all_of_it:8.2f}{all_of_it / first:8.2f}{found:10}", flush=True)


if __name__ == "__main__":
    main()
