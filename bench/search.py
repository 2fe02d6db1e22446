"""Which search finds what readers look for? Ours, Material's own with jieba, and Pagefind, over the same pages.

Builds the project's book and a large corpus once for each, asks every query in ``queries/`` in Chromium through the
search's own worker, and prints one table by kind of query: how often a right page came first, how often it was among
the first five, and how often the section that a person wants was the best line of the first page. Then random pieces
of the sites' text: which share of the pages that hold one is found (recall), and which share of what is found holds it
(precision; of ours what it calls exact). Then sizes and times, as ratios.

    pip install jieba "pagefind[extended]" playwright
    python bench/search.py [--corpus FOLDER|ARCHIVE] [--samples N] [--keep FOLDER] [--misses]
"""

from __future__ import annotations

import argparse
import gzip
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from search_engines import (
    MATERIAL,
    OURS,
    PAGEFIND,
    ROOT,
    Answer,
    Engine,
    build,
    chromium_path,
    ready,
    squeezed_size,
    unpack,
)
from search_pages import Query, Section, folded, plain, read_queries, read_site, substrings

CORPUS = ROOT.parent / "shared" / "corpora" / "composed-zh.tar.xz"
ENGINES = (OURS, MATERIAL, PAGEFIND)
SEED = 20261122


class Score(NamedTuple):
    """How one query went; ``place`` is ``None`` where no section was asked for."""

    first: bool
    five: bool
    place: bool | None


class Pieces(NamedTuple):
    """How random pieces of the text went, as shares; ``none`` of them found nothing."""

    recall: float
    precision: float
    none: int


class Round(NamedTuple):
    """One engine over one collection."""

    scores: list[tuple[Query, Score]]
    pieces: Pieces
    bytes: int
    times: list[float]


def judged(query: Query, answer: Answer, headings: dict[tuple[str, str], str]) -> Score:
    """Whether the answer has what a person wants."""
    right = query.want.keys() | query.also
    pages = [group[0].page for group in answer.pages[:5]]
    first = bool(pages) and pages[0] in right
    place: bool | None = None
    if all(query.want.values()) and not (first and pages[0] in query.also):
        best = answer.pages[0][0] if first else None
        place = best is not None and plain(headings.get((best.page, best.anchor), "")) in query.want[best.page]
    return Score(first, any(page in right for page in pages), place)


def pieces_of(engine: Engine, sections: Sequence[Section], asked: Sequence[str]) -> Pieces:
    """Recall and precision on pages, for pieces of the text."""
    texts: dict[str, list[str]] = defaultdict(list)
    quiet: dict[str, list[str]] = defaultdict(list)
    for section in sections:
        texts[section.page] += map(folded, section.blocks)
        quiet[section.page] += map(folded, section.quiet)
    recalls, precisions, none = [], [], 0
    for piece in asked:
        word = folded(piece)
        right = {page for page, blocks in texts.items() if any(word in block for block in blocks)}
        fair = right | {page for page, blocks in quiet.items() if any(word in block for block in blocks)}
        groups = engine.ask(piece, most=len(texts)).pages
        exact = {group[0].page for group in groups if any(hit.tier in ("", "exact") for hit in group)}
        found = exact & texts.keys()
        recalls.append(len(found & right) / len(right))
        precisions.append(len(found & fair) / len(found) if found else 1.0)
        none += not found & right
    return Pieces(sum(recalls) / len(recalls), sum(precisions) / len(precisions), none)


def run(engine: Engine, queries: Sequence[Query], sections: Sequence[Section], asked: Sequence[str]) -> Round:
    """Ask one engine everything."""
    headings = {(section.page, section.anchor): section.heading for section in sections}
    scores, times = [], []
    for query in queries:
        answer = engine.ask(query.ask)
        times.append(answer.time)
        scores.append((query, judged(query, answer, headings)))
    return Round(scores, pieces_of(engine, sections, asked), squeezed_size(engine.files()), times)


