"""The palette: readable in both schemes, and the same in the style sheet that the site serves."""

from __future__ import annotations

from pathlib import Path

import pytest

import convergence_docs.site
from convergence_docs.drawing.colour import Colour, black_or_white, colours_in, contrast, parse_colour
from convergence_docs.drawing.palette import COLOURS, SHADES, name_of, stand_in, style_sheet
from convergence_docs.drawing.settings import theme_variables

SURFACES = [name for name in COLOURS if name.startswith("tint") or name in ("ground", "node", "group", "note", "done")]
MARKS = [name for name in COLOURS if name.startswith("mark-") and name != "mark-text"]


@pytest.mark.parametrize("name", [*SURFACES, "active", "alarm"])
def test_text_can_be_read_on_every_surface(name: str) -> None:
    assert min(map(contrast, SHADES["text"], SHADES[name])) >= 4.5


@pytest.mark.parametrize("name", MARKS)
def test_marks_can_be_told_from_the_ground_and_read_upon(name: str) -> None:
    assert min(map(contrast, SHADES[name], SHADES["ground"])) >= 2.9
    assert min(map(contrast, SHADES["mark-text"], SHADES[name])) >= 4.5


@pytest.mark.parametrize("name", ["line", "node-line", "note-line", "active-line", "alarm-line"])
def test_lines_can_be_told_from_the_ground(name: str) -> None:
    assert min(map(contrast, SHADES[name], SHADES["ground"])) >= 2.7


def test_numbers_of_messages_can_be_read_on_their_markers() -> None:
    assert min(map(contrast, SHADES["ground"], SHADES["line"])) >= 4.5


def test_every_stand_in_is_known_again_whatever_css_makes_of_it() -> None:
    for name in COLOURS:
        colour = parse_colour(stand_in(name))
        assert colour is not None
        assert name_of(colour) == name
        assert name_of(Colour(colour.red, colour.green, colour.blue, 0.5)) == name
    assert name_of(Colour(187, 255, 187)) is None


def test_mermaid_gets_nothing_but_stand_ins() -> None:
    for variable, value in theme_variables().items():
        colour = parse_colour(value) if isinstance(value, str) else None
        assert colour is None or name_of(colour), variable


def test_the_site_serves_the_palette_as_it_is() -> None:
    """Where it is not, write there what `style_sheet` returns."""
    served = Path(convergence_docs.site.__file__).with_name("assets") / "diagrams.css"
    assert served.read_text("utf-8") == style_sheet()


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#bfb", (187, 255, 187, 1)),
        ("#11223380", (17, 34, 51, 128 / 255)),
        ("RGB(1, 2, 3)", (1, 2, 3, 1)),
        ("rgba(10%, 0%, 0%, .5)", (25.5, 0, 0, 0.5)),
        ("hsl(120, 100%, 25%)", (0, 127.5, 0, 1)),
        ("rebeccapurple", (102, 51, 153, 1)),
        ("transparent", (0, 0, 0, 0)),
    ],
)
def test_colours_are_read_as_css_reads_them(text: str, colour: tuple[float, ...]) -> None:
    parsed = parse_colour(text)
    assert parsed is not None
    assert tuple(parsed) == pytest.approx(colour)


@pytest.mark.parametrize("text", ["", "#12", "#ggg", "rgb(1,2)", "url(#a)", "var(--x)", "expression(1)", "9" * 99])
def test_what_is_no_colour_is_none(text: str) -> None:
    assert parse_colour(text) is None


def test_black_or_white_can_be_read_on_any_colour() -> None:
    steps = range(0, 256, 15)
    assert (
        min(
            contrast(one, black_or_white(one)) for one in (Colour(r, g, b) for r in steps for g in steps for b in steps)
        )
        > 4.5
    )


def test_an_authors_colours_are_found_in_the_source() -> None:
    found = colours_in("style A fill:#BFB,stroke:red,color:rgb(1, 2, 3)")
    assert {(187, 255, 187), (255, 0, 0), (1, 2, 3)} <= {tuple(colour[:3]) for colour in found}
