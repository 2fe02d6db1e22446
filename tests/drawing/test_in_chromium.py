"""Drawings as Chromium shows them: labels within their boxes, as with Mermaid in the page, and readable at night."""

from __future__ import annotations

import json
from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING, Any

import pytest

from convergence_docs.drawing.palette import COLOURS, stand_in, style_sheet
from convergence_docs.drawing.settings import config
from convergence_docs.site.publications import mermaid_script
from tests.drawing.diagrams import drawn, sound_diagrams

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_PAGE = "<!doctype html><html lang='zh'><head><style>{}</style></head><body><div id='box'></div></body></html>"
_MEASURE = """() => [...document.querySelectorAll('#box foreignObject')].map(box => {
  const range = document.createRange()
  range.selectNodeContents(box)
  const frame = box.getBoundingClientRect(), rects = [...range.getClientRects()].filter(r => r.width && r.height)
  if (!rects.length || !box.textContent.trim()) return null
  const words = { left: Math.min(...rects.map(r => r.left)), right: Math.max(...rects.map(r => r.right)),
    top: Math.min(...rects.map(r => r.top)), bottom: Math.max(...rects.map(r => r.bottom)) }
  return { text: box.textContent.trim().slice(0, 40), width: frame.width, frame: frame.height,
    wide: words.right - words.left - frame.width, high: words.bottom - words.top - frame.height }
}).filter(Boolean)"""
_CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const rgba = text => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1)
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data
    return [r, g, b, a / 255]
  }
  const over = (top, ground) => [0, 1, 2].map(i => top[3] * top[i] + (1 - top[3]) * ground[i])
  const light = colour => colour.slice(0, 3).map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0)
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05)
  const ground = rgba(getComputedStyle(document.body).backgroundColor)
  const words = document.createTreeWalker(document.querySelector('#box'), NodeFilter.SHOW_TEXT)
  const found = []
  for (let node; node = words.nextNode();) {
    const holder = node.parentElement
    if (!node.data.trim() || holder.closest('title, desc')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const rect = range.getClientRects()[0] || holder.getBoundingClientRect()
    const x = rect.left + rect.width / 2, y = rect.top + rect.height / 2
    const layers = []
    for (const below of document.elementsFromPoint(x, y)) {
      if (below.contains(holder) && !(below instanceof HTMLElement) || below.matches('text, tspan')) continue
      const style = getComputedStyle(below)
      const colour = rgba(below instanceof HTMLElement ? style.backgroundColor : style.fill)
      if (!(below instanceof HTMLElement)) colour[3] *= style.fill === 'none' ? 0 : style.fillOpacity * style.opacity
      layers.push(colour)
      if (colour[3] === 1) break
    }
    const seen = layers.reverse().reduce((under, layer) => over(layer, under), ground)
    const style = getComputedStyle(holder)
    const ink = rgba(holder instanceof HTMLElement ? style.color : style.fill)
    const size = parseFloat(style.fontSize)
    found.push({ text: node.data.trim().slice(0, 40), ratio: ratio(over(ink, seen), seen), size })
  }
  return found
}"""
_RENDER = """async ([id, text]) => {
  document.querySelector('#box').innerHTML = ''
  const { svg } = await mermaid.render(id, text)
  document.querySelector('#box').innerHTML = svg
}"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A page with the palette and nothing else."""
    one = chromium.new_page(locale="zh-CN", viewport={"width": 3000, "height": 3000})
    one.set_content(_PAGE.format(style_sheet()))
    yield one
    one.close()


def show(page: Page, svg: str) -> None:
    """Put a drawing into the page."""
    page.evaluate("svg => { document.querySelector('#box').innerHTML = svg }", svg)


def settings_of_the_page() -> dict[str, Any]:
    """What Mermaid is told at build time, in colours that are some."""
    said = json.dumps(config(50_000))
    for name, (light, _) in COLOURS.items():
        said = said.replace(stand_in(name), light)
    return dict(json.loads(said))


def exceeds(label: dict[str, Any]) -> bool:
    """Whether a label does not fit into its box."""
    return bool(label["wide"] > 1 or label["high"] > 3)


def test_no_more_labels_exceed_their_box_than_with_mermaid_in_the_page(page: Page) -> None:
    script = mermaid_script()
    assert script
    page.add_script_tag(path=str(script))
    page.evaluate("settings => mermaid.initialize(settings)", settings_of_the_page())
    ours: list[dict[str, Any]] = []
    theirs: list[dict[str, Any]] = []
    differences = []
    for at, (name, one) in enumerate(drawn().items()):
        show(page, one.svg_with_ids("x"))
        mine = page.evaluate(_MEASURE)
        page.evaluate(_RENDER, [f"m{at}", sound_diagrams()[name]])
        browsers = page.evaluate(_MEASURE)
        if len(mine) == len(browsers):
            differences += [
                abs(a["width"] - b["width"]) / b["width"]
                for a, b in zip(mine, browsers, strict=True)
                if a["text"] == b["text"]
            ]
        ours += mine
        theirs += browsers
    assert len(ours) > 300
    assert len(differences) > 250
    assert sum(map(exceeds, ours)) <= max(sum(map(exceeds, theirs)), len(ours) // 100), [*filter(exceeds, ours)]
    assert median(differences) < 0.005
    assert sorted(differences)[len(differences) * 9 // 10] < 0.05


@pytest.mark.parametrize(("scheme", "ground"), [("default", "#ffffff"), ("slate", "#1e2129")])
def test_every_text_can_be_read_in_both_schemes(page: Page, scheme: str, ground: str) -> None:
    page.evaluate(
        "([name, colour]) => { document.body.dataset.mdColorScheme = name; document.body.style.background = colour }",
        [scheme, ground],
    )
    seen, faint = 0, []
    for name, one in drawn().items():
        show(page, one.svg_with_ids("x"))
        texts = page.evaluate(_CONTRAST)
        if name.startswith("sequence"):  # numbers lie on markers, which Chromium does not tell: see test_palette
            texts = [text for text in texts if not text["text"].isdecimal()]
        seen += len(texts)
        faint += [f"{name}: {text}" for text in texts if text["ratio"] < 4.5 or text["size"] < 12]
    assert seen > 500
    assert faint == []


def test_a_drawing_is_as_large_as_it_says_and_asks_for_nothing(page: Page) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    for name, one in drawn().items():
        show(page, one.svg_with_ids("x"))
        box = page.evaluate(
            "() => { const r = document.querySelector('#box svg').getBoundingClientRect(); return [r.width, r.height] }"
        )
        assert box == pytest.approx([one.width, one.height], abs=0.1), name
    assert requests == []


def test_text_can_be_selected(page: Page) -> None:
    one = next(one for name, one in drawn().items() if name.endswith("Top to bottom, with a figure in a label"))
    show(page, one.svg_with_ids("x"))
    selected = page.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('#box')); return getSelection().toString() }"
    )
    assert "架构层收敛\n收敛度 95%" in selected.replace("\n\n", "\n")
