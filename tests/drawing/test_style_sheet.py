"""The part of CSS that Mermaid's style sheets need."""

from __future__ import annotations

import pytest

from convergence_docs.drawing.tree import parse_drawing

PAGE = (
    '<svg xmlns="http://www.w3.org/2000/svg" id="d"><style>%s</style>'
    '<g class="a b" data-look="neo"><rect id="x-End" class="c"/><path fill="blue" style="%s"/></g></svg>'
)


def fill(css: str, tag: str, inline: str = "") -> str | None:
    """The fill of the first element of a kind."""
    return next(node.style.get("fill") for node in parse_drawing(PAGE % (css, inline)).walk() if node.tag == tag)


@pytest.mark.parametrize(
    "selector",
    ["rect", "#d rect", ".a rect", ".a.b rect", ".a > rect", "#d .c", "[data-look=neo] rect", '[id$="-End"]', "*",
     "rect:first-child", "g:not(.z) > rect", "p,rect", '#d [data-look="neo"].a rect', "svg .b>.c"],
)  # fmt: skip
def test_a_selector_matches(selector: str) -> None:
    assert fill(f"{selector}{{fill:red}}", "rect") == "red"


@pytest.mark.parametrize(
    "selector",
    ["path rect", ".z rect", "svg > rect", "rect:last-child", "g:not(.a) rect", "rect:hover", "#d:root rect",
     "rect::before", "rect + path", "@media print", "[id^=End]", "", "rect["],
)  # fmt: skip
def test_a_selector_does_not_match(selector: str) -> None:
    assert fill(f"{selector}{{fill:red}}", "rect") is None


@pytest.mark.parametrize(
    ("css", "inline", "expected"),
    [
        ("", "", "blue"),
        ("path{fill:red}", "", "red"),
        ("path{fill:red}path{fill:green}", "", "green"),
        (".a path{fill:red}path{fill:green}", "", "red"),
        ("#d path{fill:red}.a.b path{fill:green}", "", "red"),
        ("#d path{fill:red}", "fill:green", "green"),
        ("path{fill:red!important}", "fill:green", "red"),
        ("path{fill:red!important}", "fill:green !important", "green"),
        ("@keyframes x{from{fill:red}to{fill:green}}path{fill:black}", "", "black"),
        ("/* path{fill:red} */", "", "blue"),
        ('path{content:"}";fill:red}', "", "blue"),
    ],
)
def test_the_cascade(css: str, inline: str, expected: str) -> None:
    assert fill(css, "path", inline) == expected
