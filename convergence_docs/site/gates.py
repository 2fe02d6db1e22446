"""What only a rendered page can show: a formula that cannot be set, and anchors unlike those that were checked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from convergence_docs.diagnostic import Finding, Wording
from convergence_docs.incident import BROKEN_FORMULA, OTHER_ANCHORS, incident_at
from convergence_docs.site.formulas.typesetting import BrokenFormula
from convergence_docs.text import SourceText, Span

_ID = re.compile(r'<[a-zA-Z][^<>]*?\s(?:id|name)="([^"<>]+)"')
_SHOWN = 5


def broken_formula(formula: BrokenFormula, source: SourceText) -> Finding:
    """The finding that a formula could not be set, at the place in the source where its TeX stands."""
    start = max(source.text.find(formula.tex), 0)
    return incident_at(
        BROKEN_FORMULA,
        source,
        Span(start, start + len(formula.tex)),
        Wording(
            f"This formula cannot be typeset ({formula.reason}); the page shows its source instead.",
            f"这个公式无法排版（{formula.reason}），页面上显示的是它的源代码。",
        ),
        Wording("Mend the TeX, or use a command that the typesetter knows.", "请修正 TeX，或改用排版器支持的命令。"),
    )


def other_anchors(source: SourceText, modelled: Iterable[str], rendered: Iterable[str]) -> Finding | None:
    """The finding that a page's anchors differ from the model's; ``None`` where both agree."""
    expected, present = set(modelled), set(rendered)
    missing, surplus = sorted(expected - present), sorted(present - expected)
    if not missing and not surplus:
        return None
    english = [f"missing on the page: {_listed(missing)}"] if missing else []
    chinese = [f"页面上没有：{_listed(missing)}"] if missing else []
    if surplus:
        english.append(f"only on the page: {_listed(surplus)}")
        chinese.append(f"只在页面上有：{_listed(surplus)}")
    return incident_at(
        OTHER_ANCHORS,
        source,
        Span(0, 0),
        Wording(
            f"The rendered page's anchors are not as modelled ({'; '.join(english)}); links to them were not "
            "checked rightly.",
            f"渲染后的锚点与模型不一致（{'；'.join(chinese)}），指向它们的链接检查结果不可靠。",
        ),
        Wording(
            "Another plugin or extension changes this page, or the checker reads it wrongly: please report it.",
            "可能有其他插件或扩展修改了本页，也可能是检查器读错了：请反馈。",
        ),
    )


def page_anchors(page: Any) -> set[str]:
    """The ids of a rendered page, from what the build already knows of it."""
    found: set[str] = set(page.present_anchor_ids or ())
    pending = list(page.toc)
    while pending:
        item = pending.pop()
        found.add(item.id)
        pending += item.children
    return found | set(_ID.findall(page.content or ""))


def _listed(names: list[str]) -> str:
    more = f" (+{len(names) - _SHOWN})" if len(names) > _SHOWN else ""
    return ", ".join(f"#{name}" for name in names[:_SHOWN]) + more
