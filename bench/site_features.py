"""What each feature of the site adds to the cpu time of `mkdocs build`: the book with all of them, and without one.

    python bench/site_features.py [--rounds N] [FEATURE ...]

Builds a clone of this repository with everything and then without one feature, each build in a process of its own and
from a warm cache, N times, and prints the median of what the second takes less, as cpu seconds and as a share of the
first: only builds that follow each other are compared, since a machine's speed changes. The line *nothing* compares two
whole builds, and says how far chance goes. Features that others need (the model, the styles) are not left out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import yaml
from measure import cost

ROOT = Path(__file__).parent.parent
OFF: dict[str, object] = {
    "formulas": False, "diagrams": False, "search": False, "rule_pages": None, "matrix": None, "terms": None,
    "term_index": None, "graph": None, "references": None, "tables": False, "print_page": None, "csp": False,
    "backlinks": False, "previews": False, "number_order": False, "place": False, "one_toc": False, "metadata": False,
    "dates": False, "feed": None, "markdown": False, "llms": False, "model": None, "redirects": False, "check": False,
}  # fmt: skip


def configured(text: str, feature: str) -> str:
    """The configuration without a feature, or as it is for ``""``."""
    if not feature:
        return text
    head, mark, rest = text.partition("    site:\n")
    lines = [line for line in rest.splitlines(keepends=True) if not line.startswith(f"      {feature}:")]
    return f"{head}{mark}      {feature}: {yaml.safe_dump(OFF[feature]).split()[0]}\n{''.join(lines)}"


def main() -> None:
    """Build, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("features", nargs="*", choices=[*OFF, []], help="all of them, unless some are named")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    names = ["", *(options.features or OFF)]
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(book)], check=True)
        whole = (book / "mkdocs.yml").read_text("utf-8")
        environ = {"NO_MKDOCS_2_WARNING": "1", "CONVERGENCE_DOCS_CACHE": f"{folder}/cache"}
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", f"{folder}/site"]

        def build(feature: str) -> float:
            (book / "mkdocs.yml").write_text(configured(whole, feature), "utf-8")
            return cost(command, book, environ).cpu

        shares: dict[str, list[float]] = {name: [] for name in names}
        wholes: list[float] = []
        for name in names:
            build(name)  # fills the caches
            for _ in range(options.rounds):
                wholes.append(build(""))
                shares[name].append(1 - build(name) / wholes[-1])
    print("| without | cpu saved, s | of the whole |\n| --- | --- | --- |")
    for name, found in sorted(shares.items(), key=lambda one: -median(one[1])):
        share = median(found)
        print(f"| {name or '*nothing*'} | {share * median(wholes):+.2f} | {share:+.1%} |")


if __name__ == "__main__":
    main()
