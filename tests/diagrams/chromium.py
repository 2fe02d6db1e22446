"""Mermaid in Chromium: the file that the site serves, asked to parse and then to draw, as the site asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from convergence_docs.site.publications import mermaid_script

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Past `maxTextSize` Mermaid draws a notice instead of the diagram, and calls that a success.
_ASK = """async text => {
  const said = error => String(error && (error.message || error.str) || error)
  const verdict = { kind: "", parse: "", draw: "" }
  const size = mermaid.mermaidAPI.getConfig().maxTextSize
  if (text.length > size) return { ...verdict, draw: `longer than ${size} characters` }
  try { verdict.kind = (await mermaid.parse(text)).diagramType } catch (error) { verdict.parse = said(error) || "?" }
  try {
    const { svg } = await mermaid.render("asked", text)
    if (!/<svg[\\s>]/.test(svg)) verdict.draw = "no drawing"
  } catch (error) { verdict.draw = said(error) || "?" }
  return verdict
}"""
_SETTINGS = "() => mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', suppressErrorRendering: true })"
_KINDS = "() => mermaid.mermaidAPI && mermaid.getRegisteredDiagramsMetadata().map(one => one.id)"


class Verdict(NamedTuple):
    """What Chromium's Mermaid says of a diagram.

    ``kind`` is its type, where it parsed. ``parse`` and ``draw`` are the errors of each step; empty is none.
    """

    kind: str
    parse: str
    draw: str

    @property
    def is_sound(self) -> bool:
        """Whether a reader gets to see the diagram."""
        return not (self.parse or self.draw)


def open_mermaid(chromium: Browser) -> Page:
    """A blank page that holds the Mermaid which the site serves, set as the site sets it."""
    script = mermaid_script()
    assert script, "mermaidx is not installed, so there is no Mermaid to ask"
    page = chromium.new_page(locale="zh-CN")
    page.set_content("<!doctype html><html lang='zh'><body></body></html>")
    page.add_script_tag(path=str(script))
    page.evaluate(_SETTINGS)
    return page


def ask(page: Page, text: str) -> Verdict:
    """Chromium's verdict on a diagram."""
    answer = page.evaluate(_ASK, text)
    return Verdict(answer["kind"], answer["parse"], answer["draw"])


def kinds(page: Page) -> frozenset[str]:
    """Mermaid's names of all types that it knows."""
    return frozenset(page.evaluate(_KINDS))
