"""What is commonly wrong with diagrams that are no flowcharts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convergence_docs.model.diagrams.draft import Patch
from convergence_docs.model.diagrams.fault import Fault, Finder
from convergence_docs.model.diagrams.scan import Line, statements
from convergence_docs.regex import regex

_SHAPES = (("((", "))"), ("{{", "}}"), ("))", "(("), ("[", "]"), ("(", ")"), (")", "("))
_ITEM_ID = regex(r"[^\s\[\](){}]*")
_BRACKET = regex(r"[\[\](){}]")
_SEQUENCE_ARROW = regex(
    r"[ \t]*[^\s:：<>→—–-][^:：<>→—–\n]*?[ \t]*(?P<arrow>[—–－─-]{1,3}[>＞]{1,2}|→|⇒|[=]{1,2}>{1,2})[ \t]*(?=[^\s>])"
)
_PLAIN_ARROW = regex(r"(?:<<)?-{1,2}(?:>{1,2}|[x)])")
_MESSAGE = regex(
    r"[ \t]*\S[^:：\n]*?(?:->>|-->>|->|-->|-x|--x|-\)|--\))[+-]?[ \t]*"
    r"(?P<actor>[^\s:：]+)(?P<gap>[ \t]*[:：]?)(?P<words>[^\n]*)$"
)
_NOTE = regex(r"[ \t]*[Nn]ote[ \t]+(?:over|left of|right of)[ \t]+[^:：\n]+(?P<colon>：)")
_NOTE_SIDE = regex(r"[ \t]*[Nn]ote[ \t]+(?:left|right)(?P<gap>)[ \t]+(?!of\b)")
_SLICE = regex(
    r"[ \t]*(?P<name>\"[^\"\n]*\"|'[^'\n]*'|[“”][^“”\n]*[“”]|[^\"'“”:：\n]+?)[ \t]*"
    r"(?P<colon>[:：])[ \t]*(?P<number>\d+(?:\.\d+)?)(?P<rest>[^\n]*)$"
)
_WIDE_COLON = regex("：[ \t]*")
_COMMENT = regex(r"[ \t]*(?P<mark>//|#)(?=[ \t])")
_GENERIC = regex(r"[ \t]*class[ \t]+[\w\u4e00-\u9fff]+(?P<open><)[^<>\n]*(?P<close>>)")
_SHORT_ARROW = regex(r"(?<=[\s\]\"\w])(?P<arrow>->|→|—>|——>|-->>)(?=[\s\[\"\w])")
_RELATION = regex(
    r"[ \t]*[^\s:]+[ \t]+[|}][|o](?:--|\.\.)[|o][|{][ \t]+[^\s:：]+"
    r"(?P<end>[ \t]*)(?:(?P<colon>[:：])[ \t]*(?P<words>[^\n\"]+?))?[ \t]*$"
)
_LIST_ITEM = regex(r"(?<=[\[,])[ \t]*(?P<item>[^\s\[\],\"'](?:[^\[\],\"'\n]*[^\s\[\],\"'])?)[ \t]*(?=[\],])")
_BRANCH = regex(r"(?:[ \t]*(?:branch|checkout|switch|merge)[ \t]+|.*?\b(?:id|tag):[ \t]*)(?P<name>[^\s\"]+)")
_WIDE_BRACES = str.maketrans("｛｝（）", "{}()")
_WIDE_BRACE = regex("[｛｝（）]")


def mind_map(text: str) -> Iterator[Fault]:
    """Texts of a mind map with brackets in them, which Mermaid takes for shapes."""
    for line in _body(text):
        words = text[line.start : line.end].strip()
        if not _BRACKET.search(words) or words.startswith((":::", "::icon(")):
            continue
        start = line.start + text[line.start : line.end].index(words)
        named = _ITEM_ID.match(words)
        at = named.end() if named else 0
        shape = next((one for one in _SHAPES if words.startswith(one[0], at) and words.endswith(one[1])), None)
        inner = words[at + len(shape[0]) : len(words) - len(shape[1])] if shape else ""
        if inner.strip() and (inner[:1] + inner[-1:] == '""' or not _BRACKET.search(inner)):
            continue
        if shape and (at == 0 or len(shape[0]) == 2 or words[:at].isascii()) and inner.strip() and _is_balanced(inner):
            begin, label = start + at + len(shape[0]), inner
            opening, closing = '"', '"'
        else:
            begin, label = start, words
            opening, closing = '["', '"]'
        patches = [Patch(begin, begin, opening), Patch(begin + len(label), begin + len(label), closing)]
        patches += [Patch(begin + i, begin + i + 1, "#quot;") for i, char in enumerate(label) if char == '"']
        yield Fault("mind-map", start, start + len(words), tuple(patches), (label,))


def _is_balanced(words: str) -> bool:
    depth = 0
    for char in words:
        depth += (char in "([{") - (char in ")]}")
        if depth < 0:
            return False
    return depth == 0


def sequence_arrows(text: str) -> Iterator[Fault]:
    """Arrows of a sequence in full width."""
    for line in _body(text):
        match = _SEQUENCE_ARROW.match(text, *line)
        if match and not _PLAIN_ARROW.fullmatch(match["arrow"]):
            long = len(re.sub("[>＞→⇒]", "", match["arrow"])) > 1
            yield Fault("arrow", *match.span("arrow"), (Patch(*match.span("arrow"), "-->>" if long else "->>"),))


def messages(text: str) -> Iterator[Fault]:
    """Messages without a colon, or with one in full width; semicolons, which end a statement."""
    for line in _body(text):
        match = _MESSAGE.match(text, *line)
        if match is None:
            if note := _NOTE.match(text, *line):
                yield Fault("full-width", *note.span("colon"), (Patch(*note.span("colon"), ": "),))
            elif side := _NOTE_SIDE.match(text, *line):
                yield Fault("note-of", line.start, line.end, (Patch(side.start("gap"), side.start("gap"), " of"),))
            continue
        gap, words = match["gap"], match["words"]
        if gap.strip() == "：":
            patch = Patch(*match.span("gap"), ":" if words[:1] in (" ", "") else ": ")
            yield Fault("full-width", *match.span("gap"), (patch,), (words,))
        elif not gap.strip():
            at = match.end("actor")
            yield Fault(
                "message", match.start("actor"), line.end, (Patch(at, at, ":" if words.strip() else ": "),), (words,)
            )
        elif ";" in re.sub(r"#\w+;", lambda m: "_" * len(m[0]), words).rstrip().rstrip(";"):
            codes = {i for m in re.finditer(r"#\w+;", words) for i in range(*m.span())}
            first = match.start("words")
            patches = [
                Patch(first + i, first + i + 1, "#59;") for i, c in enumerate(words) if c == ";" and i not in codes
            ]
            yield Fault("semicolon", *match.span("words"), tuple(patches), (words,))


def slices(text: str) -> Iterator[Fault]:
    """Slices of a pie: names without quotes, a full-width colon, a percent sign or a comma after the number."""
    for line in _body(text):
        match = _SLICE.match(text, *line)
        if match is None or re.match(r"[ \t]*(?:title|accTitle|accDescr)\b", text[line.start : line.end]):
            continue
        patches = []
        name = match["name"]
        if name[0] in "“”":
            patches = [
                Patch(match.start("name"), match.start("name") + 1, '"'),
                Patch(match.end("name") - 1, match.end("name"), '"'),
            ]
        elif name[0] not in "\"'":
            patches = [
                Patch(match.start("name"), match.start("name"), '"'),
                Patch(match.end("name"), match.end("name"), '"'),
            ]
        if match["colon"] == "：":
            patches.append(Patch(*match.span("colon"), ": " if match.end("colon") == match.start("number") else ":"))
        if match["rest"].strip() and not match["rest"].strip("%％,，;；。 \t"):
            patches.append(Patch(*match.span("rest"), ""))
        if patches:
            yield Fault("slice", match.start("name"), match.end(), tuple(patches), (name.strip("\"'“”"),))


def wide_colons(text: str) -> Iterator[Fault]:
    """Full-width colons where a statement wants its own."""
    for line in _body(text):
        match = _WIDE_COLON.search(text, *line)
        if match and ":" not in text[line.start : match.start()]:
            ends = {match.span()}
            if "journey" in text[:200] and (other := _WIDE_COLON.search(text, match.end(), line.end)):
                ends.add(other.span())
            yield Fault("full-width", *match.span(), tuple(Patch(*span, ": ") for span in sorted(ends)))


def comments(text: str) -> Iterator[Fault]:
    """Comments after ``//`` or ``#``."""
    for line in _body(text):
        if match := _COMMENT.match(text, *line):
            yield Fault("comment", match.start("mark"), line.end, (Patch(*match.span("mark"), "%%"),))


