"""Claims of bold leads: ``- **采用率**：100%（所有 LLM 都使用）`` under what the section, or the list, is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from convergence_docs.claims.cells import FIGURES, is_near_start, leading_value
from convergence_docs.claims.layers import joined
from convergence_docs.claims.lines import MARKER, Line, Lines, line_around
from convergence_docs.claims.names import find_term, parse_title
from convergence_docs.claims.page import Named, Page
from convergence_docs.claims.subject import Subject, read_heading
from convergence_docs.claims.words import HOLE, Words
from convergence_docs.model.claims.claim import Claim, ClaimSource
from convergence_docs.model.values.value import Reading, ValueKind
from convergence_docs.regex import regex
from convergence_docs.text import Span

_LEAD = regex(
    r"(?:(?P<bold>\*\*|__)(?P<name>[^*_\n:：]{1,40}?)[ ]?(?P<inner>[:：])?(?P=bold)[ ]?(?P<outer>[:：])?"
    r"|(?P<plain>[^*_\n:：|，。；]{1,24})[:：])[ \t]*"
)
_LONGEST_WORDS = 80
"""A text with more characters is a sentence and no value."""
_YEAR = regex(r"(?<!\d)((?:19|20)\d\d)\s?年")
_COLONS = ("：", ":")


class _Owner(NamedTuple):
    """What an item is about, and the year that the line leading in its list names."""

    subject: Subject | None
    year: int | None


def bullet_claims(page: Page, lines: Lines) -> Iterator[Claim]:
    """The claims of items and paragraphs that open with the name of a dimension; none without a vocabulary."""
    if page.names is None:
        return
    seen: set[int] = set()
    owners: dict[int, _Owner] = {}
    for offset in _candidates(page):
        line = lines.at(offset)
        if line is None or line.start in seen:
            continue
        seen.add(line.start)
        claim = _claim(page, lines, line, owners)
        if claim is not None:
            yield claim


def _candidates(page: Page) -> Iterator[int]:
    """Places in lines that may open with a dimension: bold names of dimensions, and those of figures before a colon."""
    names, text = page.names, page.text
    assert names is not None
    for bold in names.bold.finditer(text) if names.bold else ():
        if bold[1] in names.leads:
            yield bold.start()
    for name in names.counted:
        at = text.find(name)
        while at >= 0:
            start, end = line_around(text, at)
            match = MARKER.match(text, start)
            lead = _LEAD.match(text, match.end(), end) if match else None
            if lead and lead["plain"]:
                yield at
            at = text.find(name, end)


def _claim(page: Page, lines: Lines, line: Line, owners: dict[int, _Owner]) -> Claim | None:
    match = _LEAD.match(page.text, line.body, line.end)
    if match is None or not (match["inner"] or match["outer"] or match["plain"]):
        return None
    if match["plain"] and not line.is_item:
        return None
    written = (match["name"] or match["plain"]).strip()
    title = parse_title(written)
    term = find_term(page.vocabulary, written, "dimension") or find_term(page.vocabulary, title.name, "dimension")
    if term is None:
        return None
    subject, year = owners[line.start] = _owner(page, lines, line, owners)
    if subject is None:
        return None
    around = Span(match.end(), line.end)
    words = page.glass.words(*around)
    reading = leading_value(words, term)
    if reading is None or not _is_value(words, reading, subject, line):
        return None
    return page.claim(
        words.span(*reading.span),
        ClaimSource.LIST,
        subject,
        Named(written, term.id),
        reading.value,
        joined(title.aside, " ".join(reading.scope.split())),
        reading.year or title.year or year,
        around,
    )


def _is_value(words: Words, reading: Reading, subject: Subject, line: Line) -> bool:
    """Whether an item states a value: a figure where it begins, or a few words of something that is known."""
    value = reading.value
    if value.kind in FIGURES or value.problem:
        return (
            value.problem != "several-figures"
            and is_near_start(words, reading)
            and bool(subject.id or not value.problem)
        )
    if not subject.id or line.is_wrapped or HOLE in words.text:
        return False
    return value.kind is not ValueKind.TEXT or len(value.text) <= _LONGEST_WORDS


def _owner(page: Page, lines: Lines, line: Line, owners: dict[int, _Owner]) -> _Owner:
    """What an item or paragraph is about: what the item above it names, or the line that leads in the list, or the
    section. Nothing where one of them names what cannot be told."""
    depth, is_in_list, year = line.indent, line.is_item, None
    # The owners of items above are known, so that a long list is not walked up for each of its items.
    for above in lines.above(line.start):
        is_outer = above.indent < depth
        if is_in_list and above.is_item and above.indent == depth == line.indent and above.start in owners:
            return owners[above.start]
        if is_in_list and (above.indent >= depth if above.is_item else above.indent > 0 and not is_outer):
            continue
        text = page.glass.words(above.body, above.end).text.strip()
        if not is_outer and (above.is_item or not text.endswith(_COLONS)):
            break
        naming = read_heading(text.rstrip("：: "), page.vocabulary)
        if not naming.is_open:
            return _Owner(naming.subject, year or _year_in(text))
        year = year or _year_in(text)
        depth, is_in_list = min(depth, above.indent), above.is_item and is_outer
    return _Owner(page.sections.subject_at(line.start), year)


def _year_in(text: str) -> int | None:
    """The one year that a line names."""
    years = set(_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None
