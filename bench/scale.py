"""How the cost of a check grows with the number of chapters.

    python bench/scale.py [N ...]

Prints processor time for each chapter, as a ratio to that of the smallest book: 1 throughout is linear growth.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from generate import generate
from measure import best, cost, peak_memory


def main() -> None:
    """Measure and print."""
    counts = [int(word) for word in sys.argv[1:]] or [100, 1000, 10_000]
    command = [sys.executable, "-m", "convergence_docs", "check", ".", "--no-cache", "--jobs", "1"]
    with tempfile.TemporaryDirectory() as scratch:
        idle = Path(scratch) / "idle"
        generate(idle, 1)
        start = best([cost(command, idle) for _ in range(3)]).cpu
        first = 0.0
        print(f"start-up {start:.2f} s of cpu, left out below")
        print(f"{'chapters':>9}{'cpu/chapter, ratio':>20}{'ms/chapter':>12}{'peak MB':>9}")
        for count in counts:
            book = Path(scratch) / str(count)
            generate(book, count)
            each = (best([cost(command, book) for _ in range(2)]).cpu - start) / count
            first = first or each
            print(f"{count:9}{each / first:20.2f}{each * 1000:12.2f}{peak_memory(command, book):9.0f}", flush=True)


if __name__ == "__main__":
    main()
