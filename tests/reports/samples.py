"""Findings made by hand, for tests of the reports."""

from __future__ import annotations

from typing import Any

from convergence_docs.diagnostic import (
    Change,
    Edit,
    Figure,
    Figures,
    Finding,
    Fix,
    Place,
    Report,
    RuleInfo,
    Severity,
    Wording,
)
from convergence_docs.text import Span

MISSING = RuleInfo(
    "LNK001",
    "missing-file",
    Severity.ERROR,
    Wording("A link leads to a file that does not exist.", "链接指向不存在的文件。"),
    "A link leads to a file that does not exist. | 链接指向不存在的文件。",
)


def make_finding(excerpt: str, column: int, end_column: int, **changed: Any) -> Finding:
    """A finding on line 12 of ``docs/甲.md``."""
    fields: dict[str, Any] = {
        "path": "docs/甲.md",
        "line": 12,
        "column": column,
        "end_line": 12,
        "end_column": end_column,
        "code": MISSING.code,
        "name": MISSING.name,
        "severity": MISSING.severity,
        "message": Wording("There is no file 'b.md'.", "文件 b.md 不存在。"),
        "hint": Wording("Did you mean 'c.md'?", "是否应为 c.md？"),
        "excerpt": excerpt,
    }
    return Finding(**{**fields, **changed})


def make_report(*findings: Finding, **changed: Any) -> Report:
    """A report of two chapters."""
    return Report(**{"findings": findings, "chapters": 2, **changed})


LINK = make_finding("- 见 [乙章](b.md)。", 10, 14)
DUPLICATE = make_finding(
    "## 七、影响",
    4,
    6,
    line=40,
    end_line=40,
    code="NUM001",
    name="duplicate-number",
    severity=Severity.WARNING,
    message=Wording("七、 is used twice.", "编号“七、”重复。"),
    hint=Wording("", ""),
    related=(Place("docs/甲.md", 30, 4, 30, 6, Wording("First used here.", "首次出现在这里。")),),
    fix=Fix((Edit("docs/甲.md", Span(400, 402), "八、"),), safe=True),
    changes=(Change("docs/甲.md", 40, 4, 40, 6, "八、"),),
)
SPANNING = make_finding("| 甲 |", 1, 3, end_line=14, severity=Severity.NOTICE)
DISPUTED = make_finding(
    "| 架构层 | 95% |",
    9,
    12,
    line=50,
    end_line=50,
    code="CLM001",
    name="contradicting-values",
    message=Wording("95% here, above 96% elsewhere.", "此处为 95%，另一处为 96%以上。"),
    hint=Wording("", ""),
    related=(Place("docs/乙.md", 7, 1, 7, 6, Wording("Stated here.", "另一处。")),),
    data=Figures(
        subject="架构层",
        subject_id="layer:architectural",
        dimension="收敛度",
        dimension_id="convergence-degree",
        values=(
            Figure("95%", "percentage", 95.0, 95.0, False, False, "", "", None),
            Figure("96%以上", "percentage", 96.0, None, False, False, "", "开源模型", 2025),
        ),
    ),
)
EVERYTHING = make_report(
    LINK, SPANNING, DUPLICATE, unverified=(Wording("The plugin 'x' may add anchors.", "插件 x 可能添加锚点。"),)
)
