"""Disputes, as laws over any ledger."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.model.book import Book, Entry, Site
from convergence_docs.model.claims.claim import Claim, ClaimSource
from convergence_docs.model.claims.dispute import accounts, contradict, disputes
from convergence_docs.model.claims.ledger import Statement
from convergence_docs.model.values.quantity import Interval
from convergence_docs.model.values.value import Value, ValueKind
from convergence_docs.text import Span

claims = st.builds(
    lambda low, width, scope, year, source: Claim(
        span=Span(0, 1),
        source=source,
        subject="架构层",
        subject_id="layer:a",
        dimension="采用率",
        dimension_id="adoption",
        value=Value(ValueKind.PERCENTAGE, f"{low}%", Interval(low, low + width)),
        scope=scope,
        year=year,
    ),
    st.sampled_from([10.0, 50.0, 90.0]),
    st.sampled_from([0.0, 40.0]),
    st.sampled_from(["", "新产品"]),
    st.sampled_from([None, 2021]),
    st.sampled_from([ClaimSource.TABLE, ClaimSource.PROSE]),
)
books = st.lists(st.lists(claims, max_size=4), min_size=1, max_size=4)


def book_of(chapters: list[list[Claim]], home: int) -> Book:
    """A book in which the chapter at ``home`` is about the subject, if there is one."""
    entries = {}
    for at, stated in enumerate(chapters):
        placed = tuple(claim._replace(span=Span(10 * place, 10 * place + 3)) for place, claim in enumerate(stated))
        topic = "layer:a" if at == home else ""
        path = f"{at}.md"
        entries[path] = Entry(path, path, "", None, (), (), (), (), (), claims=placed, topic=topic)
    return Book(entries=entries, site=Site(files=frozenset(entries)))


@given(books, st.integers(0, 4))
def test_each_place_is_told_once_and_against_what_it_contradicts(chapters: list[list[Claim]], home: int) -> None:
    told: list[Statement] = []
    for dispute in book_of(chapters, home).derive(disputes):
        assert dispute.differing
        for statement in dispute.differing:
            assert contradict(statement.claim.value, dispute.counted.claim.value)
            told.append(statement)
    places = [(one.path, one.claim.span) for one in told]
    assert len(places) == len(set(places))


@given(books, st.integers(0, 4))
def test_what_contradicts_does_not_pass_in_silence(chapters: list[list[Claim]], home: int) -> None:
    book = book_of(chapters, home)
    told = {(one.path, one.claim.span) for dispute in book.derive(disputes) for one in dispute.differing}
    for account in book.derive(accounts):
        for one in account.statements:
            if contradict(one.claim.value, account.reference.claim.value):
                assert told & {(each.path, each.claim.span) for each in (one, account.reference)}


@given(st.lists(claims, max_size=6), st.integers(0, 4))
def test_agreement_is_silent(stated: list[Claim], home: int) -> None:
    same = [claim._replace(value=Value(ValueKind.PERCENTAGE, "95%", Interval(95, 95))) for claim in stated]
    assert book_of([same[:3], same[3:]], home).derive(disputes) == ()
