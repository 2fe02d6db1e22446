"""Make ``convergence_docs/site/search/variants.txt`` from OpenCC's table of characters.

    python tests/site/search/variants_of_opencc.py path/to/OpenCC/data/dictionary/TSCharacters.txt

OpenCC is at https://github.com/BYVoid/OpenCC, under the Apache License 2.0.
"""

from __future__ import annotations

import sys
from pathlib import Path

TARGET = Path(__file__).parents[3] / "convergence_docs/site/search/variants.txt"
HEAD = """# Traditional characters, each followed by its simplified form.
# From OpenCC's TSCharacters.txt (https://github.com/BYVoid/OpenCC), Copyright 2010-2025 Carbo Kuo and contributors,
# Apache License 2.0 (https://www.apache.org/licenses/LICENSE-2.0); made by tests/site/search/variants_of_opencc.py.
"""
LINE = 40


def pairs_of(table: str) -> str:
    """Pairs, one after the other: every character of the basic plane that has one simplified form above others."""
    found = []
    for line in table.splitlines():
        traditional, _, simplified = line.partition("\t")
        first = simplified.split()[0] if simplified else traditional
        if len(traditional) == len(first) == 1 and traditional != first and max(traditional, first) <= "\uffff":
            found.append(traditional + first)
    return "".join(sorted(found))


if __name__ == "__main__":
    pairs = pairs_of(Path(sys.argv[1]).read_text("utf-8"))
    size = 2 * LINE
    TARGET.write_text(HEAD + "".join(pairs[at : at + size] + "\n" for at in range(0, len(pairs), size)), "utf-8")
