"""What Mermaid's own reading of all diagrams costs, and whether a browser's Mermaid says the same of each.

    python bench/diagrams.py [--rounds N] [--chromium] CHAPTERS ...

``CHAPTERS`` is a folder of Markdown files, or an archive of one (``.tar.xz``). Printed are processor seconds and peak
memory of reading all blocks with nothing remembered, and again from memory, the least of so many rounds; how many
blocks there are of each type, how many of them Mermaid refuses, and what reading them costs beyond starting. With
``--chromium`` every block is also parsed and drawn by the same Mermaid in Chromium, and each disagreement is listed.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from measure import Cost, best, cost, peak_memory

from convergence_docs.mermaid import EXTRA, Reader, available
from convergence_docs.model.diagrams.reading import Reading
from convergence_docs.parse import parse_chapter
from convergence_docs.text import decode

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0
"""Seconds of processor time for one block where verdicts are compared: there is no limit in a browser either."""


class Block(NamedTuple):
    """A Mermaid block, and the file and line where it opens."""

    path: str
    line: int
    text: str


def sources(place: Path) -> Iterator[tuple[str, bytes]]:
    """Every Markdown file of a folder or an archive."""
    if place.is_dir():
        for path in sorted(place.rglob("*.md")):
            if path.is_file():
                yield str(path.relative_to(place)), path.read_bytes()
        return
    with tarfile.open(place) as files:
        for member in files:
            if member.isfile() and member.name.endswith(".md") and (content := files.extractfile(member)):
                yield member.name, content.read()


def blocks_of(place: Path) -> list[Block]:
    """All Mermaid blocks, as the site hands them over."""
    found = []
    for path, content in sources(place):
        source = decode(content, path)
        for block in parse_chapter(source, github=False).blocks:
            found.append(Block(path, source.text.count("\n", 0, block.span.start) + 1, block.text))
    return found


def read_all(file: str) -> None:
    """Read every text of a JSON file once, as ``check`` does in one process."""
    reader = Reader()
    for text in json.loads(Path(file).read_text("utf-8")):
        reader.read(text)
    reader.close()


def measure(texts: Sequence[str], rounds: int) -> Iterator[tuple[str, Cost, float]]:
    """Reading one block, all anew, and all from memory: the least cost of each, and megabytes held at once."""
    with tempfile.TemporaryDirectory() as scratch:
        files = {"one": Path(scratch, "one.json"), "all": Path(scratch, "all.json")}
        files["one"].write_text(json.dumps(texts[:1]), "utf-8")
        files["all"].write_text(json.dumps(texts), "utf-8")
        for name, wanted, is_cold in (
            ("one block: start", "one", True),
            ("all, nothing remembered", "all", True),
            ("all, from memory", "all", False),
        ):
            costs, held = [], 0.0
            for number in range(rounds + 1):
                cache = f"{scratch}/{name if is_cold else 'all, nothing remembered'}{number if is_cold else 0}"
                # Bytecode is kept, as wherever the package is installed.
                env = {"CONVERGENCE_DOCS_CACHE": cache, "PYTHONDONTWRITEBYTECODE": ""}
                command = [sys.executable, __file__, "--read", str(files[wanted])]
                if number < rounds:
                    costs.append(cost(command, ROOT, env))
                else:
                    held = peak_memory(command, ROOT, env)
            yield name, best(costs), held


def spent_by_children() -> float:
    """Processor seconds of the child processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def show_kinds(texts: Sequence[str], readings: dict[str, Reading]) -> None:
    """Print for each type how many blocks there are and how many are refused, and what they cost beyond starting."""
    kinds = defaultdict(list)
    for text in texts:
        kinds[readings[text].kind or "(no type)"].append(text)
    costs = {}
    for kind, members in [("", texts[:1]), *kinds.items()]:
        before, reader = spent_by_children(), Reader(seconds=PATIENCE, is_remembering=False)
        for text in members:
            reader.read(text)
        reader.close()
        costs[kind] = spent_by_children() - before
    start = costs.pop("")
    total = sum(max(one - start, 0.0) for one in costs.values()) or 1.0
    print(f"{'type':<24}{'blocks':>8}{'refused':>9}{'cpu s':>8}{'share':>8}{'ms each':>9}")
    for kind, members in sorted(kinds.items(), key=lambda one: -len(one[1])):
        refused = sum(readings[text].complaint is not None for text in members)
        spent = max(costs[kind] - start, 0.0)
        distinct = 1000 * spent / len(set(members))
        print(f"{kind:<24}{len(members):>8}{refused:>9}{spent:>8.2f}{spent / total:>8.0%}{distinct:>9.1f}")


def show_disagreements(blocks: Sequence[Block], readings: dict[str, Reading]) -> None:
    """Print what Chromium's Mermaid says otherwise, block by block."""
    sys.path.insert(0, str(ROOT))
    from playwright.sync_api import sync_playwright

    from tests.conftest import FLAGS
    from tests.diagrams.chromium import ask, open_mermaid

    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        raise SystemExit("no Chromium on this machine (Debian: apt-get install chromium)")
    places = defaultdict(list)
    for block in blocks:
        places[block.text].append(block)
    differing, refused = 0, 0
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=path, args=FLAGS) as browser:
        page = open_mermaid(browser)
        for number, (text, members) in enumerate(places.items()):
            if number % 500 == 499:  # a page keeps what it has drawn
                page.close()
                page = open_mermaid(browser)
            verdict, reading = ask(page, text), readings[text]
            refused += 0 if verdict.is_sound else len(members)
            is_sound = reading.complaint is None and not reading.limit
            if verdict.is_sound != is_sound:
                differing += len(members)
                here = reading.limit or (reading.complaint.message if reading.complaint else "sound")
                there = verdict.draw or verdict.parse or "sound"
                print(f"  {members[0].path}:{members[0].line}: {here[:90]!r}, in Chromium {there[:90]!r}")
    print(f"Chromium refuses {refused} of {len(blocks)}; {differing} verdicts differ")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure Mermaid's reading of all diagrams of some chapters.")
    parser.add_argument("chapters", nargs="*", type=Path, help="a folder of Markdown, or an archive of one")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--chromium", action="store_true", help="compare every verdict with Chromium's")
    parser.add_argument("--read", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not available():
        raise SystemExit(f"no engine for Mermaid (pip install '{EXTRA}')")
    if arguments.read:
        read_all(arguments.read)
        return
    for place in arguments.chapters:
        blocks = blocks_of(place)
        texts = [block.text for block in blocks]
        print(f"\n{place.name}: {len(texts)} blocks, {len(set(texts))} distinct, {sum(map(len, texts))} characters")
        if not texts:
            continue
        print(f"{'':<28}{'cpu s':>8}{'wall s':>8}{'peak MB':>9}")
        for name, one, held in measure(texts, arguments.rounds):
            print(f"{name:<28}{one.cpu:>8.2f}{one.wall:>8.2f}{held:>9.0f}", flush=True)
        reader = Reader(seconds=PATIENCE, is_remembering=False)
        readings = {text: reading for text in texts if (reading := reader.read(text))}
        reader.close()
        show_kinds(texts, readings)
        if arguments.chromium:
            show_disagreements(blocks, readings)


if __name__ == "__main__":
    main()
