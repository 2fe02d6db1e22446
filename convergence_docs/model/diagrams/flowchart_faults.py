"""What is commonly wrong with flowcharts that Mermaid refuses: labels and arrows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convergence_docs.model.diagrams.draft import Patch
from convergence_docs.model.diagrams.fault import Fault, quoting
from convergence_docs.model.diagrams.scan import Label, is_balanced, is_quoted, scan, statements
from convergence_docs.regex import regex

_SPECIAL = regex(r'[\[\](){}"|@]')
_TITLED = regex(r'\w+(?P<gap>[ \t]+)"[^"\n]*"')
_UNCLOSED = regex(r"[ \t]*(?:-->|---|==>|-\.->)")
_CAUSES = {"|": "bar", '"': "quote", "@": "at"}
_INVISIBLE = regex("[\u200b-\u200f\u2060\ufeff\u00ad]+")
_ENTITY = regex(r"&(gt|lt|amp|quot|nbsp);")
_ENTITIES = {"gt": ">", "lt": "<", "amp": "&", "quot": '"', "nbsp": " "}
_STYLE = regex(r"[ \t]*(?:style|classDef|linkStyle)[ \t]+\S+[ \t]+")
_STYLE_MARK = regex("[=：，、；]")
_COMMENT = regex(r"(?:^|(?<=\s))(%%|//|#)(?=[ \t])[^\n]*")
_ARROWS = (
    (regex(r"-{1,3}[ \t]+-{0,2}>"), "-->"),
    (
        regex(
            r"[—–－―─=]{1,3}[>＞]|(?=-*[—–－―─＞])[-—–－―─]+[>＞]|[→➔➜➝⟶]|(?<![-=.<xo])-[>＞](?!>)|--?[>＞]{2}|-+[＞»]"
        ),
        "-->",
    ),
    (regex(r"={2,3}[ \t]+=?>|⇒|⟹"), "==>"),
    (regex(r"-+\.+->|(?<!-)\.{2,}-?>|-\.{2,}->"), "-.->"),
    (regex(r"<-{1,2}>|↔|⇔|<=>"), "<-->"),
    (regex(r"(?<=[\w\])}])[ \t]*[—–－―─]{1,3}[ \t]*(?=\w)"), " --- "),
)
_OPENED = regex(
    r"(?P<open>-{1,2}|={1,2}|-\.+|[—–－―─]{1,2})[ \t]*"
    r"(?P<words>[^\s\-=.>＞|—–－―─_\[\](){}][^\-=.>＞|—–－―─\n\[\](){}]*?)[ \t]*"
    r"(?P<close>-{1,3}[>＞]|={1,3}[>＞]|\.*-+[>＞]|[—–－―─]{1,3}[>＞])"
)
_MARKED = regex(r"(?<![-=.])(--|==|-\.)([xo])(?=-{2,}>|={2,}>|\.-+>)")
_GLUED = regex(r"(?:^|(?<=[\s;&]))[xo](?=(?:--|==|-\.))")
_BACKWARDS = regex(
    r"^([ \t]*)(\S+?(?:\[_*\]|\(_*\)|\{_*\})?)[ \t]*<-{1,2}[ \t]*"
    r"(?=[^\s>-])(\S+?(?:\[_*\]|\(_*\)|\{_*\})?)[ \t]*;?[ \t]*$"
)
_COLON = regex(
    r"(?P<arrow>-->|---|==>|-\.->)[ \t]*(?P<target>[^\s:：|<>]+)[ \t]*"
    r"(?P<colon>[:：][ \t]*)(?P<words>[^\n:：|<>]+?)[ \t]*;?[ \t]*$"
)


def unquoted_labels(text: str) -> Iterator[Fault]:
    """Labels with characters in them that mean something to Mermaid, and no quotes around them."""
    for label in scan(text).labels:
        words = text[label.start : label.end]
        if (is_quoted(text, label) and words.strip() != '""') or words.strip()[:1] + words.strip()[-1:] == "``":
            continue
        if words.strip() in ("", '""'):
            if label.kind == "node":
                yield Fault("empty", label.start - 1, label.end + 1, (Patch(label.start, label.end, '" "'),))
        elif label.kind == "group" and (titled := _TITLED.fullmatch(words)):
            start, end = label.start + titled.start("gap"), label.start + titled.end("gap")
            yield Fault("group", label.start, label.end, (Patch(start, end, "["), Patch(label.end, label.end, "]")))
        elif label.kind == "node" and (arrow := _UNCLOSED.search(words)) and not is_balanced(words):
            at = label.start + len(words[: arrow.start()].rstrip())
            closer = {"[": "]", "(": ")", "{": "}", ">": "]"}.get(text[label.start - 1 : label.start], "]")
            opened = Fault("unclosed", label.start - 1, at, (Patch(at, at, closer),), (text[label.start : at],))
            yield opened._replace(is_sure=not _SPECIAL.search(text, label.start, at))
        elif cause := _cause(text, label, words):
            fault = quoting(cause, text, label.start, label.end)
            yield fault._replace(is_sure=is_balanced(words) or words.strip()[:1] not in ("(", "[", "{"))


def _cause(text: str, label: Label, words: str) -> str:
    special = _SPECIAL.search(words)
    if special and label.is_open and '"' not in words:
        special = None
    if special:
        is_smart = words.strip()[:1] in "“”" and words.strip()[-1:] in "“”"
        return "smart-quote" if is_smart else _CAUSES.get(special[0], "bracket")
    if label.is_open:
        return "dashes" if "--" in words or "==" in words else ""
    if label.kind == "group":
        return "full-width" if re.search("[^\\w\\s.,+*/?!&'-]", words) else ""
    before, stripped = text[label.start - 1 : label.start], words.strip()
    return "slash" if before == "[" and stripped[:1] in ("/", "\\") else ""


def slanted_labels(text: str) -> Iterator[Fault]:
    """Labels that begin with a slash, which opens a slanted box that nothing closes."""
    for label in scan(text).labels:
        if label.kind == "node" and text[label.start - 1 : label.start] in ("/", "\\") and "/" in text:
            yield quoting("slash", text, label.start - 1, label.end)


def invisible_characters(text: str) -> Iterator[Fault]:
    """Characters of no width between the parts of a statement."""
    for match in _INVISIBLE.finditer(scan(text).masked):
        yield Fault("invisible", *match.span(), (Patch(*match.span(), ""),))


def entities(text: str) -> Iterator[Fault]:
    """``--&gt;``: arrows and brackets written as HTML."""
    for match in _ENTITY.finditer(scan(text).masked):
        yield Fault("entity", *match.span(), (Patch(*match.span(), _ENTITIES[match[1]]),))


def declarations(text: str) -> Iterator[Fault]:
    """``fill=#fff``, ``fill：#fff，``: marks in styles that are none."""
    for line in statements(text):
        match = _STYLE.match(text, *line)
        for mark in _STYLE_MARK.finditer(text, match.end(), line.end) if match else ():
            yield Fault("style", *mark.span(), (Patch(*mark.span(), "," if mark[0] in "，、；" else ":"),))


