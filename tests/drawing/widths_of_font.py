"""Makes ``convergence_docs/drawing/widths.json`` from two files of a font, regular and bold.

    python -m pip install fonttools
    python tests/drawing/widths_of_font.py LiberationSans-Regular.ttf LiberationSans-Bold.ttf > widths.json

The font is Liberation Sans (Liberation Fonts license 1.07, later versions SIL OFL), made as wide as Arial letter by
letter. Advance widths are facts about it; no outline of it is kept.
"""

from __future__ import annotations

import json
import sys


def runs_of(path: str) -> tuple[int, list[list[int]]]:
    """Units in an em, and runs: code points since the end of the run before, then the width of each in the run."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped,import-not-found,unused-ignore]

    font = TTFont(path)
    widths = {code: font["hmtx"][name][0] for code, name in font.getBestCmap().items() if code >= 0x20}
    runs: list[list[int]] = []
    end = 0
    for code in sorted(widths):
        if code != end or not runs:
            runs.append([code - end])
        runs[-1].append(widths[code])
        end = code + 1
    return font["head"].unitsPerEm, runs


def main() -> None:
    """Print the table."""
    (em, regular), (_, bold) = map(runs_of, sys.argv[1:3])
    json.dump({"em": em, "regular": regular, "bold": bold}, sys.stdout, separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