def share(scores: Iterable[bool | None]) -> str:
    """How many of how many."""
    known = [score for score in scores if score is not None]
    return f"{sum(known)}/{len(known)}" if known else "–"


def print_table(rounds: dict[str, dict[str, Round]], engines: Sequence[str]) -> None:
    """Success by kind of query, of all collections together and of each."""
    print("| | " + " | ".join(f"{name}: first | of five | section" for name in engines) + " |")
    print("| --- " * (1 + 3 * len(engines)) + "|")
    kinds = list(dict.fromkeys(query.kind for one in rounds.values() for query, _ in one[engines[0]].scores))
    lines: list[tuple[str, list[tuple[str, str]]]] = [(kind, [(name, kind) for name in rounds]) for kind in kinds]
    lines += [(f"**{name}**", [(name, "")]) for name in rounds] + [("**all**", [(name, "") for name in rounds])]
    for title, parts in lines:
        cells = []
        for engine in engines:
            scores = [
                score
                for name, kind in parts
                for query, score in rounds[name][engine].scores
                if kind in ("", query.kind)
            ]
            cells += [share(s.first for s in scores), share(s.five for s in scores), share(s.place for s in scores)]
        print(f"| {title} | " + " | ".join(cells) + " |")


def print_costs(name: str, one: dict[str, Round], sections: Sequence[Section]) -> None:
    """Pieces of text, sizes and times of a collection."""
    text = "\n".join(block for section in sections for block in section.blocks).encode()
    squeezed = len(gzip.compress(text, 9))
    pages = len({section.page for section in sections})
    print(f"\n{name}: {pages} pages, {len(sections)} sections, {len(text):,} bytes of text, {squeezed:,} gzipped\n")
    print("| | recall | precision | found nothing right | bytes to gzipped text | median, most (ratio to the first) |")
    print("| --- | --- | --- | --- | --- | --- |")
    ours = median(next(iter(one.values())).times)
    for engine, round_ in one.items():
        recall, precision, none = round_.pieces
        middle, most = median(round_.times), max(round_.times)
        print(
            f"| {engine} | {recall:.3f} | {precision:.3f} | {none} | {round_.bytes / squeezed:.2f} "
            f"| {middle:.1f} ms, {most:.1f} ms ({middle / ours:.1f}) |"
        )


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--samples", type=int, default=200, help="random pieces of text for each collection")
    parser.add_argument("--keep", type=Path, help="where the sites are built, and found again the next time")
    parser.add_argument("--only", choices=("book", "corpus"))
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES)
    parser.add_argument("--strict", action="store_true", help="no page that the build makes counts as a right answer")
    parser.add_argument("--misses", action="store_true", help="name the queries that ours does not answer first")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        work = options.keep or Path(folder)
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=["--headless", "--no-sandbox"])
        rounds: dict[str, dict[str, Round]] = {}
        texts: dict[str, Sequence[Section]] = {}
        for name in ("book", "corpus") if options.only is None else (options.only,):
            here = work / name
            here.mkdir(parents=True, exist_ok=True)
            docs = unpack(ROOT / "docs" if name == "book" else options.corpus.resolve(), here)
            build(docs, here, is_ours=name == "book")
            texts[name] = sections = read_site(here / "ours")
            queries, asked = read_queries(name, docs), substrings(sections, options.samples, SEED)
            if options.strict:
                queries = tuple(query._replace(also=frozenset()) for query in queries)
            rounds[name] = {}
            for engine in options.engines:
                with ready(engine, chromium, here) as standing:
                    rounds[name][engine] = run(standing, queries, sections, asked)
        print_table(rounds, options.engines)
        for name, one in rounds.items():
            print_costs(name, one, texts[name])
        if options.misses:
            for name, one in rounds.items():
                for query, score in one[options.engines[0]].scores:
                    if not score.first or score.place is False:
                        print(f"{name} {query.kind}: {query.ask}  first={score.first} five={score.five} {score.place}")
        chromium.close()


if __name__ == "__main__":
    main()
