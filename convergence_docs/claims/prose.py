"""Claims of sentences: a figure right behind its dimension, beside the one known subject that can be its owner.

Read are 架构层的收敛度为 95%, 收敛度 100% 的数学层, 能力层是收敛程度最低的一层，收敛度为 60%, and 架构层属于 L3. A
sentence that quotes, doubts, supposes, foretells or tells of the past makes no claim, and neither does one whose owner
is unsure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from convergence_docs.claims.lines import Lines
from convergence_docs.claims.names import SUBJECTS, Names, Naming, find_term, opens_word
from convergence_docs.claims.page import Named, Page
from convergence_docs.claims.subject import Subject, subject_of
from convergence_docs.claims.words import HOLE, Words
from convergence_docs.model.claims.claim import Claim, ClaimSource
from convergence_docs.model.claims.degree import level_dimension
from convergence_docs.model.values.qualifier import qualifiers_after
from convergence_docs.model.values.value import Reading, ValueKind, read_values
from convergence_docs.regex import regex

_SENTENCE = regex(r"[^。！？!?；;]+[。！？!?；;]?")
_DOUBTED = regex(
    r"曾|过去|以前|原来|原本|此前|最初|早期|一度|假设|假定|假如|如果|倘若|若(?!干)|即使|目标|预计|预测|预期|有望|计划|设想|将|有人|有的|据(?:称|说|报|估)|[声宣号]称"
    r"|所谓|常见|误|例如|比如|譬如|要是|除非|并非|似乎|可能|也许|或许|大概|[升降提]至|[升降提高低]到|提升|提高|下降|上升|[“”\"「」『』?？]|(?i:\bif\b|\bwould\b|\bwas\b|\bwere\b)"
)
_LINK = regex(r"\s*(?:也|都|均|同样|依次|已经?|确|就)?\s*(?:约?[为是]|达到?|高达|仅为|只有|记为|等于|[:：=])?\s*")
_GLUE = regex(
    r"\s*(?:[（(][^（()）]{0,40}[)）])?\s*(?:[:：]|的|在(?P<scope>[^，,。；、：]{1,20}?)[中里内]?的)?\s*(?:整体|总体|综合|平均|当前|目前)?(?:的)?\s*"
)
_TOPIC = regex(r"\s*(?:收敛)?\s*(?:是|为|属于|处于|位于|已|高度|部分|完全|初步|尚未|未|接近|仍|只|居于|达到)")
_OPENING = regex(r"[\s，,：:]*(?:因此|所以|总之|可见|其中|而|但|不过|同时|另外|此外|例外的是)?[，,\s]*")
_JOINED = regex(r"(?:[、/／和与及跟同或]|以及|vs\.?)\s*$")
_LISTED = regex(r"\s*(?:[、/／~～→–—-]|和|与|及|至|到|或|->)\s*[约近]?[\d★<>]")
_CHAIN = regex(r"\s*[，,、]?\s*(?:且|而且|并且|同时|和)?(?:其|它的)?\s*")
_DENIED = regex(r"[不未没非无]")
_YEAR = regex(r"(?<!\d)((?:19|20)\d\d)\s?年")
_VERBS = ("属于", "处于", "位于")
_BELONGS = regex(r"(?<![不未非])(?:属于|处于|位于)\s*")
_FIGURE_BEFORE = regex(
    r"\s*(?:的?收敛度)?(?:约?[为是])?\s*[<>≥≤]?\s*\d{1,3}(?:\.\d+)?\s*[%％]?(?:以上)?[，,]?(?:因此|所以|因而|故|恰|正)?\s*"
)
_LONGEST_TOPIC = 60
_UNREADABLE = ("double-sign", "reversed-range", "over-100", "too-many-stars", "too-few-stars", "contradictory-bounds")
"""Problems of a figure that surely is meant as one."""
_KINDS = {"percentage": ValueKind.PERCENTAGE, "rating": ValueKind.RATING}


class _Found(NamedTuple):
    """A figure behind its dimension: where the naming of the dimension begins, and what it says."""

    start: int
    dimension: Named
    reading: Reading


class _Sentence(NamedTuple):
    """A sentence with the subjects that it names."""

    words: Words
    start: int
    text: str
    subjects: Sequence[Naming]


def prose_claims(page: Page, lines: Lines) -> Iterator[Claim]:
    """The claims of a chapter's sentences; none without a vocabulary."""
    names = page.names
    if names is None:
        return
    seen: set[int] = set()
    for offset in _candidates(page, names):
        line = lines.at(offset)
        if line is None or line.start in seen:
            continue
        seen.add(line.start)
        words = page.glass.words(line.body, line.end)
        for match in _SENTENCE.finditer(words.text):
            if _DOUBTED.search(match[0]) is None:
                subjects = tuple(names.subjects.find(match[0]))
                if subjects:
                    yield from _sentence_claims(page, _Sentence(words, match.start(), match[0], subjects))


def _candidates(page: Page, names: Names) -> Iterator[int]:
    """Places where a dimension is named, or where something is said to belong to a level."""
    has_levels = page.vocabulary is not None and level_dimension(page.vocabulary) is not None
    for word in (*names.counted, *(_VERBS if has_levels else ())):
        at = page.text.find(word)
        while at >= 0:
            yield at
            at = page.text.find(word, at + 1)


