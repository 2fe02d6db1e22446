"""What is commonly wrong with flowcharts that Mermaid refuses: ids, groups and full-width punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convergence_docs.model.diagrams.draft import Patch
from convergence_docs.model.diagrams.fault import Fault
from convergence_docs.model.diagrams.scan import Scan, scan
from convergence_docs.regex import regex
from convergence_docs.text import Span

_WORD = regex(r"[^\s\[\](){}<>|;&\"=~\-（【［｛：，、,—–→]+(?:-[^\s\[\](){}<>|;&\"=~\-（【［｛：，、,—–→>]+)*")
_RESERVED = frozenset(("end", "graph", "flowchart", "subgraph", "class", "style", "click", "linkStyle", "classDef"))
_ARROW = r"(?:[<xo]?(?:-{2,}[->xo]|={2,}[=>xo]|-\.+-[->xo]?)|~~~)(?:\|_*\|)?"
_NEXT_TO_ARROW = regex(rf"{_ARROW}[ \t]*$")
_SPACED = regex(
    r"(?:^[ \t]*|(?<=[->=|&;])[ \t]*)"
    r"(?P<id>[^\s\[\](){}<>|;&\"=~%/#:-]+(?:[ \t]+[^\s\[\](){}<>|;&\"=~%/#:-]+)+)"
    rf"(?=[\[({{]|[ \t]*(?:$|;|&|{_ARROW}))",
    re.M,
)
_BARE = regex(
    rf"(?:^[ \t]*|(?<=[->=|&;])[ \t]*)(?P<node>\[_+\]|\(_+\)|\{{_+\}}|\"[^\"\n]+\")"
    rf"(?=[ \t]*(?:$|;|&|{_ARROW}))",
    re.M,
)
_LIST = regex(r"(?<=[\w\])}])[ \t]*[,，、][ \t]*(?=\w)")
_WIDE_SHAPE = regex(
    r"(?P<id>[A-Za-z]\w*)[ \t]*"
    r"(?:（(?P<a>[^（）\n]*)）|【(?P<b>[^【】\n]*)】|［(?P<c>[^［］\n]*)］|｛(?P<d>[^｛｝\n]*)｝)"
)
_WIDE_BRACKETS = {"a": ("(", ")"), "b": ("[", "]"), "c": ("[", "]"), "d": ("{", "}")}
_WIDE = str.maketrans("；：｜＆＞＜＝－　“”", ';:|&><=- ""')
_WIDE_MARK = regex("[；｜＆＜“”]")
_SPECIAL = regex(r'[\[\](){}"|]')


def reserved_ids(text: str) -> Iterator[Fault]:
    """Nodes named by a word of Mermaid's own, such as ``end``."""
    found = scan(text)
    for word in sorted({word for word in _RESERVED if re.search(rf"\b{word}\b", found.masked)}):
        spelled = regex(rf"(?<![\w.-]){word}(?![\w.]|-\w)")
        uses = [
            match
            for line in found.lines
            for match in spelled.finditer(found.masked, line.start, line.end)
            if _is_node(found, line, match)
        ]
        if uses:
            yield from _renamed(text, found, "reserved", [Span(*use.span()) for use in uses], word, word + "_")


def _is_node(found: Scan, line: tuple[int, int], match: re.Match[str]) -> bool:
    """Whether a word stands where a node does: beside an arrow, or before a shape."""
    masked, (start, end) = found.masked, line
    after = masked[match.end() : end]
    before = masked[start : match.start()]
    if re.match(rf"[\[({{]|[ \t]*(?:{_ARROW}|--|==|-\.|&[ \t])", after):
        return not before.strip() or _NEXT_TO_ARROW.search(before) is not None or before.rstrip().endswith(("&", ";"))
    return bool(before.strip()) and (_NEXT_TO_ARROW.search(before) is not None or before.rstrip().endswith("&"))


def _renamed(text: str, found: Scan, cause: str, uses: list[Span], old: str, new: str) -> Iterator[Fault]:
    """A fault for the first use of an id, which renames them all; the first one gets the old id as its label."""
    ids = set(_WORD.findall(found.masked))
    while new in ids:
        new += "_"
    is_labelled = any(found.masked[use.end : use.end + 1] in ("[", "(", "{", ">") for use in uses)
    label = "" if is_labelled else '["' + old.replace('"', "#quot;") + '"]'
    patches = [Patch(use.start, use.end, new + (label if n == 0 else "")) for n, use in enumerate(uses)]
    mentions = regex(rf"^([ \t]*(?:style|click|class)[ \t]+){re.escape(old)}(?=[ \t])", re.M)
    patches += [Patch(m.end(1), m.end(), new) for m in mentions.finditer(text)]
    is_sure = cause != "spaced" or is_labelled or len(uses) > 1
    yield Fault(cause, *uses[0], tuple(patches), () if is_labelled else (old,), ((new, old),), is_sure)


