"""What changes are called, in both languages, and how each is said in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from convergence_docs.diagnostic import Language, Wording
from convergence_docs.model.change import Change, ChangeKind, Comparison, Spot
from convergence_docs.reports.counting import plural

K = ChangeKind


class Review(NamedTuple):
    """A comparison, what both sides are called, and what could not be compared (paths with the reason)."""

    base: str
    head: str
    comparison: Comparison
    omitted: tuple[tuple[str, Wording], ...] = ()


class Group(NamedTuple):
    """Changes that are shown together, most important group first; ``is_open``: not folded away."""

    title: Wording
    noun: Wording
    kinds: tuple[ChangeKind, ...]
    is_open: bool = False


GROUPS: Final = (
    Group(Wording("Figures changed", "数值改变"), Wording("figure", "处数值改变"), (K.FIGURE_CHANGED,), True),
    Group(Wording("Broken links", "新的死链接"), Wording("broken link", "个新的死链接"), (K.LINK_BROKEN,), True),
    Group(
        Wording("Chapters and sections", "章节与小节"),
        Wording("chapter or section", "处章节结构"),
        (
            K.CHAPTER_ADDED,
            K.CHAPTER_REMOVED,
            K.CHAPTER_RENAMED,
            K.SECTION_ADDED,
            K.SECTION_REMOVED,
            K.SECTION_RENAMED,
            K.SECTION_MOVED,
        ),
        True,
    ),
    Group(
        Wording("Figures added and removed", "数值增删"),
        Wording("added or removed figure", "处数值增删"),
        (K.FIGURE_ADDED, K.FIGURE_REMOVED),
    ),
    Group(
        Wording("Tables", "表格"),
        Wording("table", "处表格"),
        (
            K.TABLE_ADDED,
            K.TABLE_REMOVED,
            K.TABLE_TRANSPOSED,
            K.COLUMN_ADDED,
            K.COLUMN_REMOVED,
            K.COLUMN_RENAMED,
            K.ROW_ADDED,
            K.ROW_REMOVED,
        ),
    ),
    Group(
        Wording("Diagrams", "图"),
        Wording("diagram", "处图"),
        (
            K.DIAGRAM_ADDED,
            K.DIAGRAM_REMOVED,
            K.DIAGRAM_CHANGED,
            K.NODE_ADDED,
            K.NODE_REMOVED,
            K.NODE_CHANGED,
            K.EDGE_ADDED,
            K.EDGE_REMOVED,
            K.EDGE_CHANGED,
        ),
    ),
    Group(
        Wording("Links", "链接"),
        Wording("link", "个链接"),
        (K.LINK_REPAIRED, K.LINK_CHANGED, K.LINK_ADDED, K.LINK_REMOVED),
    ),
    Group(
        Wording("Vocabulary", "词汇表"),
        Wording("term", "处词汇"),
        (K.TERM_ADDED, K.TERM_REMOVED, K.TERM_CHANGED),
    ),
    Group(Wording("Words", "文字"), Wording("passage", "处文字"), (K.METADATA_CHANGED, K.TEXT_CHANGED)),
)

LABELS: Final = {
    K.FIGURE_CHANGED: Wording("figure changed", "数值改变"),
    K.FIGURE_ADDED: Wording("figure added", "数值新增"),
    K.FIGURE_REMOVED: Wording("figure removed", "数值删除"),
    K.LINK_BROKEN: Wording("link broken", "链接失效"),
    K.LINK_REPAIRED: Wording("link repaired", "链接修复"),
    K.LINK_CHANGED: Wording("link changed", "链接改向"),
    K.LINK_ADDED: Wording("link added", "链接新增"),
    K.LINK_REMOVED: Wording("link removed", "链接删除"),
    K.CHAPTER_ADDED: Wording("chapter added", "新增章节"),
    K.CHAPTER_REMOVED: Wording("chapter removed", "删除章节"),
    K.CHAPTER_RENAMED: Wording("chapter renamed", "章节改名"),
    K.SECTION_ADDED: Wording("section added", "新增小节"),
    K.SECTION_REMOVED: Wording("section removed", "删除小节"),
    K.SECTION_RENAMED: Wording("section renamed", "小节改名"),
    K.SECTION_MOVED: Wording("section moved", "小节移动"),
    K.DIAGRAM_ADDED: Wording("diagram added", "新增图"),
    K.DIAGRAM_REMOVED: Wording("diagram removed", "删除图"),
    K.DIAGRAM_CHANGED: Wording("diagram changed", "图有改动"),
    K.NODE_ADDED: Wording("node added", "新增节点"),
    K.NODE_REMOVED: Wording("node removed", "删除节点"),
    K.NODE_CHANGED: Wording("node changed", "节点改名"),
    K.EDGE_ADDED: Wording("edge added", "新增连线"),
    K.EDGE_REMOVED: Wording("edge removed", "删除连线"),
    K.EDGE_CHANGED: Wording("edge changed", "连线文字改变"),
    K.TABLE_ADDED: Wording("table added", "新增表格"),
    K.TABLE_REMOVED: Wording("table removed", "删除表格"),
    K.TABLE_TRANSPOSED: Wording("table transposed", "表格转置"),
    K.COLUMN_ADDED: Wording("column added", "新增列"),
    K.COLUMN_REMOVED: Wording("column removed", "删除列"),
    K.COLUMN_RENAMED: Wording("column renamed", "列改名"),
    K.ROW_ADDED: Wording("row added", "新增行"),
    K.ROW_REMOVED: Wording("row removed", "删除行"),
    K.TERM_ADDED: Wording("term added", "新增词汇"),
    K.TERM_REMOVED: Wording("term removed", "删除词汇"),
    K.TERM_CHANGED: Wording("term changed", "词汇改变"),
    K.METADATA_CHANGED: Wording("metadata changed", "元数据改变"),
    K.TEXT_CHANGED: Wording("text changed", "文字改变"),
}
FAULTS: Final = {
    "empty": Wording("it has no target", "没有目标"),
    "malformed-escape": Wording("malformed percent-escape", "百分号转义有误"),
    "full-width": Wording("full-width punctuation", "含全角标点"),
    "outside": Wording("outside the docs folder", "在文档目录之外"),
    "file-case": Wording("wrong letter case", "大小写不符"),
    "depth": Wording("wrong number of ../", "../ 的层数有误"),
    "extension": Wording("wrong extension", "扩展名有误"),
    "missing": Wording("no such file", "文件不存在"),
    "anchor-case": Wording("wrong letter case of the anchor", "锚点大小写不符"),
    "missing-anchor": Wording("no such anchor", "锚点不存在"),
}
PARTS: Final = {
    "name": Wording("name", "名称"),
    "aliases": Wording("aliases", "别名"),
    "english": Wording("English name", "英文名"),
    "scale": Wording("scale", "量表"),
    "interval": Wording("interval", "区间"),
    "definition": Wording("definition", "定义"),
    "driver": Wording("driver", "驱动力"),
}
NOTHING: Final = Wording("Nothing changed in meaning.", "含义没有变化。")
STILL: Final = Wording("still stated at ", "旧值仍见于 ")
NOT_COMPARED: Final = Wording("not compared: ", "未比较：")
COLON: Final = Wording(": ", "：")
_FROM_CHAPTER: Final = Wording(" (from another chapter)", "（来自另一章）")
_UNTOLD_SUBJECT: Final = Wording("in the sentence ", "句中：")

Quote = Callable[[str], str]


def what(change: Change, quote: Quote, language: Language) -> str:
    """Of what a figure is, as far as that is known."""
    if change.detail == "text":
        return _UNTOLD_SUBJECT.to(language) + quote(change.subject)
    return " · ".join(quote(part) for part in (change.subject, change.dimension) if part)


def told(change: Change, language: Language, quote: Quote) -> str:
    """A change in one line, without its place and its label; ``quote`` marks what the chapters themselves say."""
    kind, is_zh = change.kind, language == "zh"
    old, new, subject = (quote(part) if part else "" for part in (change.old, change.new, change.subject))
    colon = COLON.to(language)
    if kind in (K.FIGURE_CHANGED, K.FIGURE_ADDED, K.FIGURE_REMOVED):
        value = f"{old} → {new}" if old and new else new or old
        return f"{what(change, quote, language)}{colon}{value}"
    if kind is K.LINK_BROKEN:
        fault = FAULTS[change.detail].to(language) if change.detail in FAULTS else change.detail
        said = f"{fault}（原为 {old}）" if is_zh else f"{fault} (it was {old})"
        return f"{subject} → {new}{colon}{said if old and old != new else fault}"
    if kind in (K.LINK_REPAIRED, K.LINK_CHANGED) and old != new:
        return f"{subject}{colon}{old} → {new}"
    if kind in (K.LINK_ADDED, K.LINK_REMOVED, K.LINK_REPAIRED):
        return f"{subject} → {new or old}" if subject and subject != (new or old) else new or old
    if kind is K.SECTION_MOVED:
        return f"{subject}{colon}{old} → {new}" + (_FROM_CHAPTER.to(language) if change.detail == "chapter" else "")
    if kind is K.TERM_CHANGED and change.detail in PARTS:
        subject = f"{subject} {PARTS[change.detail].to(language)}"
    if kind in (K.METADATA_CHANGED, K.TERM_CHANGED):
        nothing = "（无）" if is_zh else "(none)"
        return f"{subject}{colon}{old or nothing} → {new or nothing}"
    if kind is K.TEXT_CHANGED:
        count = f"{change.extent} 句" if is_zh else plural(change.extent, "sentence")
        return f"{subject}（{count}）{colon}{_pair(old, new)}" if is_zh else f"{subject} ({count}): {_pair(old, new)}"
    if kind is K.EDGE_CHANGED:
        return f"{subject}{colon}{_pair(old, new)}"
    if kind in (K.EDGE_ADDED, K.EDGE_REMOVED) and change.detail:
        return f"{subject}{colon}{quote(change.detail)}"
    return _pair(old, new) + _count(change, language)


def _pair(old: str, new: str) -> str:
    return f"{old} → {new}" if old and new else new or old


def _count(change: Change, language: Language) -> str:
    if not change.extent:
        return ""
    if change.kind in (K.CHAPTER_ADDED, K.CHAPTER_REMOVED):
        return f"（{change.extent} 节）" if language == "zh" else f" ({plural(change.extent, 'section')})"
    if change.kind in (K.SECTION_ADDED, K.SECTION_REMOVED):
        sections = plural(change.extent, "section")
        return f"，连同其下 {change.extent} 节" if language == "zh" else f" and {sections} below it"
    if change.kind in (K.TABLE_ADDED, K.TABLE_REMOVED):
        return f"（{change.extent} 行）" if language == "zh" else f" ({plural(change.extent, 'row')})"
    return f"（{change.extent} 行）" if language == "zh" else f" ({plural(change.extent, 'line')})"


def place(spot: Spot) -> str:
    """``path:line``."""
    return f"{spot.path}:{spot.line}"


def summary(comparison: Comparison, language: Language) -> str:
    """One line: how many of what changed, in how many chapters."""
    counts = Counter(change.kind for change in comparison.changes)
    if not counts:
        return NOTHING.to(language)
    parts = []
    for group in GROUPS:
        number = sum(counts[kind] for kind in group.kinds)
        if number:
            noun = group.noun.to(language)
            parts.append(f"{number} {noun}" if language == "zh" else _counted(number, noun))
    if language == "zh":
        return f"含义有变：{'、'.join(parts)}，涉及 {comparison.touched} 章。"
    return f"Changed in meaning: {', '.join(parts)}, in {plural(comparison.touched, 'chapter')}."


def _counted(number: int, noun: str) -> str:
    if number == 1 or noun != "chapter or section":
        return plural(number, noun)
    return f"{number} chapters or sections"


def grouped(changes: Iterable[Change]) -> Iterable[tuple[Group, list[Change]]]:
    """The groups that hold any change, with their changes in their order."""
    by_kind: dict[ChangeKind, list[Change]] = {}
    for change in changes:
        by_kind.setdefault(change.kind, []).append(change)
    for group in GROUPS:
        found = [change for kind in group.kinds for change in by_kind.get(kind, ())]
        if found:
            yield group, found