def _sentence_claims(page: Page, sentence: _Sentence) -> Iterator[Claim]:
    years = {int(year) for year in _YEAR.findall(sentence.text)}
    if len(years) > 1:
        return
    subject: Subject | None = None
    scope, end = "", 0
    for found in sorted((*_figures(page, sentence), *_steps(page, sentence.text)), key=lambda one: one.reading.span):
        owner = _owner(page, sentence, found)
        if owner is None and subject is not None and _CHAIN.fullmatch(sentence.text, end, found.start):
            owner = (subject, scope)
        if owner is None:
            subject = None
            continue
        (subject, scope), reading = owner, found.reading
        end = qualifiers_after(sentence.text, reading.span.end).end
        before = {int(year) for year in _YEAR.findall(sentence.text[: reading.span.start])}
        if reading.year is None and before != years:
            continue
        first, last = sentence.start + reading.span.start, sentence.start + reading.span.end
        yield page.claim(
            sentence.words.span(first, last),
            ClaimSource.PROSE,
            subject,
            found.dimension,
            reading.value,
            reading.scope or scope,
            reading.year or next(iter(years), None),
            sentence.words.span(sentence.start, sentence.start + len(sentence.text)),
        )


def _figures(page: Page, sentence: _Sentence) -> Iterator[_Found]:
    """Figures that stand right behind the dimension that they are of."""
    assert page.names is not None
    text = sentence.text
    ends = {end for one in sentence.subjects for end in range(one.start + 2, one.end + 1)}
    dimensions = [
        one
        for one in page.names.dimensions.find_within(text)
        if one.term.scale in _KINDS and (one.start in ends or opens_word(text, one))
    ]
    if not dimensions:
        return
    for reading in read_values(text):
        named = next((one for one in reversed(dimensions) if one.end <= reading.span.start), None)
        if named is None or not _LINK.fullmatch(text, named.end, reading.span.start):
            continue
        reading = next(
            (one for one in read_values(text, 0, named.term) if one.span.start == reading.span.start), reading
        )
        value = reading.value
        fits = value.kind is _KINDS[named.term.scale] or value.problem in _UNREADABLE
        if fits and not value.is_change and not _LISTED.match(text, qualifiers_after(text, reading.span.end).end):
            yield _Found(named.start, Named(text[named.start : named.end], named.term.id), reading)


def _steps(page: Page, text: str) -> Iterator[_Found]:
    """Levels that something is said to belong to."""
    term = level_dimension(page.vocabulary) if page.vocabulary else None
    if term is None or page.names is None:
        return
    for named in page.names.levels.find(text):
        verb = next((one for one in _BELONGS.finditer(text, 0, named.start) if one.end() == named.start), None)
        if verb is None or _LISTED.match(text, named.end):
            continue
        for reading in read_values(text[named.start : named.end], named.start, term):
            if reading.value.kind is ValueKind.ORDINAL:
                yield _Found(verb.start(), Named(term.name, term.id), reading)


def _owner(page: Page, sentence: _Sentence, found: _Found) -> tuple[Subject, str] | None:
    """Of what a figure is, and within which limits; ``None`` where that is unsure."""
    text = sentence.text
    end = qualifiers_after(text, found.reading.span.end).end
    behind = re.compile(r"\s*的\s*").match(text, end)
    if behind is not None and found.reading.value.kind is not ValueKind.ORDINAL:
        after = next((one for one in sentence.subjects if one.start == behind.end()), None)
        if after is None or text[after.end : after.end + 1].isalnum():
            return None
        return subject_of(after.term, text[after.start : after.end]), ""
    before = [one for one in sentence.subjects if one.start < found.start]
    if not before or _JOINED.search(text[: before[-1].start]):
        return None
    return _beside(page, text, before[-1], found) or _topic(text, before, found)


def _beside(page: Page, text: str, named: Naming, found: _Found) -> tuple[Subject, str] | None:
    """The subject that stands right before the dimension."""
    if named.end > found.start:  # 架构层收敛度 is 架构层, not 架构层收敛
        term = find_term(page.vocabulary, text[named.start : found.start], *SUBJECTS)
        return (subject_of(term, text[named.start : found.start]), "") if term else None
    glue = _GLUE.fullmatch(text, named.end, found.start)
    if glue is None and not (
        found.reading.value.kind is ValueKind.ORDINAL and _FIGURE_BEFORE.fullmatch(text, named.end, found.start)
    ):
        return None
    scope = glue["scope"] if glue else ""
    return subject_of(named.term, text[named.start : named.end]), scope or ""


def _topic(text: str, before: Sequence[Naming], found: _Found) -> tuple[Subject, str] | None:
    """The subject that the sentence opens with and then speaks of."""
    first = before[0]
    if any(one.term.id != first.term.id for one in before) or not _OPENING.fullmatch(text, 0, first.start):
        return None
    between = text[first.end : found.start]
    if len(between) > _LONGEST_TOPIC or HOLE in between or not _TOPIC.match(between):
        return None
    pause = max(between.rfind(mark) for mark in "，,：:")
    clause = text[first.end + pause + 1 : found.reading.span.start]
    if pause < 0 or text[first.end + pause + 1 : found.start].strip() or _DENIED.search(clause):
        return None
    return subject_of(first.term, text[first.start : first.end]), ""
