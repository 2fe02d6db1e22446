"""Claims of diagram labels, and whose they are."""

from __future__ import annotations

import pytest

from convergence_docs.model.claims.claim import ClaimSource
from tests.claims.facts import claims_of, facts


@pytest.mark.parametrize(
    ("diagram", "expected"),
    [
        pytest.param("A[地基层收敛<br>收敛度 95%] --> B[红砖]", ["layer:ground | degree = 95%"], id="label"),
        pytest.param('A["地基层：收敛度约 95%（新房）"]', ["layer:ground | degree = 约 95% (新房)"], id="quoted"),
        pytest.param("A[红砖] --> B[采用率: 90%]", ["technology:brick | adoption = 90%"], id="fed-by-one"),
        pytest.param(
            "A[地基层<br>收敛度 95%] --> B[红砖]\nA --> C[钢梁]\nB --> D[收敛度: 95%]\nC --> D",
            ["layer:ground | degree = 95%", "layer:ground | degree = 95%"],
            id="all-from-one-that-says-so-too",
        ),
        pytest.param(
            "A[地基层] --> B[红砖]\nA --> C[钢梁]\nB --> D[收敛度: 95%]\nC --> D", [], id="all-from-a-silent-one"
        ),
        pytest.param("B[红砖] --> D[采用率: 95%]\nC[钢梁] --> D", [], id="fed-by-two"),
        pytest.param("A[竹筋] --> B[采用率: 90%]", [], id="fed-by-an-unknown-one"),
        pytest.param("A[L1 一致<br>0.50 < C ≤ 1]", ["level:L1 | degree = 0.50 < C ≤ 1"], id="an-interval"),
        pytest.param("A[采用率: 90%]", [], id="alone"),
        pytest.param("A[地基层的新做法<br>收敛度 95%]", [], id="more-than-a-name"),
        pytest.param("A[地基层<br>收敛度 95%<br>采用率 90%]", [], id="two-figures"),
        pytest.param("A[地基层<br>收敛度 95% 的一半]", [], id="more-behind"),
    ],
)
def test_labels(diagram: str, expected: list[str]) -> None:
    assert facts(f"# 房屋\n\n```mermaid\ngraph TD\n{diagram}\n```\n") == expected


def test_the_place_of_a_label_s_figure() -> None:
    text = "# 房屋\n\n```mermaid\ngraph TD\n    A[地基层<br>收敛度 95%] --> B\n```\n"
    (claim,) = claims_of(text)
    assert claim.source is ClaimSource.DIAGRAM
    assert text[slice(*claim.span)] == "95%"
