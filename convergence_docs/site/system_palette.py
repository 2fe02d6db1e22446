"""The dark palette where scripts are off: the system's wish is followed by a style sheet alone.

Material chooses the palette by a script. Without it a page stays in the light one, whatever the system says. So the
rules for the dark palette are written once more, for the palette that such a page has, into a style sheet that only
a browser without scripts asks for, and only where the system is dark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.publications import FOLDER

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

_STYLES: Final = f"{FOLDER}/dark.css"
_SOURCES: Final = ("assets/stylesheets/main.*.css", "assets/stylesheets/palette.*.css", f"{FOLDER}/convergence.css")
_SLATE = re.compile(r"""\[data-md-color-scheme=["']?slate["']?\]""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STEP = re.compile(r"[^{};]*[{};]")
_OURS = re.compile(r'href="([^"]*)' + re.escape(f"{FOLDER}/convergence.css"))


class SystemPalette(Feature):
    """Dark pages for dark systems, without scripts."""

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """With Material, where the site offers the dark palette to those whose system is dark."""
        palettes = build.site.theme.get("palette") or ()
        return (
            build.settings.styles
            and build.is_material
            and isinstance(palettes, list)
            and any(one.get("scheme") == "slate" and "dark" in str(one.get("media")) for one in palettes)
        )

    def finish_output(self, output: str, page: Page) -> str:
        """Name the style sheet, for browsers without scripts."""
        return _with_link(output)

    def finish_template(self, output: str, name: str) -> str:
        """The same on the page for addresses that lead nowhere."""
        return _with_link(output) if name == "404.html" else output

    def finish_site(self) -> None:
        """Write the style sheet from those that are there."""
        folder = Path(self.build.site.site_dir)
        texts = [path.read_text("utf-8") for name in _SOURCES for path in sorted(folder.glob(name))]
        target = folder / _STYLES
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(rule for text in texts for rule in dark_rules(text)) + "\n", "utf-8")


def _with_link(output: str) -> str:
    ours = _OURS.search(output)
    if not ours:
        return output
    media = "screen and (prefers-color-scheme: dark)"
    link = f'<noscript><link rel="stylesheet" href="{ours[1]}{_STYLES}" media="{media}"></noscript>'
    return output.replace("</head>", f"{link}\n  </head>", 1)


def dark_rules(css: str) -> Iterator[str]:
    """The rules of a style sheet that are for the dark palette alone, for any palette, within their media."""
    around: list[str] = []  # the blocks that a rule stands in
    body = ""
    for step in _STEP.findall(_COMMENT.sub("", css)):
        head, end = step[:-1].strip(), step[-1]
        if end == "{":
            around.append(head)
            body = ""
        elif end == ";":
            body += f"{head};"
        else:
            selector = _dark(around.pop()) if around else ""
            if selector and "print" not in "".join(around):
                yield "".join(f"{outer}{{" for outer in around) + f"{selector}{{{body}{head}}}" + "}" * len(around)
            body = ""


def _dark(selectors: str) -> str:
    """Those of a rule's selectors that are for the dark palette, for any palette."""
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(f"{selectors},"):
        depth += (letter in "([") - (letter in ")]")
        if letter == "," and depth <= 0:
            parts.append(selectors[start:at].strip())
            start = at + 1
    return ",".join(_SLATE.sub("[data-md-color-scheme]", part) for part in parts if _SLATE.search(part))
