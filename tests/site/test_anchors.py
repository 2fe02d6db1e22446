"""The site's anchors are GitHub's."""

from __future__ import annotations

import markdown
import pytest

EXTENSIONS = ["attr_list", "footnotes", "toc", "convergence_docs.site.anchors"]


def ids(text: str, extensions: list[str]) -> list[str]:
    md = markdown.Markdown(extensions=extensions)
    md.convert(text)
    found: list[str] = []
    queue = list(md.toc_tokens)  # type: ignore[attr-defined]
    while queue:
        token = queue.pop(0)
        found.append(token["id"])
        queue = token["children"] + queue
    return found


@pytest.mark.parametrize("extensions", [EXTENSIONS, EXTENSIONS[::-1]])
def test_anchors_are_githubs(extensions: list[str]) -> None:
    text = "\n\n".join(
        [
            "# 03.2.2-架构层收敛",
            "## 七、架构层收敛的影响",
            "### 7.1 A & B",
            "### 7.1 A & B",
            "### `code_x`[^1] *词*",
            "## 自定 {#seven}",
            "## seven",
            "## ！",
            "[^1]: note",
        ]
    )
    assert ids(text, extensions) == [
        "0322-架构层收敛",
        "七架构层收敛的影响",
        "71-a--b",
        "71-a--b-1",
        "code_x-词",
        "seven",
        "seven-1",
        "-1",
    ]


def test_without_the_extension_they_are_not() -> None:
    assert ids("## 概述\n\n## 概述", ["toc"]) != ids("## 概述\n\n## 概述", ["toc", "convergence_docs.site.anchors"])