def generics(text: str) -> Iterator[Fault]:
    """``class List<T>``: Mermaid writes ``List~T~``."""
    for line in _body(text):
        if match := _GENERIC.match(text, *line):
            patches = (Patch(*match.span("open"), "~"), Patch(*match.span("close"), "~"))
            yield Fault("generic", match.start("open"), match.end(), patches)


def short_arrows(text: str) -> Iterator[Fault]:
    """``A -> B`` where an arrow has two dashes."""
    for line in _body(text):
        colon = text.find(":", *line)
        match = _SHORT_ARROW.search(text, line.start, colon if colon >= 0 else line.end)
        if match:
            yield Fault("arrow", *match.span("arrow"), (Patch(*match.span("arrow"), "-->"),))


def relations(text: str) -> Iterator[Fault]:
    """Relations of entities without words, or with several words and no quotes."""
    for line in _body(text):
        match = _RELATION.match(text, *line)
        if match is None:
            continue
        if match["colon"] is None:
            yield Fault("relation", *line, (Patch(match.start("end"), match.end("end"), ' : ""'),))
        elif match["colon"] == "：" or not re.fullmatch(r"\w+", match["words"]):
            patches = (
                Patch(*match.span("colon"), " : " if match["colon"] == "：" else ":"),
                Patch(*match.span("words"), f'"{match["words"]}"'),
            )
            kept = tuple(one for one in patches if text[one.start : one.end] != one.replacement)
            yield Fault(
                "full-width" if match["colon"] == "：" else "words", match.start("colon"), match.end("words"), kept
            )


