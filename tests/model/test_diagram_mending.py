"""Mending a block: edits are exact, and nothing is offered that Mermaid does not accept or that says another thing."""

from __future__ import annotations

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.model.diagrams.diagram import Diagram
from convergence_docs.model.diagrams.draft import Draft, Patch
from convergence_docs.model.diagrams.mending import mend
from convergence_docs.model.diagrams.reading import Complaint, Reading
from convergence_docs.text import Span
from tests.growth import assert_quick

TEXT = "pie\n    架构层 : 95"
REFUSED = Complaint("unexpected character", 2, 5, 6, "架", ())
MEANT = Diagram(Span(0, 0), "pie", (), (), ())


def answer(complaint: Complaint | None, *labels: str) -> Reading:
    return Reading("pie", "", "", "", labels, None, complaint, "")


def applied(text: str, patches: tuple[Patch, ...]) -> str:
    for start, end, replacement in sorted(patches, reverse=True):
        text = text[:start] + replacement + text[end:]
    return text


@given(
    st.text("ab\n", max_size=12), st.lists(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3), st.text("xy"))))
)
def test_the_edits_of_a_draft_make_its_text(text: str, rounds: list[list[tuple[int, int, str]]]) -> None:
    draft = Draft(text)
    for patches in rounds:
        size = len(draft.text)
        draft = draft.patched(Patch(min(at, size), min(at + length, size), words) for at, length, words in patches)
    assert applied(text, draft.edits(len(text))) == draft.text


def test_what_is_accepted_and_says_the_same_is_offered() -> None:
    mending = mend(TEXT, REFUSED, MEANT, lambda _: answer(None, "架构层"))
    assert applied(TEXT, mending.patches) == 'pie\n    "架构层" : 95'
    assert mending.is_sure


def test_what_is_refused_again_is_not() -> None:
    assert mend(TEXT, REFUSED, MEANT, lambda _: answer(REFUSED)).patches == ()


def test_what_shows_other_words_is_not() -> None:
    mending = mend(TEXT, REFUSED, MEANT, lambda _: answer(None, "别的"))
    assert mending.patches == ()
    assert [fault.cause for fault in mending.faults] == ["slice"], "the cause is told nevertheless"


def test_what_nobody_can_read_or_is_past_a_limit_is_not() -> None:
    assert mend(TEXT, REFUSED, MEANT, lambda _: None).patches == ()
    assert mend(TEXT, REFUSED, MEANT, lambda _: answer(None, "架构层")._replace(limit="seconds")).patches == ()


def test_hostile_text_takes_no_time() -> None:
    """Pieces that could be the beginning of anything, in lines and in one line."""
    flowchart = MEANT._replace(kind="graph")
    for piece in ("A[(", "A -- ", "a b ", "\u2014", "A|", "A\uff08", '"', "[ ", "A: ", "subgraph ", "A<--", "A->"):
        for text in (f"graph TD\n{piece * 6000}", "graph TD\n" + f"{piece * 60}\n" * 60):
            assert_quick(partial(mend, text, REFUSED, flowchart, lambda _: answer(REFUSED)), 3)
