"""The comment on a pull request: complete where there is room, honest where there is none, no mark-up by others."""

from __future__ import annotations

import re
from dataclasses import replace

from markdown_it import MarkdownIt

from convergence_docs.baseline import make_trace
from convergence_docs.diagnostic import Finding, Report, Severity, Standing, Wording
from convergence_docs.reports.summary import LIMIT, MARK, render_summary
from tests.reports.samples import DUPLICATE, EVERYTHING, LINK, SPANNING, make_report

GITHUB_LIMIT = 65_536
GONE = make_trace("LNK001", "docs/乙.md", ("概述",), "旧.md", 1)
HOSTILE = "@everyone #1 <img src=x onerror=alert(1)> [x](http://evil.example) `a` | b \\| ``` \n\n# 甲"


def text_outside_code(markdown: str) -> str:
    """What a reader of the rendered comment sees, code spans left out, and HTML as it stands."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    parts = []
    for token in tokens:
        if token.type == "html_block":
            parts.append(token.content)
        parts += [child.content for child in token.children or () if child.type not in ("code_inline", "softbreak")]
        parts += [str(child.attrs) for child in token.children or () if child.attrs]
    return "\n".join(parts)


def full_report(findings: tuple[Finding, ...] = EVERYTHING.findings) -> Report:
    return make_report(
        *findings,
        unverified=(Wording("The plugin 'x' may add anchors.", "插件 x 可能添加锚点。"),),
        baseline=Standing(name="convergence-baseline.json", known=(LINK, LINK), mended=(GONE,)),
        base=Standing(name="origin/main (3f2a91c04)", known=(SPANNING,), mended=(GONE,)),
    )


def test_everything_is_told() -> None:
    comment = render_summary(full_report(), "zh", lambda limit: f"变化，至多 {limit}")
    assert comment.startswith(MARK)
    assert "❌ 有 2 个问题需要改正" in comment
    assert "| `LNK001` missing-file | 2 | 1 | 3 |" in comment
    assert "| `NUM001` duplicate-number | 1 |  |  |" in comment
    assert "| `docs/甲.md:12:10` | ❌ `LNK001` | `文件 b.md 不存在。` | `是否应为 c.md？` |" in comment
    assert comment.count("`旧.md`") == 1, "mended by both accounts, told once"
    assert "origin/main (3f2a91c04)" in comment
    assert "变化，至多" in comment
    assert "插件 x 可能添加锚点。" in comment
    assert comment.index("`NUM001` |") < comment.rindex("ℹ️"), "the worst come first"


def test_a_clean_report_says_so() -> None:
    comment = render_summary(make_report(), "en")
    assert "✅ Nothing new to mend" in comment
    assert "<details" not in comment


def test_nothing_that_a_chapter_says_is_mark_up() -> None:
    worst = replace(
        LINK,
        path=f"docs/{HOSTILE}.md",
        message=Wording(HOSTILE, HOSTILE),
        hint=Wording(HOSTILE, HOSTILE),
        name="missing-file",
    )
    trace = make_trace("LNK001", f"{HOSTILE}.md", (HOSTILE,), HOSTILE, 1)
    standing = Standing(name=HOSTILE, known=(), mended=(trace,))
    report = make_report(worst, base=standing, baseline=standing, unverified=(Wording(HOSTILE, HOSTILE),))
    outside = text_outside_code(render_summary(report, "en"))
    for sign in ("@everyone", "#1", "onerror", "evil.example"):
        assert sign not in outside
    control = text_outside_code("| a |\n| --- |\n| @everyone <b>x</b> [x](http://evil.example) |\n")
    assert "@everyone" in control
    assert "evil.example" in control, "the probe sees nothing"


def test_it_stays_below_the_limit_and_counts_what_is_left_out() -> None:
    many = tuple(
        replace(LINK, line=at, message=Wording("长" * 400 + str(at), "长" * 400 + str(at))) for at in range(1, 3000)
    )
    notices = tuple(replace(one, severity=Severity.NOTICE) for one in many)
    gone = tuple(make_trace("LNK001", f"docs/{at}.md", (), "旧" * 100, 1) for at in range(3000))
    report = replace(full_report((*notices, DUPLICATE, *many)), base=Standing(name="main", known=many, mended=gone))
    asked: list[int] = []

    def changes(limit: int) -> str:
        asked.append(limit)
        return "变" * limit

    comment = render_summary(report, "zh", changes)
    assert len(comment) <= LIMIT < GITHUB_LIMIT
    assert asked[0] > LIMIT // 4, "what changed in meaning has its share"
    shown = comment.count("| ❌ `LNK001` |")
    assert 0 < shown < len(many)
    assert int(re.search(r"另有 (\d+) 个未在此列出", comment)[1]) == 2 * len(many) + 1 - shown - comment.count(
        "`NUM001` | `"
    )  # type: ignore[index]
    assert comment.count("<details") == comment.count("</details>")
