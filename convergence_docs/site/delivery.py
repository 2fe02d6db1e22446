"""What a page needs to be read comes first; what only moves it comes at the first sign of a reader.

Material's script takes about as long to run as all the rest of a page to appear, and does nothing until somebody
points, types or scrolls. So a page is right without it (the palette, and what is shown where scripts are on), and
``assets/start.js`` brings it when there is somebody.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from convergence_docs.site.feature import Build, Feature
from convergence_docs.site.publications import FIRST_SCRIPT, FOLDER, SCRIPT

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

_TAG: Final = re.compile(r"<script\b([^>]*)>(.*?)</script>\s*", re.DOTALL)
_SOURCE: Final = re.compile(r'\ssrc="([^"]*)"')
_MATERIAL: Final = re.compile(r"assets/javascripts/bundle\.\w+\.min\.js$")
_OURS: Final = (f"{FOLDER}/search-door.js", SCRIPT)
_OBSERVED: Final = re.compile(
    r"\b(?:alert|component|document|keyboard|location|print|progress|screen|tablet|target|viewport)\$"
)
"""Names that Material's script gives to those that build on it."""
_PALETTE: Final = re.compile(r'(<script>var palette=__md_get\("__palette"\).*?</script>)', re.DOTALL)
_HAS_SCRIPTS: Final = '<script>document.documentElement.classList.replace("no-js","js")</script>'


class Delivery(Feature):
    """A page appears as it will stay, and no script of Material's or ours holds it up.

    On a page with scripts of others, which may build on Material's, they run in their turn once the page is read.
    """

    parts: ClassVar[tuple[str, ...]] = ("start",)
    first: ClassVar[frozenset[str]] = frozenset(parts)

    def __init__(self, build: Build) -> None:
        super().__init__(build)
        # Inline, beside Material's own: a file would come after the first paint, which would be light in a dark room.
        script = (Path(__file__).with_name("assets") / "palette.js").read_text("utf-8")
        self._palette = f"<script>{script}</script>"

    @classmethod
    def is_wanted(cls, build: Build) -> bool:
        """With Material, where every script that may build on its own is deferred too."""
        scripts = build.site.extra_javascript
        return build.settings.styles and build.is_material and all(getattr(one, "defer", False) for one in scripts)

    def finish_output(self, output: str, page: Page) -> str:
        """Bring a page's scripts late."""
        return self._delivered(output)

    def finish_template(self, output: str, name: str) -> str:
        """Bring the scripts of a page late that is made of a template alone."""
        return self._delivered(output) if name.endswith(".html") else output

    def _delivered(self, output: str) -> str:
        output = _PALETTE.sub(lambda found: found[1] + self._palette, output, count=1)
        output = output.replace("</head>", f"{_HAS_SCRIPTS}</head>", 1)
        return self._late(output) if self._can_wait(output) else _TAG.sub(_deferred, output)

    def _can_wait(self, output: str) -> bool:
        """Whether nothing on a page may need Material's script at once, as mike's choice of versions does."""
        site = self.build.site
        if "version" in site.extra or "content.code.annotate" in (site.theme.get("features") or ()):
            return False
        tags = [(_source(attributes), content) for attributes, content in _TAG.findall(output)]
        sources = [source for source, _ in tags if source]
        has_others = not all(_waits(source) or source.endswith(FIRST_SCRIPT) for source in sources)
        return not has_others and not any(_OBSERVED.search(text) for _, text in tags)

    def _late(self, output: str) -> str:
        late = " ".join(source for attributes, _ in _TAG.findall(output) if _waits(source := _source(attributes)))

        def settle(found: re.Match[str]) -> str:
            source = _source(found[1])
            if source.endswith(FIRST_SCRIPT):
                return found[0].replace("<script", f'<script data-scripts="{late}"', 1)
            return "" if _waits(source) else found[0]

        return _TAG.sub(settle, output)


def _source(attributes: str) -> str:
    found = _SOURCE.search(attributes)
    return found[1] if found else ""


def _waits(source: str) -> bool:
    return source.endswith(_OURS) or bool(_MATERIAL.search(source))


def _deferred(found: re.Match[str]) -> str:
    has_it = re.search(r"\s(?:defer|async)\b", found[1])
    return found[0] if has_it or not _waits(_source(found[1])) else found[0].replace("<script", "<script defer", 1)
