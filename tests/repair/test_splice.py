"""Edits to bytes: what no edit covers stays, byte for byte; what is written reads as it was meant."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from convergence_docs.diagnostic import Edit, Fix
from convergence_docs.repair import Shift, choose, splice
from convergence_docs.text import Span, decode

PIECES = st.sampled_from(
    ["a", "架", "構造", "\U0001f600", "é", "\n", "\r\n", "\r", " ", "|", "\u2028", "\ufeff", "\x0b"]
)
FILES = st.builds(
    lambda bom, pieces: (b"\xef\xbb\xbf" if bom else b"") + "".join(pieces).encode(),
    st.booleans(),
    st.lists(PIECES, max_size=30),
)


@st.composite
def files_and_edits(draw: st.DrawFn) -> tuple[bytes, list[Edit]]:
    """A file and edits of it that do not overlap."""
    data = draw(FILES)
    text = decode(data, "x.md").text
    places = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=8)))
    words = st.text("ab架\n", max_size=4)
    edits = [Edit("x.md", Span(a, b), draw(words)) for a, b in zip(places[::2], places[1::2], strict=False)]
    return data, [edit for edit in edits if choose([Fix(tuple(edits), True)])]


def applied(text: str, edits: list[Edit]) -> str:
    """The obvious way, on text."""
    for edit in sorted(set(edits), key=lambda one: one.span, reverse=True):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text


@given(files_and_edits())
def test_the_text_is_what_the_edits_say(case: tuple[bytes, list[Edit]]) -> None:
    data, edits = case
    after = applied(decode(data, "x.md").text, edits)
    if b"\r" in data or after.startswith("\ufeff"):
        try:
            assert decode(splice(data, edits), "x.md").text == after
        except ValueError:  # it would read otherwise: refused
            assume(False)
    else:
        assert decode(splice(data, edits), "x.md").text == after


@given(files_and_edits())
def test_bytes_outside_edits_stay(case: tuple[bytes, list[Edit]]) -> None:
    data, edits = case
    kept = Shift([])
    assert kept.new(3) == 3
    marked = [edit._replace(replacement="\x01") for edit in edits]
    try:
        pieces = splice(data, marked).split(b"\x01")
    except ValueError:
        assume(False)
    at = 0
    for piece in pieces:
        at = data.index(piece, at) + len(piece)
    assert data.startswith(pieces[0])
    assert data.endswith(pieces[-1])
    assert sum(map(len, pieces)) + len(b"".join(_covered(data, edits))) == len(data)


def _covered(data: bytes, edits: list[Edit]) -> list[bytes]:
    """The bytes that the edits cover, worked out character by character."""
    offsets, at = [], 3 if data.startswith(b"\xef\xbb\xbf") else 0
    raw = data[at:].decode()
    index = 0
    while index < len(raw):
        offsets.append(at)
        step = 2 if raw[index : index + 2] == "\r\n" else 1
        at += len(raw[index : index + step].encode())
        index += step
    offsets.append(at)
    return [data[offsets[edit.span.start] : offsets[edit.span.end]] for edit in edits]


@given(FILES)
def test_without_edits_nothing_changes(data: bytes) -> None:
    assert splice(data, []) == data


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a\r\nb\r\n", b"a\r\nx\r\ny\r\n"),
        (b"a\nb\r\n", b"a\nx\r\ny\r\n"),
        (b"a\rb", b"a\rx\ry"),
        (b"\xef\xbb\xbfa\nb", b"\xef\xbb\xbfa\nx\ny"),
        (b"ab", b"ax\ny"),
    ],
    ids=["crlf", "mixed", "cr without a last one", "bom", "none at all"],
)
def test_new_lines_end_as_their_neighbours_do(data: bytes, expected: bytes) -> None:
    at = decode(data, "x.md").text.index("b")
    assert splice(data, [Edit("x.md", Span(at, at + 1), "x\ny")]) == expected


@pytest.mark.parametrize(
    "spans", [[(0, 2), (1, 3)], [(0, 9)], [(-1, 1)], [(2, 1)]], ids=["overlap", "too far", "before", "backwards"]
)
def test_nonsense_is_refused(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="edit"):
        splice(b"abc\n", [Edit("x.md", Span(*span), "-") for span in spans])


def test_line_ends_never_run_together() -> None:
    with pytest.raises(ValueError, match="line ends"):
        splice(b"a\rb\nc", [Edit("x.md", Span(2, 3), "")])


def fix(*edits: tuple[int, int, str], path: str = "x.md") -> Fix:
    return Fix(tuple(Edit(path, Span(start, end), words) for start, end, words in edits), True)


@pytest.mark.parametrize(
    ("fixes", "chosen"),
    [
        ([fix((0, 3, "a")), fix((2, 4, "b"))], (0,)),
        ([fix((0, 3, "a")), fix((3, 4, "b"))], (0, 1)),
        ([fix((0, 3, "a")), fix((0, 3, "a"))], (0, 1)),
        ([fix((0, 3, "a")), fix((0, 3, "b"))], (0,)),
        ([fix((5, 5, "a")), fix((5, 5, "b"))], (0,)),
        ([fix((5, 5, "a")), fix((5, 5, "a"))], (0, 1)),
        ([fix((4, 6, "a")), fix((5, 5, "b"))], (0,)),
        ([fix((5, 5, "a")), fix((5, 8, "b")), fix((6, 6, "c"))], (0, 1)),
        ([fix((0, 1, "a"), (8, 9, "c")), fix((8, 9, "b"), (20, 21, "d")), fix((20, 22, "e"))], (0, 2)),
        ([fix((0, 3, "a"), (2, 4, "b")), fix((0, 1, "c"))], (1,)),
        ([fix((0, 3, "a")), fix((0, 3, "b"), path="y.md")], (0, 1)),
        ([fix()], ()),
    ],
)
def test_conflicting_fixes_are_taken_whole_or_not_at_all(fixes: list[Fix], chosen: tuple[int, ...]) -> None:
    assert choose(fixes) == chosen


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4), st.sampled_from("ab")), max_size=3), max_size=9)
)
def test_what_is_chosen_can_be_applied(drafts: list[list[tuple[int, int, str]]]) -> None:
    fixes = [fix(*((start, start + length, words) for start, length, words in draft)) for draft in drafts]
    chosen = choose(fixes)
    edits = {edit for index in chosen for edit in fixes[index].edits}
    text = "0123456789abcdefgh"
    assert decode(splice(text.encode(), edits), "x.md").text == applied(text, list(edits))
    for index in set(range(len(fixes))) - set(chosen):
        earlier = [fixes[one] for one in chosen if one < index]
        assert len(choose([*earlier, fixes[index]])) == len(earlier), "it would have fitted"


@given(files_and_edits(), st.data())
def test_places_go_there_and_back(case: tuple[bytes, list[Edit]], data: st.DataObject) -> None:
    raw, edits = case
    text = decode(raw, "x.md").text
    shift = Shift(edits)
    offset = data.draw(st.integers(0, len(text)))
    assume(not any(edit.span.start <= offset <= edit.span.end for edit in edits))
    assert shift.old(shift.new(offset)) == offset
    after = applied(text, edits)
    assert after[shift.new(offset) :][:1] == text[offset:][:1]
