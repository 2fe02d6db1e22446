"""How fast chapters are parsed, with the line and column of every heading and link.

    python bench/parse.py FOLDER [ROUNDS]

Prints megabytes a second of processor time, and the ratio to merely decoding the same files and finding their lines.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

from convergence_docs.parse import MATERIAL, parse_chapter
from convergence_docs.text import decode


def read_lines(data: bytes, path: str) -> None:
    """Decode a file and find its lines."""
    _ = decode(data, path).line_starts


def read_chapter(data: bytes, path: str) -> None:
    """Parse a file and place its headings and links."""
    chapter = parse_chapter(decode(data, path), MATERIAL, github=False)
    position = chapter.source.position
    for heading in chapter.headings:
        position(heading.span.start)
    for link in chapter.links:
        position(link.span.start)


def main() -> None:
    """Measure and print."""
    files = [(path.read_bytes(), str(path)) for path in sorted(Path(sys.argv[1]).rglob("*.md"))]
    size = sum(len(data) for data, _ in files) / 1e6
    least: dict[Callable[[bytes, str], None], float] = {}
    gc.disable()
    for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 3):
        for task in (read_lines, read_chapter):
            started = time.process_time()
            for data, path in files:
                task(data, path)
            least[task] = min(time.process_time() - started, least.get(task, 1e9))
    speed = size / least[read_chapter]
    ratio = least[read_chapter] / least[read_lines]
    print(f"{len(files)} files, {size:.1f} MB: {speed:.1f} MB/s, {ratio:.1f} times the cost of decoding")


if __name__ == "__main__":
    main()
