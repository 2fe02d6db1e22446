"""What holds for all claims of all texts."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergence_docs.claims import extract_claims
from convergence_docs.claims.words import Glass
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.parse import parse_chapter
from convergence_docs.parse.vocabulary import parse_vocabulary
from convergence_docs.text import SourceText, decode
from tests.claims.facts import VOCABULARY, claims_of
from tests.growth import assert_quick

ROOT = Path(__file__).parents[2]
_PIECES = (
    "# 地基层\n",
    "## 2.1 收敛状态\n",
    "| 维度 | 特征 | 2025 状态 |\n|---|---|---|\n",
    "| 层 | 采用率 |\n|---|---|\n",
    "| 指标 | 甲 |\n|---|---|\n",
    "| **采用率** | 95%以上新房 | ~~70%~~ 80% |\n",
    "| 地基层 | ★★★☆☆ |\n",
    "- **采用率**：100%（所有新房）\n",
    "  - **确定性**：★★★★★\n",
    "地基层的收敛度为 95%，",
    "墙体层属于 L0。",
    "```mermaid\ngraph TD\nA[地基层<br>收敛度 95%] --> B[收敛度: 9%]\n```\n",
    "```\n",
    "`95%`",
    "$95\\%$",
    "[95%](a%20b.md)",
    "<!-- 95%",
    "-->",
    "<table><tr><td>95%",
    "</table>",
    "**",
    "~~",
    "\\",
    "&lt;95%",
    "<br>",
    "> ",
    "    ",
    "\t",
    "\n",
    "|",
    "（",
    "95％～99％",
)
_TEXTS = st.one_of(st.lists(st.sampled_from(_PIECES), max_size=24).map("".join), st.text(max_size=80))


@settings(max_examples=300)
@given(_TEXTS, st.booleans())
def test_any_text_has_claims_in_order_that_stand_where_they_say(text: str, is_known: bool) -> None:
    source = decode(text.encode("utf-8", "surrogatepass"), "chapter.md")
    vocabulary = VOCABULARY if is_known else None
    found = extract_claims(parse_chapter(source, github=False), vocabulary)
    assert [claim.span for claim in found] == sorted({claim.span for claim in found})
    for claim in found:
        assert source.slice(claim.span) == claim.value.text != ""
        assert claim.subject
        assert claim.dimension
        assert is_known or not (claim.subject_id or claim.dimension_id)
    assert extract_claims(parse_chapter(source, github=False, details=False), vocabulary) == found


@given(_TEXTS)
def test_shown_words_stand_where_they_say(text: str) -> None:
    source = decode(text.encode("utf-8", "surrogatepass"), "chapter.md")
    words = Glass(parse_chapter(source, github=False)).words(0, len(source.text))
    spans = [words.span(at, at + 1) for at in range(len(words.text))]
    assert all(before.end <= after.start for before, after in pairwise(spans))
    plain = [span for span in spans if span.end - span.start == 1]
    assert all(0 <= span.start < span.end <= len(source.text) for span in spans)
    assert len(plain) == len(spans) or "\ufffc" in words.text or "<br>" in text or "&" in text or "\\" in text


def _chapters() -> list[Path]:
    corpora = (ROOT / "docs", ROOT.parent / "shared" / "seeds")
    return sorted(path for root in corpora for path in root.rglob("*.md"))


def _vocabulary() -> Vocabulary:
    return parse_vocabulary((ROOT / "docs" / "vocabulary.yml").read_text(encoding="utf-8"), "vocabulary.yml")


@pytest.mark.parametrize("path", _chapters(), ids=lambda path: path.stem)
def test_a_brief_parse_has_the_same_claims(path: Path) -> None:
    source, vocabulary = decode(path.read_bytes(), path.name), _vocabulary()
    full = extract_claims(parse_chapter(source), vocabulary)
    assert extract_claims(parse_chapter(source, github=False, details=False), vocabulary) == full


def test_the_book_s_own_chapters_state_figures_in_every_kind_of_place() -> None:
    found = [
        claim
        for path in (ROOT / "docs" / "chapters").glob("*.md")
        for claim in extract_claims(parse_chapter(decode(path.read_bytes(), path.name), github=False), _vocabulary())
    ]
    assert {claim.source.value for claim in found} == {"table", "list", "prose", "diagram"}
    assert len(found) > 150


@pytest.mark.parametrize(
    "text",
    [
        "| a | 采用率 |\n|---|---|\n" + "| `" * 3000 + "| 9% |\n",
        "- **采用率**：" + "（" * 20_000 + "95%\n",
        "地基层的收敛度" * 4000 + "95%",
        "<table" * 20_000 + "95%",
        "**采用率**：" * 8000 + "95%",
        "    - **采用率**：95%\n" * 6000,
        "# 地基层\n\n" + "- **采用率**：95%\n" * 6000,
        "95%\n" * 20_000,
        "<del>" * 20_000 + "95%",
        "~~x" * 20_000,
    ],
    ids=["ticks", "brackets", "names", "tags", "bold", "indents", "bullets", "lines", "del", "struck"],
)
def test_hostile_texts_take_time_in_proportion(text: str) -> None:
    source = SourceText("chapter.md", text)
    chapter = parse_chapter(source, github=False, details=False)
    assert_quick(lambda: extract_claims(chapter, VOCABULARY), 5)


def test_known_dimensions_alone_can_be_asked_for() -> None:
    text = (
        "# 红砖\n\n"
        "| 材料 | 采用率 | 损耗 |\n|---|---|---|\n| 瓦 | 9% | 1% |\n\n| 材料 | 损耗 |\n|---|---|\n| 瓦 | 2% |\n"
        "\n| 指标 | 目标值 |\n|---|---|\n| 采用率 | 90% |\n| 损耗率 | 3% |\n\n- **确定性**：★★★★★\n"
    )
    every = claims_of(text)
    source = decode(text.encode(), "chapter.md")
    known = extract_claims(parse_chapter(source, github=False), VOCABULARY, known_only=True)
    assert [claim.value.text for claim in every] == ["9%", "1%", "2%", "90%", "3%", "★★★★★"]
    assert known == tuple(claim for claim in every if claim.dimension_id)


def test_a_text_without_figures_has_no_claims() -> None:
    assert claims_of("# 地基层\n\n没有数字。\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n") == ()
