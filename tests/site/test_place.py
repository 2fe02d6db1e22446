"""The strip that tells where a chapter stands."""

from __future__ import annotations

import re

from convergence_docs.model.claims.ledger import ledger
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.parse.vocabulary import parse_vocabulary
from convergence_docs.site.frame import Frame
from convergence_docs.site.relations.place.strip import Strip, strip_of
from convergence_docs.site.relations.place.strip_html import render_strip
from tests.site.shelf import LAYERS, VOCABULARY, book_of

FILES = {
    "a.md": LAYERS,
    "m.md": "# 03.2.1 数学层\n\n正文。\n",
    "l.md": "---\nlevel: L3\n---\n\n# 高度收敛\n",
    "d.md": "# 技术收敛驱动力\n",
    "f.md": "# Scaling Law\n",
    "t.md": "# Transformer\n",
    "x.md": "# 别的\n",
}
DRIVERS = "drivers:\n  - {id: market, name: 市场收敛驱动力}\n"


def vocabulary(text: str = VOCABULARY) -> Vocabulary:
    """The words of this book, with a second driver."""
    return parse_vocabulary(text.replace("drivers:\n", DRIVERS), "vocabulary.yml")


def strip(path: str) -> Strip | None:
    """The strip of a chapter of this book."""
    words = vocabulary()
    return strip_of(path, book_of(FILES, words), words)


def html(path: str) -> str:
    """The strip as a page shows it."""
    words = vocabulary()
    book = book_of(FILES, words)
    found = strip_of(path, book, words)
    assert found is not None
    return render_strip(found, book.derive(ledger).homes, Frame("zh", lambda path: f"../{path}", {}, "terms"))


def test_a_layer_stands_among_the_layers_with_its_degree_and_level() -> None:
    found = strip("a.md")
    assert found is not None
    assert found.here.id == "architectural"
    assert [(one.term.id, one.home, one.degree and one.degree.text) for one in found.steps] == [
        ("mathematical", "m.md", "100%"),
        ("architectural", "a.md", "95%"),
        ("capability", "", "60%"),
    ]
    levels = [one.degree.level.id for one in found.steps if one.degree and one.degree.level]
    assert levels == ["L4", "L3", "L2"]


def test_a_level_stands_among_the_levels_with_its_range() -> None:
    found = strip("l.md")
    assert found is not None
    assert [one.degree.text for one in found.steps if one.degree] == [">50–80%", ">80–95%", ">95–100%"]


def test_a_factor_stands_with_its_driver() -> None:
    assert strip("d.md") == strip("f.md")
    assert strip("d.md") is not None


def test_what_stands_in_no_order_has_no_strip() -> None:
    assert strip("t.md") is None
    assert strip("x.md") is None
    assert strip("gone.md") is None
    one_driver = parse_vocabulary(VOCABULARY, "vocabulary.yml")
    assert strip_of("d.md", book_of(FILES, one_driver), one_driver) is None


def test_names_lead_to_chapters_else_to_the_terms_pages() -> None:
    shown = html("a.md")
    links = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', shown)
    assert links == [
        ("../m.md", "数学层"),
        ("../terms/level-L4.md", "L4"),
        ("../l.md", "L3"),
        ("../terms/layer-capability.md", "能力层"),
        ("../terms/level-L2.md", "L2"),
    ]
    assert re.findall(r'aria-current="page">([^<]+)<', shown) == ["架构层"]
    assert shown.count("<li") == 3


def test_hostile_names_stay_names() -> None:
    hostile = "<script>alert(1)</script>&quot;"
    words = vocabulary(VOCABULARY.replace("name: 能力层", f"name: '{hostile}'"))
    book = book_of(FILES, words)
    found = strip_of("a.md", book, words)
    assert found is not None
    shown = render_strip(found, {}, Frame("en", lambda path: "", {}))
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
    assert "<a " not in shown
