"""What HTML tags say: ids, names, links, images, comments."""

from __future__ import annotations

import re
from collections.abc import Callable

from convergence_docs.escapes import unescape
from convergence_docs.model.nodes import Anchor, AnchorOrigin, Comment, Link, LinkKind
from convergence_docs.parse.tags import attributes, tag_end
from convergence_docs.regex import regex
from convergence_docs.text import Span

_TEXT_ONLY = {name: regex(f"</{name}", re.I) for name in ("script", "style", "textarea", "title")}

Locate = Callable[[int], int]


class HtmlNodes:
    """Collects what tags say."""

    def __init__(self) -> None:
        self.anchors: list[Anchor] = []
        self.links: list[Link] = []
        self.comments: list[Comment] = []

    def tag(self, text: str, start: int, end: int, locate: Locate) -> None:
        """An HTML tag or comment: ids, names, ``a href`` and ``img src`` count."""
        if text.startswith("<!--", start):
            self.comments.append(Comment(Span(locate(start), locate(end)), text[start + 4 : end - 3]))
            return
        if not text[start + 1 : start + 2].isalpha() or "=" not in text[start:end]:
            return
        name = re.split(r"[\s/>]", text[start + 1 : start + 20], maxsplit=1)[0].lower()
        for attribute in attributes(text, start, end):
            place = Span(locate(attribute.start), locate(attribute.end))
            if attribute.name == "id" or (attribute.name == "name" and name == "a"):
                if attribute.value:
                    self.anchors.append(Anchor(place, attribute.value, AnchorOrigin.HTML))
            elif attribute.name == "href" and name == "a":
                self.link(text, start, end, attribute.value, place, locate)
            elif attribute.name == "src" and name == "img":
                whole = Span(locate(start), locate(end))
                alt = next((one for one in attributes(text, start, end) if one.name == "alt"), None)
                words = alt.value if alt else ""
                where = Span(locate(alt.start), locate(alt.end)) if alt else Span(whole.start, whole.start)
                self.links.append(
                    Link(LinkKind.HTML_IMAGE, whole, words, where, attribute.value, place, None, None, False)
                )

    def link(self, text: str, start: int, end: int, target: str, place: Span, locate: Locate) -> None:
        close = text.find("</", end, end + 2000)
        while close >= 0 and text[close + 2 : close + 3].lower() != "a":
            close = text.find("</", close + 2, end + 2000)
        inner_end = close if close >= 0 else end
        stop = min(text.find(">", inner_end) + 1, len(text)) if close >= 0 else end
        words = " ".join(unescape(re.sub(r"<[^<>]*>", "", text[end:inner_end])).split())
        whole, inside = Span(locate(start), locate(max(stop, end))), Span(locate(end), locate(inner_end))
        self.links.append(Link(LinkKind.HTML_LINK, whole, words, inside, target, place, None, None, False))

    def block(self, text: str, span: Span) -> None:
        """A block of raw HTML: its tags count, and nothing else."""
        at = text.find("<", span.start, span.end)
        dead = -1
        last = text.rfind(">", span.start, span.end)
        while 0 <= at < last:
            end = at + 1
            if text.startswith("<!--", at):
                close = text.find("-->", at + 4, span.end)
                end = close + 3 if close >= 0 else span.end
                if close >= 0:
                    self.tag(text, at, end, int)
            elif text[at + 1 : at + 2].isalpha() and at >= dead:
                name, stop, _ = tag_end(text, at)
                if stop < 0 or stop > span.end:
                    dead = span.end
                elif name:
                    self.tag(text, at, stop, int)
                    end = stop
                    if name in _TEXT_ONLY:
                        close_tag = _TEXT_ONLY[name].search(text, stop, span.end)
                        end = close_tag.start() if close_tag else span.end
            at = text.find("<", end, span.end)
