"""Claims of sentences, and the sentences that make none."""

from __future__ import annotations

import pytest

from convergence_docs.model.claims.claim import ClaimSource
from tests.claims.facts import claims_of, facts


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("地基层的收敛度为 95%。", ["layer:ground | degree = 95%"]),
        ("地基层收敛度约 95%，墙体层的收敛度是 40%。", ["layer:ground | degree = 约 95%", "layer:wall | degree = 40%"]),
        ("[地基层](a%20b.md)的收敛度达到 95%以上（新房）。", ["layer:ground | degree = 95%以上 (新房)"]),
        ("1. **地基层收敛是最整齐的一层**：收敛度 95%", ["layer:ground | degree = 95%"]),
        (
            "墙体层是三层中最散的一层，收敛度为 40%，采用率 30%。",
            ["layer:wall | degree = 40%", "layer:wall | adoption = 30%"],
        ),
        ("最整齐的是收敛度 95% 的地基层。", ["layer:ground | degree = 95%"]),
        ("在 2024 年，地基层的收敛度为 90%。", ["layer:ground | degree = 90% @2024"]),
        ("地基层属于 L1，墙体层属于 L0。", ["layer:ground | level = L1", "layer:wall | level = L0"]),
        ("地基层 95% 属于 L1 的上沿。", ["layer:ground | level = L1"]),
        ("红砖在新房中的采用率为 90%。", ["technology:brick | adoption = 90% (新房)"]),
        ("而地基层的确定性为 ★★★★☆。", ["layer:ground | certainty = ★★★★☆"]),
        ("地基层的收敛度为九成五。", ["layer:ground | degree = 九成五"]),
        ("地基层的收敛度为 95%%。", ["layer:ground | degree = 95%% !double-sign"]),
        ("地基层的收敛度为 70-50%。", ["layer:ground | degree = 70-50% !reversed-range"]),
        ("地基层的收敛度为 150%。", ["layer:ground | degree = 150% !over-100"]),
        ("地基层\n的收敛度为 95%。", ["layer:ground | degree = 95%"]),
    ],
)
def test_sentences_that_state(sentence: str, expected: list[str]) -> None:
    assert facts(f"# 房屋\n\n{sentence}\n") == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "收敛度为 95%。",
        "整层的收敛度为 95%。",
        "地基层与墙体层的收敛度为 95%。",
        "地基层和墙体层的收敛度分别为 95%、40%。",
        "地基层的收敛度为 95%、40%。",
        "地基层曾被认为收敛度为 95%。",
        "据称地基层的收敛度为 95%。",
        "如果地基层的收敛度为 95%，就可以停工。",
        "“地基层的收敛度为 95%”这句话不对。",
        "地基层的收敛度由 40% 升到 95%。",
        "地基层的收敛度提升 30%。",
        "地基层的收敛度不是 95%。",
        "地基层的收敛度为 95%吗？",
        "预计地基层的收敛度为 95%。",
        "2020 年到 2024 年，地基层的收敛度为 95%。",
        "地基层依靠红砖，采用率为 95%。",
        "地基层依靠竹筋，采用率为 95%。",
        "深地基层的收敛度为 95%。",
        "墙体层次的收敛度为 95%。",
        "地基层的系统中收敛度为 95%。",
        "地基层的收敛度为 95% 的说法。",
        "地基层不属于 L1。",
        "地基层的收敛度为 `95%`。",
        "地基层的收敛度为 $95\\%$。",
        "地基层的收敛度为 ~~95%~~。",
        "地基层比墙体层的收敛度高 95%。",
        "> 地基层的收敛度为 95%。",
        "    地基层的收敛度为 95%。",
        "<p>地基层的收敛度为 95%。</p>",
        "<!-- 地基层的收敛度为 95%。 -->",
        "[a]: https://example.org/ '地基层的收敛度为 95%'",
        "[^a]: 地基层的收敛度为 95%。",
        "地基层的收敛度见 <https://example.org/收敛度95%>。",
        "### 地基层的收敛度为 95%",
    ],
)
def test_sentences_whose_claim_is_unsure_make_none(sentence: str) -> None:
    assert facts(f"# 房屋\n\n正文。\n\n{sentence}\n") == []


def test_what_is_cited_is_the_reference() -> None:
    (claim,) = claims_of("# 房屋\n\n墙体层很散[^b]。地基层的收敛度为 95%[^a]。\n\n[^a]: 书\n[^b]: 信\n")
    assert (claim.source, claim.reference) == (ClaimSource.PROSE, "a")
