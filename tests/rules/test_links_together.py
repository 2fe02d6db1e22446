"""All link and image rules at once: one cause makes one finding, and two only where both must be mended."""

from __future__ import annotations

import pytest

from convergence_docs.rules import discover
from tests.worlds import findings

CODES = [rule.code for rule in discover() if rule.code[:3] in ("LNK", "IMG")]
FILES = {
    "part/other.md": "# Other\n\n## 七、核心结论\n",
    "part/03.2.1-数学层收敛.md": "# 03.2.1 数学层收敛\n",
    "part/with space.md": "# x\n",
    "map.md": "# Map\n",
    "img/map.svg": "",
}


@pytest.mark.parametrize(
    ("markdown", "codes"),
    [
        ("[x](other.md#七核心结论)", []),
        ("[x](gone.md)", ["LNK001"]),
        ("[x](gone.md#gone)", ["LNK001"]),
        ("[x](03.2.1-数学层.md)", ["LNK001"]),
        ("[x](other.md#gone)", ["LNK002"]),
        ("[x](#gone)", ["LNK002"]),
        ("[x](Other.md#gone)", ["LNK003"]),
        ("[x](other.md#other)", []),
        ("[x](other.md#Other)", ["LNK003"]),
        ("[x](map.md)", ["LNK004"]),
        ("[x](../../map.md)", ["LNK004"]),
        ("[x](with space.md)", ["LNK005"]),
        ("[x](gone space.md)", ["LNK001", "LNK005"]),
        ("[x](L4: gone.md)", ["LNK001", "LNK005", "LNK006"]),
        ("[x](a:b.md)", []),  # a scheme of somebody's own
        ("[x](con.md)", ["LNK001", "LNK006"]),
        ("[x](%E4%B8.md)", ["LNK007"]),
        ("[x](#%E4%B8)", ["LNK007"]),
        ("[x](other．md)", ["LNK008"]),
        ("[x]（other.md）", ["LNK008"]),
        ("[x](https://example.com “x y”)", ["LNK008"]),
        ("[x](other.html)", ["LNK009"]),
        ("[x](other)", ["LNK009"]),
        ("[x]()", ["LNK010"]),
        ("![]()", ["LNK010"]),
        ("[x](../../../etc/passwd)", ["LNK011"]),
        ("[x](C:\\x\\y z.md)", ["LNK011"]),
        ("[x][other.md]", ["LNK012"]),
        ("[x][labl]\n\n[label]: other.md", ["LNK012"]),
        ("[x][label]\n\n[label]: gone.md", ["LNK001"]),
        ("[03.2.2 架构层](03.2.1-数学层收敛.md)", ["LNK013"]),
        ("![x](gone.png)", ["IMG001"]),
        ("![x](map.svg)", ["IMG001"]),
        ("![x](../img/map.png)", ["LNK009"]),
        ("![](../img/map.svg)", ["IMG002"]),
        ("[![](../img/map.svg)](gone.md)", ["IMG002", "LNK001"]),
        ("<gone.md>", []),
        ("[i](i,j) [1][2] [Kaplan][Hoffmann] a[i][j] [1]（见附录） ：name@host", []),
        ("[[Page]] [[a|b]] [ ] [x] [TOC][] [^1] [x][] ![[a.png]] [@doe2020] > [!NOTE]", []),
        ("[x](url) [x](TODO) [x](g(x)) [x](b, c) [1](2) [x](tel:+86-10) [x](about:blank)", []),
        ("![CI](../../../workflows/ci/badge.svg) [x](../../../issues/12)", []),
        ("函数 f[i][j]，列表[甲][乙]，见[图1][图2]，[参考文献][1]", []),
        ("<!-- [x](gone.md) -->\n\n```\n[x](gone.md)\n```", []),
        ("`[x](gone.md)` $[x](gone.md)$", []),
    ],
)
def test_one_cause_one_finding(markdown: str, codes: list[str]) -> None:
    found = findings({**FILES, "part/page.md": f"# Page\n\n{markdown}\n"}, select=CODES)
    assert sorted(finding.code for finding in found) == codes, [finding.message.en for finding in found]


def test_every_link_rule_has_its_turn() -> None:
    turns = {code for mark in test_one_cause_one_finding.pytestmark for _, codes in mark.args[1] for code in codes}  # type: ignore[attr-defined]
    assert turns == set(CODES)


def test_safe_fixes_mend_what_they_are_for() -> None:
    page = (
        "[a](03.2.1-数学层.md) [b](Other.md) [c](map.md) [d](with space.md) [e](other.html) "
        "[f](other.md#七、核心结论) [g]（other.md）\n"
    )
    world = {**FILES, "part/page.md": page}
    edits = sorted(
        {edit for one in findings(world, select=CODES) if one.fix and one.fix.safe for edit in one.fix.edits},
        key=lambda edit: edit.span,
        reverse=True,
    )
    assert len(edits) == 7
    for edit in edits:
        page = page[: edit.span.start] + edit.replacement + page[edit.span.end :]
    assert findings({**world, "part/page.md": page}, select=CODES) == []
