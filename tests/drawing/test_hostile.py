"""Labels, directives and drawings that want more than to be drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from convergence_docs.drawing.finishing import finish
from convergence_docs.drawing.outcome import Drawn, NotDrawn
from convergence_docs.drawing.studio import Studio
from convergence_docs.drawing.tree import Unusable
from convergence_docs.mermaid.child import TimedOut

NEVER = (
    "<script",
    "javascript:",
    "onerror",
    "onclick",
    "onload",
    "<img",
    "<image",
    "<style",
    "@import",
    "evil",
    "<iframe",
)


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    one = Studio(seconds=20.0, characters=50_000)
    yield one
    one.close()


@pytest.mark.parametrize(
    "text",
    [
        'graph TD\n A["<script>alert(1)</script>甲"]-->B',
        'graph TD\n A["<img src=x onerror=alert(1)>甲"]-->B',
        'graph TD\n A["<b onclick=alert(1)>甲</b>"]-->B',
        'graph TD\n A["<iframe src=//evil.example></iframe>甲"]-->B',
        'graph TD\n A["<svg onload=alert(1)>甲"]-->B',
        'graph TD\n A-->B\n click A href "javascript:alert(1)"',
        "graph TD\n A-->B\n click A call alert(1)",
        "graph TD\n A-->B\n style A fill:url(//evil.example/a.png)",
        "graph TD\n A-->B\n classDef x background:url(//evil.example/a.png)\n class A x",
        "graph TD\n A-->B\n style A fill:#fff;}*{background:url(//evil.example)",
        '%%{init: {"themeCSS": "* { background: url(//evil.example) }"}}%%\ngraph TD\n A-->B',
        '%%{init: {"securityLevel": "loose"}}%%\ngraph TD\n A["<img src=x onerror=alert(1)>"]-->B',
        '%%{init: {"fontFamily": "x;}*{background:url(//evil.example)}"}}%%\ngraph TD\n A-->B',
        "sequenceDiagram\n A->>B: <img src=x onerror=alert(1)>",
        "pie\n \"<script>alert(1)</script>\" : 3",
    ],
)  # fmt: skip
def test_nothing_of_it_gets_into_the_page(studio: Studio, text: str) -> None:
    outcome = studio.draw(text)
    if isinstance(outcome, Drawn):
        tags = "".join(re.findall(r"<[^>]*>", outcome.svg)).lower()  # words within text are words only
        assert [word for word in NEVER if word in tags] == []
    else:
        assert outcome.reason


def test_links_lead_only_where_a_page_may_lead(studio: Studio) -> None:
    outcome = studio.draw('graph TD\n A-->B\n click A href "https://example.org/a"\n click B href "data:text/html,x"')
    assert isinstance(outcome, Drawn)
    assert 'href="https://example.org/a"' in outcome.svg
    assert "data:" not in outcome.svg


def test_a_link_within_a_label_is_one_if_it_leads_to_a_page(studio: Studio) -> None:
    outcome = studio.draw(
        """graph TD\n A["<a href='https://example.org/a'>甲</a>"]-->B["<a href='javascript:x'>乙</a>"]"""
    )
    assert isinstance(outcome, Drawn)
    assert '<a href="https://example.org/a" rel="noopener"' in outcome.svg
    assert outcome.svg.count("href") == 1


def test_a_picture_is_left_to_the_browser(studio: Studio) -> None:
    assert studio.draw('graph TD\n A["<img src=x>"]-->B') == NotDrawn("a picture in a label")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script><image/>",
        '<image href="x.png"/>',
        '<use href="#a"/>',
        '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="x"/></foreignObject>',
        '<foreignObject><input xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        "<g>" * 300 + "</g>" * 300,
        '<path d="M0 0 url(x)"/>',
        '<rect x="NaN" width="1" height="1"/>',
        '<g transform="translate(undefined, NaN)"><rect width="1" height="1"/></g>',
        '<math xmlns="http://www.w3.org/1998/Math/MathML"/>',
    ],
)
def test_a_drawing_that_must_not_stand_in_a_page_is_refused(inside: str) -> None:
    with pytest.raises(Unusable):
        finish(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>', "", "pie")


@pytest.mark.parametrize(
    "svg",
    ["", "<svg", "<html/>", '<svg xmlns="http://www.w3.org/2000/svg"/>', '<!DOCTYPE svg [<!ENTITY a "b">]><svg/>'],
)
def test_what_is_no_drawing_is_refused(svg: str) -> None:
    with pytest.raises(Unusable):
        finish(svg, "", "pie")


def test_attributes_that_are_not_known_are_left_out() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="1" height="1" onclick="alert(1)"'
        ' style="fill:red;background:url(//evil.example);behavior:url(x)" fill="url(//evil.example)" data-x="1"/></svg>'
    )
    assert all(word not in finish(svg, "red", "pie").svg for word in ("onclick", "evil", "behavior", "data-x"))


def test_what_takes_too_long_is_ended_and_the_next_one_drawn() -> None:
    studio = Studio(seconds=1.0, characters=50_000)
    try:
        with pytest.raises(TimedOut):
            studio.draw('radar-beta\n axis a["甲"], b["乙"], c["丙"]\n curve x["丁"]{1,2,3}\n ticks 999999999')
        assert isinstance(studio.draw("graph TD\n A-->B"), Drawn)
    finally:
        studio.close()


def test_a_formula_is_left_to_the_browser(studio: Studio) -> None:
    outcome = studio.draw('graph TD\n A["$$x^2$$"]-->B')
    assert isinstance(outcome, NotDrawn)
    assert "formula" in outcome.reason


def test_a_schedule_that_depends_on_the_day_is_left_to_the_browser(studio: Studio) -> None:
    relative = studio.draw("gantt\n dateFormat YYYY-MM-DD\n section a\n b :after nobody, 3d\n c :5d")
    assert isinstance(relative, NotDrawn)
    fixed = studio.draw("gantt\n dateFormat YYYY-MM-DD\n section a\n b :2000-12-25, 30d\n c :5d")
    assert isinstance(fixed, Drawn)
