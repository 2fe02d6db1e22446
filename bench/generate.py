"""Write N chapters in the form of the book's own: contents lists, numbered sections, tables, diagrams, links.

    python bench/generate.py FOLDER N

The same N gives the same bytes everywhere. About one chapter in ten holds a fault of some kind, as real ones do.
"""

from __future__ import annotations

import sys
from pathlib import Path

ORDINALS = "一二三四五六七八九"
TOPICS = ["架构", "算法", "数据", "算力", "工具链", "标准", "市场", "能力", "训练", "推理", "评测", "部署"]
WORDS = ["收敛", "驱动力", "采用率", "确定性", "争议度", "研究投入", "生态", "成本", "规模", "范式", "优化器", "注意力"]
PARTS_OF_A_CHAPTER = 7
SECTIONS_PER_PART = 2


class Chance:
    """Numbers that look random and are the same for every Python (a linear congruential generator)."""

    def __init__(self, seed: int) -> None:
        self.state = seed * 2654435761 % 2**32 or 1

    def below(self, limit: int) -> int:
        """The next number below ``limit``."""
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return (self.state >> 8) % limit

    def words(self, count: int) -> str:
        """A run of words."""
        return "".join(WORDS[self.below(len(WORDS))] for _ in range(count))


def name(number: int) -> str:
    """Where chapter ``number`` lies."""
    part, chapter = divmod(number, 100)
    return f"{part:03}-部分/{part:02}.{chapter:02}-{TOPICS[number % len(TOPICS)]}收敛.md"


def sentence(chance: Chance) -> str:
    """A sentence with emphasis, code and figures."""
    share = chance.below(100)
    return f"{chance.words(4)}，**{chance.words(2)}**达到 {share}%，见 `{chance.below(999)}` 与{chance.words(3)}。"


def table(chance: Chance) -> list[str]:
    """A table of dimensions, with a rating and a share."""
    rows = [
        f"| **{WORDS[n]}** | {chance.words(3)} | {chance.below(101)}% | {'★' * (1 + chance.below(5))} |"
        for n in range(5)
    ]
    return ["| 维度 | 特征 | 比例 | 评级 |", "| --- | --- | --- | --- |", *rows, ""]


def diagram(chance: Chance) -> list[str]:
    """A small Mermaid diagram."""
    edges = [f"    N{n}[{chance.words(2)}] --> N{n + 1}[{chance.words(2)}]" for n in range(5)]
    return ["```mermaid", "graph TD", *edges, "    style N0 fill:#bfb", "```", ""]


def links(chance: Chance, number: int, count: int) -> list[str]:
    """Links to other chapters; one in thirty leads nowhere."""
    lines = []
    for _ in range(4):
        target = chance.below(count)
        path = f"../{name(target)}" + ("x" if chance.below(30) == 0 else "")
        lines.append(f"- [{TOPICS[target % len(TOPICS)]}收敛]({path}#一概述)：{chance.words(4)}")
    return [*lines, ""]


def chapter(number: int, count: int) -> str:
    """The text of chapter ``number`` of ``count``."""
    chance = Chance(number + 1)
    part, inner = divmod(number, 100)
    title = f"{part:02}.{inner:02}-{TOPICS[number % len(TOPICS)]}收敛"
    heads = ["概述", *(f"{TOPICS[n]}的{WORDS[n]}" for n in range(1, PARTS_OF_A_CHAPTER))]
    contents, body = ["## 目录", ""], []
    for at, head in enumerate(heads):
        ordinal = ORDINALS[at]
        contents.append(f"- [{ordinal}、{head}](#{ordinal}{head})")
        body += [f"## {ordinal}、{head}", "", sentence(chance), ""]
        for section in range(1, SECTIONS_PER_PART + 1):
            below = f"{at + 1}.{section} {chance.words(2)}"
            contents.append(f"    - [{below}](#{below.replace('.', '').replace(' ', '-')})")
            body += [f"### {below}", "", sentence(chance), ""]
            body += [f"- **{chance.words(1)}**：{sentence(chance)}" for _ in range(2)] + [""]
        body += table(chance) if at % 2 else diagram(chance)
        body += links(chance, number, count) if at % 3 == 0 else ["$$", f"C = \\frac{{{at}}}{{N}}", "$$", ""]
        body += ["---", ""]
    if chance.below(10) == 0:
        contents.pop()
    return "\n".join([f"# {title}", "", *contents, "", "---", "", *body])


def generate(folder: Path, count: int) -> int:
    """Write ``count`` chapters below ``folder``; how many bytes that came to."""
    size = 0
    for number in range(count):
        path = folder / name(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes(chapter(number, count).encode())
    return size


if __name__ == "__main__":
    written = generate(Path(sys.argv[1]), int(sys.argv[2]))
    print(f"{sys.argv[2]} chapters, {written / 1e6:.1f} MB")