def list_items(text: str) -> Iterator[Fault]:
    """Names in lists of a chart without quotes."""
    for line in _body(text):
        for match in _LIST_ITEM.finditer(text, *line):
            if not match["item"].isascii():
                yield Fault(
                    "name", *match.span("item"), (Patch(*match.span("item"), f'"{match["item"]}"'),), (match["item"],)
                )


def branches(text: str) -> Iterator[Fault]:
    """Names of branches without quotes."""
    for line in _body(text):
        match = _BRANCH.match(text, *line)
        if match and not match["name"].isascii():
            yield Fault(
                "name", *match.span("name"), (Patch(*match.span("name"), f'"{match["name"]}"'),), (match["name"],)
            )


def wide_braces(text: str) -> Iterator[Fault]:
    """Brackets in full width."""
    for line in _body(text):
        for match in _WIDE_BRACE.finditer(text, *line):
            yield Fault("full-width", *match.span(), (Patch(*match.span(), match[0].translate(_WIDE_BRACES)),))


def _body(text: str) -> Iterator[Line]:
    lines = statements(text)
    next(lines, None)
    yield from lines


FINDERS: dict[str, tuple[Finder, ...]] = {
    "mindmap": (mind_map, comments),
    "sequenceDiagram": (messages, sequence_arrows, comments),
    "pie": (slices, comments),
    "stateDiagram": (wide_colons, short_arrows, comments),
    "stateDiagram-v2": (wide_colons, short_arrows, comments),
    "classDiagram": (wide_colons, wide_braces, generics, short_arrows, comments),
    "erDiagram": (relations, comments),
    "gantt": (wide_colons, comments),
    "journey": (wide_colons, comments),
    "timeline": (wide_colons, comments),
    "xychart-beta": (list_items, comments),
    "xychart": (list_items, comments),
    "quadrantChart": (wide_colons, comments),
    "gitGraph": (branches, comments),
}
"""By the word that a block opens with, what finds its faults."""
