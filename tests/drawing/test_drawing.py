"""What drawing makes of every sound diagram: all of it allowed, readable, the same each time."""

from __future__ import annotations

import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from convergence_docs.drawing.outcome import PLACE_OF_SCOPE, Drawn, NotDrawn
from convergence_docs.drawing.studio import Studio
from tests.drawing.diagrams import drawn, outcomes, own_diagrams, sound_diagrams

_TAGS = (
    "svg g path rect circle ellipse line polygon polyline text tspan marker clipPath linearGradient stop title desc "
    "foreignObject a div span br b strong i em u s sub sup code small ul ol li defs"
)
TAGS = set(_TAGS.split())
KNOWN_REASONS = re.compile(
    r"the type (c4|architecture|eventmodeling|wardley|cynefin|kanban|treemap|info)|the element image|no size"
    r"|cy of circle is no geometry"
)


def test_nearly_all_are_drawn() -> None:
    left = {name: one.reason for name, one in outcomes().items() if isinstance(one, NotDrawn)}
    assert len(left) <= 12
    assert {name: reason for name, reason in left.items() if not KNOWN_REASONS.match(reason)} == {}
    assert len(drawn()) > 80


def test_all_of_this_projects_own_are_drawn() -> None:
    assert own_diagrams()
    assert {name for name in own_diagrams() if not isinstance(outcomes()[name], Drawn)} == set()


@pytest.mark.parametrize("name", sound_diagrams())
def test_markup_holds_nothing_but_what_is_allowed(name: str) -> None:
    one = outcomes()[name]
    if isinstance(one, NotDrawn):
        assert one.reason
        return
    svg = one.svg_with_ids("x")
    assert svg.startswith("<svg ")
    root = ElementTree.fromstring(svg.replace("<br>", "<br/>"))
    assert {node.tag for node in root.iter()} <= TAGS
    names = {name for node in root.iter() for name in node.attrib}
    assert not {name for name in names if name.startswith(("on", "data-", "xlink"))}
    assert set(re.findall(r"url\(([^)]*)\)", svg)) <= {f"#{node.get('id')}" for node in root.iter() if node.get("id")}
    assert all(re.fullmatch(r"x-\d+", node.get("id", "x-0")) for node in root.iter())
    assert PLACE_OF_SCOPE not in svg


def test_text_is_large_enough() -> None:
    assert {name: one.smallest for name, one in drawn().items() if one.smallest < 12} == {}


def test_every_word_of_a_label_is_there() -> None:
    for name, words in {
        "Top to bottom, with a figure in a label": ("架构层收敛", "收敛度 95%"),
        "Shares with a title": ("各层的采用率", "架构层"),
        "Tasks with scores and actors": ("搜索收敛度", "评审人"),
    }.items():
        text = next(one.svg for key, one in drawn().items() if key.endswith(name))
        assert all(word in text for word in words), name


def test_drawings_are_small() -> None:
    sizes = sorted(len(one.svg.encode()) for one in drawn().values())
    assert sum(sizes) / len(sizes) < 8_000
    assert sizes[-1] < 40_000


def test_the_same_text_gives_the_same_bytes_whatever_was_drawn_before() -> None:
    studio = Studio(seconds=20.0, characters=50_000)
    texts = sound_diagrams()
    try:
        for name in reversed(texts):
            assert studio.draw(texts[name]) == outcomes()[name], name
    finally:
        studio.close()


def test_another_process_gives_the_same_bytes() -> None:
    text = next(text for name, text in sound_diagrams().items() if "Three levels" in name)
    code = (
        "import sys; from convergence_docs.drawing.studio import Studio; "
        "studio = Studio(seconds=20.0, characters=50000); "
        "sys.stdout.buffer.write(studio.draw(sys.stdin.buffer.read().decode()).svg.encode()); studio.close()"
    )
    runs = [subprocess.run([sys.executable, "-c", code], input=text.encode(), capture_output=True) for _ in range(2)]
    assert runs[0].stdout == runs[1].stdout
    assert runs[0].stdout.decode() in {one.svg for one in drawn().values()}


def test_a_schedule_comes_out_the_same_in_every_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    found = set()
    for zone in ("UTC", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        studio = Studio(seconds=20.0, characters=50_000)
        found.add(studio.draw("gantt\n dateFormat YYYY-MM-DD\n section a\n b :2024-03-01, 30d\n c :2024-10-20, 20d"))
        studio.close()
    assert len(found) == 1


@pytest.mark.parametrize("directive", ["%%{init: {'theme': 'dark'}}%%\n", "---\nconfig:\n  theme: forest\n---\n"])
def test_another_theme_keeps_the_palette(directive: str) -> None:
    studio = Studio(seconds=20.0, characters=50_000)
    plain, themed = (studio.draw(before + "graph TD\n A[甲]-->|边|B{乙}\n") for before in ("", directive))
    studio.close()
    assert plain == themed


def test_letters_too_small_for_a_phone_are_left_to_the_browser() -> None:
    studio = Studio(seconds=20.0, characters=50_000)
    outcome = studio.draw("%%{init: {'themeVariables': {'fontSize': '8px'}}}%%\ngraph TD\n A[甲]-->B")
    studio.close()
    assert outcome == NotDrawn("letters of 8 px")


def test_words_that_reach_beyond_a_drawing_are_taken_into_it() -> None:
    one = next(one for name, one in drawn().items() if name.startswith("charts: radar: two model families"))
    box = re.search(r'viewBox="([^"]*)"', one.svg)
    assert box
    _, top, width, height = map(float, box[1].split())
    assert top < 0
    assert (width, height) == pytest.approx((one.width, one.height))


def test_a_name_and_a_description_are_told() -> None:
    one = next(one for name, one in drawn().items() if name.endswith("Accessible title and description"))
    assert one.title
    assert one.description
    svg = one.svg_with_ids("x")
    label = re.search(r'aria-labelledby="([^"]+)"', svg)
    assert label
    assert f'<title id="{label[1]}">{one.title}</title>' in svg