def comments(text: str) -> Iterator[Fault]:
    """Comments after a statement, or after ``//`` or ``#``; in Mermaid they take a line of their own, after ``%%``."""
    found = scan(text)
    for line in found.lines:
        match = _COMMENT.search(found.masked, line.start, line.end)
        if match is None:
            continue
        mark = Patch(match.start(1), match.end(1), "%%") if match[1] != "%%" else None
        before = text[line.start : match.start()]
        patches = [mark] if mark else []
        if before.strip():
            indent = before[: len(before) - len(before.lstrip())]
            cut = line.start + len(before.rstrip())
            patches.append(Patch(cut, match.start(), "\n" + indent))
        if patches:
            yield Fault("comment", match.start(), match.end(), tuple(patches))


def _arrow_words(masked: str) -> Iterator[Fault]:
    """Words between halves of an arrow that do not belong together: ``-.words->``, ``——words——>``."""
    for match in _OPENED.finditer(masked):
        opening, closing = match["open"], match["close"]
        kind = "==" if opening[0] == "=" else "-." if "." in opening or "." in closing else "--"
        ends = {"==": "==>", "-.": ".->", "--": "-->"}[kind]
        if (opening, closing) == (kind, ends):
            continue
        patches = (
            Patch(match.start("open"), match.start("words"), kind + " "),
            Patch(match.end("words"), match.end("close"), " " + ends),
        )
        yield Fault("arrow", match.start(), match.end(), patches, (match["words"],))


def arrows(text: str) -> Iterator[Fault]:
    """Arrows that Mermaid has not: ``->``, ``→``, ``—>``, ``-- >``."""
    masked = scan(text).masked
    taken: set[int] = set()
    for fault in _arrow_words(masked):
        taken.update(range(fault.start, fault.end))
        yield fault
    for pattern, spelling in _ARROWS:
        for match in pattern.finditer(masked):
            if match[0].strip() in (spelling, "---") or taken.intersection(range(*match.span())):
                continue
            if match[0] == "=>" and masked[match.start() - 1 : match.start()] in ("=", "<"):
                continue
            taken.update(range(*match.span()))
            yield Fault("arrow", *match.span(), (Patch(*match.span(), spelling),))


def marked_arrows(text: str) -> Iterator[Fault]:
    """``--x-->``, where ``--x`` is an arrow with a cross, and ``x-->``, which is one too."""
    masked = scan(text).masked
    for match in _MARKED.finditer(text):
        yield Fault(
            "space", *match.span(), (Patch(match.start(2), match.start(2), " "), Patch(match.end(), match.end(), " "))
        )
    for match in _GLUED.finditer(masked):
        yield Fault("space", *match.span(), (Patch(match.end(), match.end(), " "),))


def backward_arrows(text: str) -> Iterator[Fault]:
    """``A <-- B``: an arrow leads from left to right."""
    found = scan(text)
    for line in found.lines:
        match = _BACKWARDS.match(found.masked[line.start : line.end])
        if match:
            left, right = ((line.start + match.start(n), line.start + match.end(n)) for n in (2, 3))
            swapped = f"{text[slice(*right)]} --> {text[slice(*left)]}"
            yield Fault("backwards", left[0], right[1], (Patch(left[0], right[1], swapped),))


def colon_labels(text: str) -> Iterator[Fault]:
    """``A --> B: words``, which is how other diagrams write the words of an arrow."""
    found = scan(text)
    for line in found.lines:
        match = _COLON.search(found.masked, line.start, line.end)
        if match is None or _COLON.search(found.masked, match.start() + 1, line.end):
            continue
        words = text[match.start("words") : match.end("words")]
        quoted = '"' + words.replace('"', "#quot;") + '"' if _SPECIAL.search(words) else words
        patches = (
            Patch(match.end("arrow"), match.end("arrow"), f"|{quoted}|"),
            Patch(match.end("target"), match.end("words"), ""),
        )
        yield Fault("colon", match.start("colon"), match.end("words"), patches, (words,))
