"""The chart: what is drawn, and what is said of it in words."""

from __future__ import annotations

import re
from math import inf
from xml.etree.ElementTree import Element, fromstring

from convergence_docs.model.values.quantity import Interval
from convergence_docs.site.book.chart import Band, Bar, Line, bands_of, render_chart
from convergence_docs.site.book.fragments import Fragments
from tests.site import shelf

BANDS = (Band("L3", "高度收敛", Interval(80, 95, True)), Band("L4", "完全收敛", Interval(95, 100, True)))
LINES = (
    Line("数学层", (Bar("100%", Interval(100, 100)),)),
    Line("架构层", (Bar("95%以上", Interval(95, inf, False, True)),)),
    Line("能力层", (Bar("50-70%", Interval(50, 70), "全部 <产品>"), Bar("40%", Interval(40, 40), "", True))),
)


def drawn(lines: tuple[Line, ...] = LINES, bands: tuple[Band, ...] = BANDS) -> Element:
    """The chart as XML, which HTML needs not be but this should."""
    return fromstring(render_chart("各层的收敛度", lines, bands, shelf.frame(), "c"))


def of_class(chart: Element, name: str) -> list[Element]:
    return [one for one in chart.iter() if name in (one.get("class") or "").split()]


def test_it_has_a_name_and_says_all_it_shows() -> None:
    (picture,) = drawn().iter("svg")
    assert picture.get("role") == "img"
    told = {one.get("id"): one.text for one in picture if one.tag in ("title", "desc")}
    assert picture.get("aria-labelledby") == " ".join(filter(None, told))
    assert told == {
        "c-title": "各层的收敛度",
        "c-desc": "数学层 100%（L4）；架构层 95%以上；能力层 50-70%；能力层 40% 不一致",
    }


def test_ranges_are_drawn_as_ranges() -> None:
    chart = drawn()
    assert [one.get("width") for one in of_class(chart, "cd-chart__sure")] == ["100%", "95%", "50%", "40%"]
    assert [(one.get("x1"), one.get("x2")) for one in of_class(chart, "cd-chart__open")] == [
        ("95%", "100%"),
        ("50%", "70%"),
    ]
    ends = [(one.tag, one.get("cx") or one.get("x1")) for one in of_class(chart, "cd-chart__end")]
    assert ends == [("line", "95%"), ("circle", "100%"), ("line", "50%"), ("line", "70%")]


def test_levels_are_bands() -> None:
    bands = of_class(drawn(), "cd-band")
    assert [(one.get("x"), one.get("width")) for one in bands] == [("80%", "15%"), ("95%", "5%")]
    levels = shelf.vocabulary().of("level")
    assert [(band.id, band.interval.low, band.interval.high) for band in bands_of(levels)] == [
        ("L2", 50, 80),
        ("L3", 80, 95),
        ("L4", 95, 100),
    ]


def test_disagreement_is_in_words_beside_the_bar() -> None:
    assert [one.text for one in of_class(drawn(), "cd-chart__flag") if one.text] == [" ≠ 不一致"]


def test_nothing_is_fetched_and_no_colour_is_fixed() -> None:
    chart = render_chart("x", LINES, BANDS, shelf.frame())
    assert not re.search(r"https?:|url\(|<image|#[0-9a-f]{3}", chart)


def test_a_mark_in_a_page_becomes_the_chart_of_the_books_layers() -> None:
    fragments = Fragments(shelf.archive_of(shelf.FILES, shelf.vocabulary()), "zh")
    page = fragments.fill('<p>x</p><div data-convergence="chart"></div><div data-convergence="chart"></div>', str)
    assert "数学层 100%（L4）；架构层 95%（L3）；能力层 60%（L2）" in page
    assert (
        len(re.findall(r'id="cd-chart-\d-title"', page)) == len(set(re.findall(r'id="cd-chart-\d-title"', page))) == 2
    )


def test_a_mark_can_ask_for_another_dimension_and_another_kind() -> None:
    fragments = Fragments(shelf.archive_of(shelf.FILES, shelf.vocabulary()), "zh")
    page = fragments.fill('<div data-convergence="chart" data-dimension="采用率" data-kind="layer"></div>', str)
    assert "架构层 95%以上" in page
    assert "L4 完全收敛" not in page, "levels are stretches of the degree alone"
    assert "没有找到数值" in fragments.fill('<div data-convergence="chart" data-kind="model"></div>', str)


def test_an_unknown_mark_stays() -> None:
    mark = '<div data-convergence="nothing"></div>'
    assert Fragments(shelf.archive_of(shelf.FILES, None), "zh").fill(mark, str) == mark
