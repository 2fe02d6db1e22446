"""What changed in meaning, as Markdown for one comment on a pull request.

Everything that a chapter says is set in code spans: there GitHub reads no mark-up, mentions nobody and links no
number. The comment stays below GitHub's limit; what is left out is counted, never dropped in silence.
"""

from __future__ import annotations

from typing import Final

from convergence_docs.diagnostic import Language, Wording
from convergence_docs.model.change import Change
from convergence_docs.reports.change_wording import (
    LABELS,
    NOT_COMPARED,
    Group,
    Review,
    grouped,
    place,
    summary,
    told,
    what,
)
from convergence_docs.reports.code_span import code_span

LIMIT: Final = 60_000
"""Characters; GitHub refuses a comment of more than 65,536."""
MOST_PLACES: Final = 5
MARK: Final = "<!-- convergence-docs diff -->"
"""Opens the comment, so that the next run can find and replace it."""

_FIGURE_HEADER = Wording(
    "| Figure | Before | After | Where | Old value still stated at |", "| 数值 | 原来 | 现在 | 位置 | 旧值仍见于 |"
)
_HEADER = Wording("| Change | What | Where |", "| 变化 | 内容 | 位置 |")
_MORE = Wording("…and {count} more, not shown here.", "……另有 {count} 处未在此列出。")
_CUT = Wording(
    "This comment is cut to fit; `convergence-docs diff --format json` gives all.",
    "本文因长度限制有删减；`convergence-docs diff --format json` 给出全部内容。",
)
_TITLE = Wording("Changes in meaning", "含义的变化")


def render_changes_markdown(review: Review, language: Language, *, limit: int = LIMIT) -> str:
    """The comment, at most ``limit`` characters long where that is more than its frame."""
    comparison = review.comparison
    head = [
        MARK,
        f"### {_TITLE.to(language)}",
        "",
        f"{code_span(review.base)} → {code_span(review.head)}",
        "",
        f"**{summary(comparison, language)}**",
        "",
    ]
    tail = _omitted(review, language)
    groups = [(group, _rows(group, changes, language)) for group, changes in grouped(comparison.changes)]
    room = limit - sum(len(line) + 1 for line in (*head, *tail, _CUT.to(language))) - 300 * len(groups)
    body: list[str] = []
    is_cut = False
    for at, (group, rows) in enumerate(groups):
        # Each of the groups that follow may count on a fair share of what is left, so that none starves.
        rest = sum(len(row) + 1 for _, following in groups[at + 1 :] for row in following)
        share = max(room - rest, room // (len(groups) - at))
        kept, used = [], 0
        for row in rows:
            if used + len(row) + 1 > share:
                break
            kept.append(row)
            used += len(row) + 1
        room -= used
        is_cut = is_cut or len(kept) < len(rows)
        body += _framed(group, kept, len(rows), language)
    return "\n".join([*head, *body, *tail, *([_CUT.to(language), ""] if is_cut else [])])


def _framed(group: Group, rows: list[str], count: int, language: Language) -> list[str]:
    title = f"{group.title.to(language)} ({count})" if language == "en" else f"{group.title.to(language)}（{count}）"
    is_figures = _is_about_figures(group)
    header = (_FIGURE_HEADER if is_figures else _HEADER).to(language)
    table = [header, "| " + " | ".join(["---"] * (header.count("|") - 1)) + " |", *rows] if rows else []
    more = ["", _MORE.to(language).format(count=count - len(rows))] if len(rows) < count else []
    opening = "<details open>" if group.is_open else "<details>"
    return [f"{opening}<summary><b>{title}</b></summary>", "", *table, *more, "", "</details>", ""]


def _rows(group: Group, changes: list[Change], language: Language) -> list[str]:
    if _is_about_figures(group):
        return [_figure(change, language) for change in changes]
    return [
        f"| {LABELS[change.kind].to(language)} | {told(change, language, code_span)} | {_where(change)} |"
        for change in changes
    ]


def _is_about_figures(group: Group) -> bool:
    return any(kind.startswith("figure") for kind in group.kinds)


def _figure(change: Change, language: Language) -> str:
    named = what(change, code_span, language)
    section = change.spot.section
    shown = f"{named}<br>{code_span(section)}" if section and change.detail != "text" else named
    places = [code_span(place(spot)) for spot in change.others[:MOST_PLACES]]
    more = len(change.others) - len(places)
    still = "<br>".join([*places, *([f"+{more}"] if more else [])])
    old, new = (code_span(value) if value else "" for value in (change.old, change.new))
    return f"| {shown} | {old} | {f'**{new}**' if new else ''} | {_where(change)} | {'⚠️ ' + still if still else ''} |"


def _where(change: Change) -> str:
    """Where it stands; struck out, where it stood, for what is gone."""
    spot = code_span(place(change.spot))
    return spot if change.after else f"~~{spot}~~"


def _omitted(review: Review, language: Language) -> list[str]:
    lines = [
        f"- {NOT_COMPARED.to(language)}{code_span(path)} {reason.to(language)}" for path, reason in review.omitted[:20]
    ]
    more = len(review.omitted) - len(lines)
    return [*lines, *([f"- {_MORE.to(language).format(count=more)}"] if more else []), ""] if lines else []
