"""Words of a mind map that are never drawn: those before a bracket, which Mermaid takes for an id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from convergence_docs.model.diagrams.draft import Patch
from convergence_docs.model.diagrams.fault import said
from convergence_docs.model.diagrams.reading import Reading
from convergence_docs.model.diagrams.scan import statements
from convergence_docs.regex import regex

_ITEM = regex(
    r"(?P<id>[^\s\[\](){}\"`][^\[\](){}\"`\n]*)"
    r"(?P<shape>\(\((?P<a>.*)\)\)|\{\{(?P<b>.*)\}\}|\)\)(?P<c>.*)\(\(|\[(?P<d>.*)\]|\((?P<e>.*)\)|\)(?P<f>.*)\()"
)


class LostWords(NamedTuple):
    """A line: where it stands in the block's text, the words that are lost, what is shown, and how to keep all."""

    start: int
    end: int
    lost: str
    shown: str
    patches: tuple[Patch, ...]


def lost_words(text: str, reading: Reading) -> Iterator[LostWords]:
    """Lines of a mind map such as ``残差连接(ResNet)``, of which the reader sees ``ResNet``."""
    lines = iter(statements(text))
    next(lines, None)
    drawn = {said(label) for label in reading.labels}
    for line in lines:
        words = text[line.start : line.end].strip()
        match = _ITEM.fullmatch(words)
        if match is None or (match["id"].strip().isascii() and " " not in match["id"].strip()):
            continue
        shown = next(one for one in (match[name] for name in "abcdef") if one is not None)
        if said(shown) not in drawn or said(words) in drawn:
            continue
        start = line.start + text[line.start : line.end].index(words)
        end = start + len(words)
        quotes = tuple(Patch(start + i, start + i + 1, "#quot;") for i, char in enumerate(words) if char == '"')
        patches = (Patch(start, start, '["'), *quotes, Patch(end, end, '"]'))
        yield LostWords(start, end, match["id"].strip(), shown.strip(), patches)
