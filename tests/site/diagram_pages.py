"""A site with diagrams of every sort that matters to a reader's browser."""

from __future__ import annotations

from pathlib import Path

from tests.site.conftest import ROOT, without_nav

FLOW = """```mermaid
graph TD
    A["架构层收敛<br>收敛度 95%"] --> B["Transformer 统治"]
    A -->|"一部分"| C["注意力机制"]
    B --> D["收敛度: 95%"]
    C --> D
    style A fill:#bfb
    style D fill:#224
```"""
WIDE = """```mermaid
graph LR
    A["第一步：收集数据"] --> B["第二步：清洗数据"] --> C["第三步：训练模型"]
    C --> D["第四步：评测模型"] --> E["第五步：部署模型"]
```"""
FORMULA = """```mermaid
graph TD
    A["$$x^2 + y^2$$"] --> B["公式之后"]
```"""
PIE = """```mermaid
pie title 份额
    "甲" : 60
    "乙" : 40
```"""
BROKEN = """```mermaid
graph LR
    A[坏 (图] --> B
```"""
HOSTILE = """```mermaid
%%{init: {"securityLevel": "loose", "theme": "dark"}}%%
graph TD
    A["<img src=x onerror='window.harm = 1'>图"] --> B["<script>window.harm = 2</script>"]
    B --> C["</code></pre><img src=x onerror='window.harm = 3'>"]
    click A "javascript:window.harm = 4"
    click B call alert(1)
```"""
STATE = """```mermaid
stateDiagram-v2
    [*] --> 未收敛
    未收敛 --> 已收敛: 采用率上升
```"""
FILLER = "\n\n".join(["正文。"] * 60)

PAGES = {
    "index.md": "# 首页\n\n没有图。去[画好的](drawn.md)，去[混排的](mixed.md)。\n",
    "drawn.md": f"# 画好的\n\n{FLOW}\n\n{WIDE}\n\n去[混排的](mixed.md)。\n",
    "mixed.md": f"# 混排的\n\n去[画好的](drawn.md)。\n\n{FLOW}\n\n{FORMULA}\n\n{STATE}\n\n{BROKEN}\n",
    "far.md": f"# 很远\n\n{FILLER}\n\n{FORMULA}\n",
    "hostile.md": f"# 敌意\n\n{HOSTILE}\n",
    "broken.md": f"# 坏\n\n{BROKEN}\n",
}


def write_site(folder: Path, way: str) -> Path:
    """Write the site under this project's configuration; gives the path of its ``mkdocs.yml``."""
    (folder / "docs").mkdir()
    (folder / "hooks").mkdir()
    for name, text in PAGES.items():
        (folder / "docs" / name).write_text(text, "utf-8")
    (folder / "docs" / "vocabulary.yml").write_bytes((ROOT / "docs" / "vocabulary.yml").read_bytes())
    (folder / "hooks" / "convergence.py").write_bytes((ROOT / "hooks" / "convergence.py").read_bytes())
    config = without_nav((ROOT / "mkdocs.yml").read_text("utf-8"))
    config = config.replace("    site:\n", f"    site:\n      check: false\n      diagrams: {way}\n", 1)
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    return folder / "mkdocs.yml"
