"""Diagrams in their figures: what the search index, mermaid2 and the reader each are given."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from mermaid2.fence import fence_mermaid, fence_mermaid_custom  # type: ignore[import-untyped]

from convergence_docs.diagnostic import Language
from convergence_docs.model.diagrams.reading import Complaint, Reading
from convergence_docs.site.diagrams.figure_html import Drawing
from convergence_docs.site.diagrams.gallery import Gallery
from convergence_docs.site.diagrams.sources import escaping
from convergence_docs.site.diagrams.workshop import Work, Workshop

GOOD = 'graph TD\n    A["架构层<br>95%"] --> B[甲 & 乙]'
LEFT = 'pie\n    "猫" : 3'
BROKEN = "graph TD\n    A[坏 (图]"
ENDLESS = "radar-beta\n    axis a, b, c\n    ticks 999999999"
HUGE = "gantt\n    section 大"
HOSTILE = 'graph TD\n    A["</code></pre><img src=x onerror=alert(1)>"] --> B["&quot;><script>alert(2)</script>"]'
PAGE = "<h1>题</h1>\n{}\n<p>完</p>"


class Sketchbook(Workshop):
    """Draws what holds ``graph`` and finds brackets hard."""

    def __init__(self) -> None:
        super().__init__(None, draws=False)
        self.prepared: list[str] = []

    def prepare(self, sources: object) -> None:
        self.prepared = list(sources)  # type: ignore[call-overload]

    def read(self, source: str) -> Reading | None:
        complaint = Complaint("Parse error on line 2:", 2, 9, 10, "(", ()) if source == BROKEN else None
        limit = "seconds" if source == ENDLESS else ""
        return Reading("", "", "", "", (), None, complaint, limit) if complaint or limit else None

    def draw(self, source: str) -> Work:
        if not source.startswith("graph"):
            return Work(None, "memory" if source == HUGE else "")
        svg = '<svg width="40" height="30" role="img" style="color:red"><title id="t">x</title><g id="{}-0"/></svg>'
        return Work(lambda scope: Drawing(svg.format(scope), 40, 30, 8))


FENCE = escaping(fence_mermaid_custom)


def block(source: str) -> str:
    return FENCE(source, "mermaid", "mermaid", {}, None)


def stages(*sources: str, language: Language = "zh") -> tuple[str, str, str]:
    """What the search index, mermaid2 and the reader get of a page with some diagrams."""
    gallery = Gallery(language, Sketchbook())
    content = PAGE.format("\n".join(map(block, sources)))
    indexed = gallery.take_down(content, "a.md")
    placed = gallery.put_up(indexed, "a.md")
    return indexed, placed, gallery.finish(placed, "a.md")


class Elements(HTMLParser):
    """Names of all elements, and whether they close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.names.append(tag)
        if tag != "img":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.names.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_search_index_gets_each_word_once() -> None:
    indexed, _, _ = stages(GOOD, LEFT)
    assert indexed.count("架构层 95%") == 1
    assert indexed.count("甲 &amp; 乙") == 1
    assert "graph TD" not in indexed
    assert "<svg" not in indexed
    assert "猫" in indexed, "where no words are known the source is all there is"


def test_mermaid2_gets_only_what_the_browser_must_draw() -> None:
    _, placed, finished = stages(GOOD, LEFT)
    assert placed.count('class="mermaid"') == finished.count('class="mermaid"') == 1
    assert "<svg" not in placed
    assert '<pre class="mermaid"><code>pie\n    "猫" : 3\n</code></pre>' in finished
    _, placed, _ = stages(GOOD)
    assert "mermaid" not in placed, "mermaid2 parses whole pages that hold the word"


def test_the_reader_gets_drawing_words_and_source() -> None:
    _, _, finished = stages(GOOD, GOOD, LEFT)
    assert re.findall(r'data-cd-state="(\w+)"', finished) == ["drawn", "drawn", "source"]
    assert '<g id="cd-d1-0"/>' in finished
    assert '<g id="cd-d2-0"/>' in finished
    assert finished.count('role="img" aria-label="流程图：架构层 95%" aria-describedby="cd-d1-about"') == 1
    assert "<title" not in finished
    assert 'style="color:red;--cd-width:40px;--cd-ratio:40/30;--cd-least:1.5"' in finished
    assert "A[&quot;" not in finished
    assert 'graph TD\n    A["架构层&lt;br&gt;95%"] --&gt; B[甲 &amp; 乙]</pre>' in finished
    assert "<b>架构层 95%</b>" in finished
    assert "<p>完</p>" in finished


def test_a_broken_diagram_says_so_and_needs_no_script() -> None:
    _, placed, finished = stages(BROKEN)
    assert 'data-cd-state="broken"' in finished
    assert "这张图无法绘制：第 2 行：读不懂“(”" in finished
    assert "A[坏 (图]" in finished
    assert "mermaid" not in placed


def test_what_stops_mermaid_here_is_not_left_to_the_readers_browser() -> None:
    _, placed, finished = stages(ENDLESS)
    assert "这张图无法绘制：用时过长" in finished
    assert "ticks 999999999" in finished
    assert "mermaid" not in placed
    assert "这张图无法绘制：占用内存过多" in stages(HUGE)[2]


def test_words_are_english_on_an_english_site() -> None:
    finished = stages(GOOD, language="en")[2]
    assert "Text and source" in finished
    assert 'aria-label="leads to"' in finished
    assert re.search("[一-鿿]", re.sub(r"架构层|甲|乙|题|完", "", finished)) is None


@pytest.mark.parametrize("way", ["graph", "flowchart"])
def test_a_hostile_source_stays_text(way: str) -> None:
    for stage in stages(HOSTILE.replace("graph", way)):
        elements = Elements()
        elements.feed(stage)
        assert elements.open == []
        assert not {"script", "img"} & set(elements.names)


def test_mermaid2_still_knows_its_fence() -> None:
    assert FENCE.__name__ == "fence_mermaid_custom"


def test_a_page_without_diagrams_is_left_alone() -> None:
    gallery = Gallery("zh", Sketchbook())
    for step in (gallery.take_down, gallery.put_up, gallery.finish):
        assert step(PAGE, "a.md") == PAGE
    assert gallery.finish('<p data-cd-diagram="0">x</p>', "a.md") == '<p data-cd-diagram="0">x</p>'


def test_other_fences_are_known_too() -> None:
    gallery = Gallery("zh", Sketchbook())
    content = escaping(fence_mermaid)(GOOD, "mermaid", "mermaid", {}, None)
    assert "甲 &amp; 乙" in gallery.take_down(content, "a.md")
    assert "B[甲 &amp; 乙]</pre>" in gallery.finish('<p data-cd-diagram="0">x</p>', "a.md")


def test_all_diagrams_are_asked_for_together() -> None:
    sketchbook = Sketchbook()
    gallery = Gallery("zh", sketchbook)
    for source in (GOOD, LEFT, GOOD):
        gallery.expect(PAGE.format(block(source)))
    gallery.prepare()
    assert sketchbook.prepared == [GOOD, LEFT]
