"""How fast chapters are parsed, with the line and column of every heading and link.

    python bench/parse.py FOLDER [ROUNDS]

Prints megabytes a second of processor time, the best of all rounds: with every detail, with what `check` reads, and for
the fastest library that tells places, pulldown-cmark (pyromark), asked for headings and links alone. All of them begin
with decoding.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyromark

from convergence_docs.parse import MATERIAL, parse_chapter
from convergence_docs.text import SourceText, decode


def read_lines(source: SourceText) -> None:
    """Find the lines."""
    _ = source.line_starts


def read_chapter(source: SourceText, *, details: bool) -> None:
    """Parse a file, and place its headings and links."""
    chapter = parse_chapter(source, MATERIAL, github=False, details=details)
    place(source, [heading.span.start for heading in chapter.headings])
    place(source, [link.span.start for link in chapter.links])


def read_events(source: SourceText) -> None:
    """Let pulldown-cmark find headings and links, in tables too, and place them."""
    data, offsets, done, count = source.text.encode(), [], 0, 0
    for event, span in pyromark.events_with_range(source.text, options=pyromark.Options.ENABLE_TABLES):
        tag = event.get("Start") if isinstance(event, dict) else None
        if isinstance(tag, dict) and ("Heading" in tag or "Link" in tag or "Image" in tag):
            count += len(data[done : span["start"]].decode())  # it counts bytes, people count characters
            done = span["start"]
            offsets.append(count)
    place(source, offsets)


def place(source: SourceText, offsets: list[int]) -> None:
    """Find the line and column of each offset."""
    position = source.position
    for offset in offsets:
        position(offset)


TASKS: dict[str, Callable[[SourceText], None]] = {
    "decoding and lines": read_lines,
    "every detail": partial(read_chapter, details=True),
    "what check reads": partial(read_chapter, details=False),
    "pulldown-cmark, headings and links": read_events,
}


def main() -> None:
    """Measure and print."""
    files = [(path.read_bytes(), str(path)) for path in sorted(Path(sys.argv[1]).rglob("*.md"))]
    size = sum(len(data) for data, _ in files) / 1e6
    least = dict.fromkeys(TASKS, 1e9)
    gc.disable()
    for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 3):
        for name, task in TASKS.items():
            started = time.process_time()
            for data, path in files:
                task(decode(data, path))
            least[name] = min(time.process_time() - started, least[name])
    print(f"{len(files)} files, {size:.1f} MB")
    for name, seconds in least.items():
        print(f"{name:36} {size / seconds:6.1f} MB/s")


if __name__ == "__main__":
    main()
