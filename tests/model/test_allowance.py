"""Allowances cover what their author points at, and never more."""

from __future__ import annotations

import pytest

from convergence_docs.model.allowance import LAST_LINE, _Coverage, read_allowances
from tests.worlds import chapter

MARK = "<!-- convergence-docs: allow missing-file -- made at build time -->"


def covered(text: str) -> list[tuple[int, int]]:
    return [(one.first_line, one.last_line) for one in read_allowances(chapter(text))]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"# A\n\nfirst {MARK}\nsecond\n", (3, 3)),
        (f"# A\n\n{MARK}\n\nfirst\nsecond\n\nthird\n", (5, 6)),
        (f"# A\n\n{MARK}\nfirst\nsecond\n", (4, 5)),
        (f"# A\n\n{MARK}\n\n| a | b |\n| - | - |\n| 1 |\n\nafter\n", (5, 7)),
        (f"# A\n\n{MARK}\n\n```text\na\n\nb\n```\n\nafter\n", (5, 9)),
        (f"# A\n\n- a {MARK}\n- b\n", (3, 3)),
        (f"# A\n\n> {MARK}\n> a\n> b\n\nc\n", (4, 5)),
        (f"{MARK.replace('allow', 'allow-file')}\n\n# A\n", (1, LAST_LINE)),
    ],
)
def test_lines(text: str, lines: tuple[int, int]) -> None:
    assert covered(text) == [lines]


def test_stacked_allowances_cover_the_same_block() -> None:
    assert covered(f"# A\n\n{MARK}\n\n{MARK}\n{MARK}\n\nfirst\nsecond\n\nthird\n") == [(8, 9)] * 3


def test_nothing_follows() -> None:
    (lines,) = covered(f"# A\n\n{MARK}\n")
    assert lines[0] > 3


@pytest.mark.parametrize(
    ("body", "verb", "rules", "reason"),
    [
        ("convergence-docs: allow LNK001, missing-anchor -- why", "allow", ["LNK001", "missing-anchor"], "why"),
        ("convergence-docs：allow LNK001，LNK002——页面在构建时生成", "allow", ["LNK001", "LNK002"], "页面在构建时生成"),
        ("\n  convergence-docs: allow-file LNK001\n  -- two\n  lines\n", "allow-file", ["LNK001"], "two\n  lines"),
        ("convergence-docs: allow LNK001", "allow", ["LNK001"], ""),
        ("convergence-docs: allow LNK001 --", "allow", ["LNK001"], ""),
        ("convergence-docs: ignore x", "ignore", ["x"], ""),
        ("convergence-docs", "", [], ""),
        ("convergence-docs: allow -- why", "allow", [], "why"),
    ],
)
def test_words(body: str, verb: str, rules: list[str], reason: str) -> None:
    text = f"# A\n\n<!-- {body} -->\n"
    (one,) = read_allowances(chapter(text))
    assert (one.verb, [word.text for word in one.rules], one.reason) == (verb, rules, reason)
    assert all(text[slice(*word.span)] == word.text for word in one.rules)


def test_each_line_is_looked_at_a_few_times_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0
    is_blank = _Coverage._is_blank

    def counting(self: _Coverage, line: int) -> bool:
        nonlocal looked_at
        looked_at += 1
        return is_blank(self, line)

    monkeypatch.setattr(_Coverage, "_is_blank", counting)
    book = chapter(f"{MARK}\ntext\n" * 300 + f"{MARK}\n" * 300 + f"\n{MARK}\n\n" * 300)
    assert len(read_allowances(book)) == 900
    assert 0 < looked_at <= 3 * len(book.source.line_starts)
