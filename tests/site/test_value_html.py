"""Values in HTML: bars, and words beside stars."""

from __future__ import annotations

import re
from math import inf

import pytest

from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.value import Value, ValueKind, read_cell
from convergence_docs.site.book.value_html import is_share, label_stars, plain_words, render_bar, render_value, sort_key


def value(text: str) -> Value:
    reading = read_cell(text)
    assert reading is not None
    return reading.value


def parts(interval: Interval) -> tuple[str, tuple[str, str]]:
    """The width of the solid part, and where the broken one begins and ends."""
    bar = render_bar(interval)
    sure = re.search(r'cd-bar__sure" width="([^"]+)"', bar)
    broken = re.search(r'cd-bar__open" x1="([^"]+)" x2="([^"]+)"', bar)
    return sure[1] if sure else "", (broken[1], broken[2]) if broken else ("", "")


@pytest.mark.parametrize(
    ("interval", "solid", "broken"),
    [
        (Interval(95, 95), "95%", ("", "")),
        (Interval(0, 0), "", ("", "")),
        (Interval(95, inf, False, True), "95%", ("95%", "100%")),
        (Interval(50, 70), "50%", ("50%", "70%")),
        (Interval(0, 50, False, True), "", ("0%", "50%")),
        (Interval(33.333333, 33.333333), "33.33%", ("", "")),
    ],
)
def test_a_bar_is_solid_as_far_as_is_certain(interval: Interval, solid: str, broken: tuple[str, str]) -> None:
    assert parts(interval) == (solid, broken)


def test_a_bar_is_no_news_to_assistive_technology() -> None:
    assert 'aria-hidden="true"' in render_bar(Interval(95, 95))


@pytest.mark.parametrize(("text", "expected"), [("95%", True), ("95%以上", True), ("150%", False), ("★★★★★", False)])
def test_only_shares_have_bars(text: str, expected: bool) -> None:
    assert is_share(value(text)) is expected


def test_a_change_has_no_bar() -> None:
    assert not is_share(Value(ValueKind.PERCENTAGE, "+30%", Interval(30, 30), is_change=True))


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>★★★☆☆</p>", "3 星，共 5 星"),
        ("<td><strong>★★★★½</strong></td>", "4.5 星，共 5 星"),
        ("<li>确定性：★★★★★</li>", "5 星，共 5 星"),
        ("<p>☆☆☆☆☆</p>", "0 星，共 5 星"),
    ],
)
def test_stars_have_words(page: str, words: str) -> None:
    done = label_stars(page, "zh", 5)
    assert f'role="img" aria-label="{words}"' in done
    assert re.sub(r"</?span[^>]*>", "", done) == page, "nothing else has changed"


def test_the_size_that_nobody_says_is_not_said() -> None:
    assert 'aria-label="4 星"' in label_stars("<p>★★★★</p>", "zh")
    assert 'aria-label="4 of 5 stars"' in label_stars("<p>★★★★</p>", "en", 5)
    assert 'aria-label="6 星"' in label_stars("<p>★★★★★★</p>", "zh", 5), "six of five would be no words"


@pytest.mark.parametrize(
    "page",
    [
        "<p>没有星</p>",
        "<p>一颗 ★ 不是评分</p>",
        "<pre><code>★★★☆☆</code></pre>",
        "<p><code>★★★☆☆</code></p>",
        '<p title="★★★☆☆">x</p>',
        "<!-- ★★★☆☆ -->",
        "<svg><text>★★★☆☆</text></svg>",
        '<span class="cd-stars" role="img" aria-label="x">★★★☆☆</span>',
    ],
)
def test_what_is_no_running_text_stays(page: str) -> None:
    assert label_stars(page, "zh", 5) == page


def test_text_behind_code_is_running_text_again() -> None:
    done = label_stars("<p><code><b>★★</b></code> ★★★☆☆</p>", "zh")
    assert done.count("aria-label") == 1
    assert "<b>★★</b>" in done


def test_values_are_escaped_and_without_marks() -> None:
    assert render_value(value("<50%"), "zh").startswith('<span class="cd-share">&lt;50%<svg')
    assert plain_words("**95%**以上[^a]，见 [这里](x.md)") == "95%以上，见 这里"


def test_order_is_by_the_middle_and_an_open_end_by_its_bound() -> None:
    texts = ["<50%", "50-70%", "95%", "95%以上", "100%"]
    keys = [sort_key(value(text)) for text in texts]
    assert keys == [25, 60, 95, 97.5, 100]
    assert sort_key(value("只是文字")) is None