def spaced_ids(text: str) -> Iterator[Fault]:
    """Ids of several words: Mermaid takes the first one for the id, and does not know what to do with the next."""
    found = scan(text)
    by_id: dict[str, list[re.Match[str]]] = {}
    for line in found.lines:
        if found.masked.startswith("subgraph", line.start + len(text[line.start :]) - len(text[line.start :].lstrip())):
            continue
        for match in _SPACED.finditer(found.masked, line.start, line.end):
            by_id.setdefault(" ".join(match["id"].split()), []).append(match)
    for name, matches in by_id.items():
        spans = [Span(match.start("id"), match.end("id")) for match in matches]
        if name.split()[0] in _RESERVED:
            continue
        yield from _renamed(text, found, "spaced", spans, name, name.replace(" ", "_"))


def nodes_without_id(text: str) -> Iterator[Fault]:
    """Nodes that are a label and nothing else: ``[words] --> "words"``."""
    found = scan(text)
    ids = set(_WORD.findall(found.masked))
    given: dict[str, str] = {}
    for line in found.lines:
        for match in _BARE.finditer(found.masked, line.start, line.end):
            start, end = match.span("node")
            words = text[start + 1 : end - 1].strip().strip('"')
            if words not in given:
                name, number = (words, 0) if words.isalnum() and words not in _RESERVED else ("n1", 1)
                while name in ids and number:
                    number += 1
                    name = f"n{number}"
                given[words] = name
                ids.add(name)
            shape = text[start:end] if text[start] != '"' else f"[{text[start:end]}]"
            yield Fault("no-id", start, end, (Patch(start, end, given[words] + shape),), (words,))


def lists_of_nodes(text: str) -> Iterator[Fault]:
    """``A, B --> C``: in Mermaid a list of nodes is joined by ``&``."""
    found = scan(text)
    for line in found.lines:
        if not re.search(_ARROW, found.masked[line.start : line.end]):
            continue
        for match in _LIST.finditer(found.masked, line.start, line.end):
            yield Fault("list", *match.span(), (Patch(*match.span(), " & "),))


def full_width_shapes(text: str) -> Iterator[Fault]:
    """``A（words）``, ``A【words】``: brackets of a shape in full width."""
    masked = scan(text).masked
    for match in _WIDE_SHAPE.finditer(masked):
        group = next(name for name in "abcd" if match[name] is not None)
        opening, closing = _WIDE_BRACKETS[group]
        start, end = match.span(group)
        words = text[start:end]
        quote = '"' if _SPECIAL.search(words) else ""
        patches = (Patch(start - 1, start, opening + quote), Patch(end, end + 1, quote + closing))
        yield Fault("full-width", start - 1, end + 1, patches, (words,))


def full_width_marks(text: str) -> Iterator[Fault]:
    """``；`` at the end of a statement, ``｜words｜``, ``“words”``."""
    for match in _WIDE_MARK.finditer(scan(text).masked):
        yield Fault("full-width", *match.span(), (Patch(*match.span(), match[0].translate(_WIDE)),))


def illegal_ids(text: str) -> Iterator[Fault]:
    """Ids with characters that Mermaid takes in labels alone: ``M₀``, ``①``, ``甲（乙）``."""
    found = scan(text)
    by_id: dict[str, list[Span]] = {}
    whole = regex(r"[^\s\[\](){}<>|;&\"=~\-—–→]+(?:-[^\s\[\](){}<>|;&\"=~\-—–→>]+)*")
    for line in found.lines:
        if text[line.start : line.end].lstrip().startswith("subgraph"):
            continue
        for match in whole.finditer(found.masked, line.start, line.end):
            if not set(match[0]) <= {"_"} and any(_is_illegal(char) for char in match[0]):
                by_id.setdefault(match[0], []).append(Span(*match.span()))
    number = 0
    for name, uses in by_id.items():
        clean = "".join(char for char in name if not _is_illegal(char)).strip("-.:,")
        if not clean or clean in _RESERVED:
            number += 1
            clean = f"n{number}"
        yield from _renamed(text, found, "character", uses, name, clean)


def _is_illegal(char: str) -> bool:
    return char == "@" or (not char.isascii() and not char.isalpha())
