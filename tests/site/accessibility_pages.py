"""A site with everything that Markdown, its extensions and the theme put on a page, to be judged by axe and by keys."""

from __future__ import annotations

from pathlib import Path

from tests.site.conftest import ROOT, without_nav
from tests.site.diagram_pages import BROKEN, FLOW, FORMULA, PIE, STATE, WIDE

ADMONITIONS = (
    "note", "abstract", "info", "tip", "success", "question", "warning", "failure", "danger", "bug", "example", "quote",
)  # fmt: skip
CODE = {
    "python": '@decorator\nclass 甲(Base):\n    """说明"""\n    x: int = 0x1F  # 注释\n'
    '    def f(self, *a):\n        return f"{a!r}\\n", None, re.compile(r"\\d+")',
    "bash": '#!/bin/sh\nfor f in *.md; do echo "$f" | sed s/a/b/ >> "${OUT:-x}"; done  # 注释',
    "console": "$ convergence-docs check --format json\ndocs/a.md:1:1: 错误\n",
    "yaml": "键: [1, true, null]  # 注释\nanchor: &a\n  - !!python/name:x.y *a\n",
    "json": '{"a": [1, 2.5, true, null, "文"]}',
    "html": "<!-- 注释 --><p class='x' data-a=\"1\">文 &amp; 字</p>",
    "css": ".a > #b::before { color: #fff !important; margin: 1px } /* 注释 */",
    "js": "const a = `模板 ${b}`; /* 注释 */ async function* f(x = 1) { return /re+/g.test(x) && null }",
    "toml": '[a.b]\nx = "文"\ny = 2026-01-01\n',
    "diff": "--- a\n+++ b\n@@ -1 +1 @@\n-旧\n+新\n",
    "markdown": "# 标题\n\n**粗** *斜* `码` [链接](a.md)\n\n- 一\n> 引\n",
    "c": "#include <a.h>\n#define N 3\nint main(void) { char c = 'x'; goto e; e: return N * 2L; }",
    "sql": "SELECT a, COUNT(*) FROM t WHERE b = 'x' -- 注释\n",
}
LONG_WORD = "https://example.org/" + "a-very-long-path-without-any-break/" * 6
KINDS = "\n\n".join(
    [
        "# 各种内容\n\n去[客户端画的图](client.md)。脚注[^1]，脚注[^2]。",
        "## 文字\n\n**粗**、*斜*、`行内代码`、~~删~~、" + LONG_WORD + "\n\n> 引文，长 `" + "x" * 90 + "`。",
        "> In English: this page holds everything that a page of the site can hold, and the reader of it is a machine.",
        "术语\n:   解释。\n\n*[缩写]: 全称\n\n缩写。\n\n- [x] 做了\n- [ ] 没做",
        "## 表格",
        "|" + "".join(f" 第 {n} 列 |" for n in range(12)) + "\n|" + " --- |" * 12 + "\n|" + " 很长的一格文字 |" * 12,
        "| 层 | 采用率 | 确定性 | 收敛度 |\n| --- | --- | --- | --- |\n"
        "| 数学层 | 100% | ★★★★★ | 100% |\n| 架构层 | 95%以上 | ★★★★☆ | 95% |",
        "## 公式\n\n行内 $a_1 + b_2 = \\sqrt{c}$，\n\n$$\n" + " + ".join(f"x_{{{n}}}" for n in range(40)) + "\n$$",
        "## 提示",
        *(f'!!! {kind} "{kind} 的标题"\n\n    正文，有[链接](client.md)和 `代码`。' for kind in ADMONITIONS),
        '??? note "折叠的"\n\n    里面的[链接](client.md)。',
        "## 标签页\n\n=== \"甲\"\n\n    甲的内容。\n\n=== \"乙\"\n\n    乙的内容。",
        "## 代码",
        *(f"```{name} title=\"{name}\" hl_lines=\"1\"\n{text}\n```" for name, text in CODE.items()),
        "```text\n" + "很长的一行 " * 60 + "\n```",
        "[^1]: 第一条，见[链接](client.md)。\n[^2]: 第二条。",
    ]
)  # fmt: skip
CLIENT = "\n\n".join(["# 浏览器画的图\n\n回到[各种内容](index.md)。", FLOW, WIDE, FORMULA, PIE, STATE, BROKEN])


def write_site(folder: Path) -> Path:
    """Write the site under this project's configuration, diagrams drawn in the browser; gives its ``mkdocs.yml``."""
    for name in ("docs", "hooks"):
        (folder / name).mkdir()
    (folder / "docs" / "index.md").write_text(KINDS, "utf-8")
    (folder / "docs" / "client.md").write_text(CLIENT, "utf-8")
    (folder / "docs" / "vocabulary.yml").write_bytes((ROOT / "docs" / "vocabulary.yml").read_bytes())
    (folder / "hooks" / "convergence.py").write_bytes((ROOT / "hooks" / "convergence.py").read_bytes())
    config = without_nav((ROOT / "mkdocs.yml").read_text("utf-8"))
    config = config.replace("    site:\n", "    site:\n      check: false\n      diagrams: client\n", 1)
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    return folder / "mkdocs.yml"
