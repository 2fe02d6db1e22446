"""A page for every rule, made from the rule itself: for the site, for ``explain``, and an index of all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from json import dumps
from typing import Final

from convergence_docs.diagnostic import Language, RuleInfo, Severity, Wording
from convergence_docs.incident import INCIDENTS
from convergence_docs.rules.rule import Rule

SECTIONS: Final[Mapping[str, str]] = {
    "What it checks": "检查什么",
    "Why it matters": "为什么重要",
    "Example": "例子",
    "Use instead": "应当这样写",
    "Options": "选项",
}
"""The sections of every rule's page, in order, and their Chinese names."""

TITLES: Final[Mapping[str, str]] = {**SECTIONS, "What to do": "怎么办"}
"""The same with a section that only the pages of incidents have."""

FAMILIES: Final[Mapping[str, Wording]] = {
    "CLM": Wording("Claims", "论断"),
    "DOC": Wording("Document", "文档"),
    "EXT": Wording("Links to other sites", "站外链接"),
    "IMG": Wording("Images", "图片"),
    "LNK": Wording("Links", "链接"),
    "MER": Wording("Diagrams", "图"),
    "NUM": Wording("Numbering", "编号"),
    "RUN": Wording("The check itself", "检查本身"),
    "SIT": Wording("The built site", "构建的网站"),
    "SUP": Wording("Allowances", "豁免注释"),
    "TAB": Wording("Tables", "表格"),
    "TOC": Wording("Tables of contents", "目录"),
}

SEVERITIES: Final[Mapping[Severity, Wording]] = {
    Severity.ERROR: Wording("error", "错误"),
    Severity.WARNING: Wording("warning", "警告"),
    Severity.NOTICE: Wording("notice", "提示"),
}

CIRCUMSTANCES: Final[Mapping[str, Wording]] = {
    "options": Wording("options of this rule", "本规则的选项"),
    "site": Wording("facts of the site", "站点情况"),
    "vocabulary": Wording("vocabulary", "词汇表"),
}
"""Blocks of an example that are no chapter, and their titles."""

_PROSE = ("What it checks", "Why it matters", "What to do")
"""Sections that say the same in English and in Chinese, a paragraph each or more."""

_FENCE = re.compile(
    r"^(?P<fence>`{3,}) ?(?P<kind>md|md-[\w-]+|file|yaml)(?: (?P<path>[^`\n]+))?\n(?P<body>.*?)^(?P=fence)$",
    re.M | re.S,
)
_MARKER = re.compile(r"[ ]?<!-- finds: [^>]*-->")


def rule_pages(rules: Iterable[Rule], language: Language = "zh") -> dict[str, str]:
    """All pages by file name, the index among them as ``index.md``. Links lead from sibling to sibling.

    What the engine itself may find (`INCIDENTS`) has its pages too.
    """
    ordered = sorted(rules, key=lambda rule: rule.code)
    pages = {page_name(rule.info): rule_page(rule, language) for rule in ordered}
    incidents = {page_name(info): incident_page(info, language) for info in INCIDENTS}
    return {"index.md": rule_index(all_infos(ordered), language), **pages, **incidents}


def all_infos(rules: Iterable[Rule]) -> tuple[RuleInfo, ...]:
    """Everything that has a page: the rules and what the engine itself may find, sorted by code."""
    return tuple(sorted((*(rule.info for rule in rules), *INCIDENTS), key=lambda info: info.code))


def page_names(rules: Iterable[Rule]) -> tuple[str, ...]:
    """The file names of all pages, without making the pages."""
    return ("index.md", *map(page_name, all_infos(rules)))


def page_name(info: RuleInfo) -> str:
    """The file name of a rule's page, ``LNK001-missing-file.md``."""
    return f"{info.code}-{info.name}.md"


def rule_index(infos: Iterable[RuleInfo], language: Language = "zh") -> str:
    """A table of rules for each family of codes."""
    head = Wording("| Code | Name | Severity | What it finds |", "| 代码 | 名称 | 级别 | 发现什么 |").to(language)
    lines = [Wording("# Rules", "# 检查规则").to(language)]
    for family, members in groupby(sorted(infos, key=lambda info: info.code), lambda info: info.code[:3]):
        title = FAMILIES.get(family, Wording(family, family)).to(language)
        lines += ["", f"## {title}", "", head, "| --- | --- | --- | --- |"]
        lines += [
            f"| [{info.code}]({page_name(info)}) | `{info.name}` | {_severity(info).to(language)} "
            f"| {_cell(info.summary.to(language))} |"
            for info in members
        ]
    return "\n".join(lines) + "\n"


def _severity(info: RuleInfo) -> Wording:
    """How bad a rule's findings are where the settings say nothing."""
    return Wording("off", "关闭") if info.is_opt_in else SEVERITIES[info.severity]


def incident_page(info: RuleInfo, language: Language = "zh") -> str:
    """The page of something that the engine itself finds, in Markdown that a terminal can show as well."""
    body = _titled(_sections(info.page, language), language)
    return f"# {info.code} {info.name}\n\n{info.summary.to(language)}\n\n{body}\n"


def rule_page(rule: Rule, language: Language = "zh") -> str:
    """One rule's page in Markdown, with its messages and options in the language."""
    lines = [
        f"# {rule.code} {rule.name}",
        "",
        rule.summary.to(language),
        "",
        f"{_facts(rule, language)}",
        "",
        _body(rule, language),
        "",
        *_options(rule, language),
        *_messages(rule, language),
    ]
    return "\n".join(lines).rstrip() + "\n"


def rule_text(rule: Rule, language: Language) -> str:
    """One rule's page for a terminal: the same words without what only a site needs."""
    head = f"{rule.code} {rule.name}\n{rule.summary.to(language)}\n{_facts(rule, language)}".replace("`", "")
    body = _MARKER.sub("", _titled(_sections(rule.page, language), language))
    tail = "\n".join([*_options(rule, language), *_messages(rule, language)])
    return f"{head}\n\n{body}\n\n{tail}".rstrip() + "\n"


def _facts(rule: Rule, language: Language) -> str:
    severity = SEVERITIES[rule.severity].to(language)
    if language == "zh":
        opening = "默认关闭，在设置里给它一个级别即可打开；建议级别" if rule.is_opt_in else "默认级别"
        return f"{opening}：{severity}（`{rule.severity}`）。自 {rule.since} 版起。"
    opening = "Off until the settings give it a severity; suggested: " if rule.is_opt_in else "Severity: "
    return f"{opening}{severity}. Since {rule.since}."


def _sections(page: str, language: Language) -> str:
    """The page's own words in one language. The options are left out: the rule's metadata says them in both."""
    body = page.partition("\n")[2].strip()
    parts = re.split(rf"^## ({'|'.join(TITLES)})[ ]*\n", body, flags=re.M)
    shown = []
    for name, text in zip(parts[1::2], parts[2::2], strict=True):
        if name != "Options":
            shown.append(f"## {name}\n\n{_in_language(text, language) if name in _PROSE else text.strip()}")
    return "\n\n".join(shown)


def _in_language(text: str, language: Language) -> str:
    """The paragraphs in a language, or all of them where there is none."""
    paragraphs = [part for part in re.split(r"\n{2,}", text.strip()) if part]
    chosen = [part for part in paragraphs if is_chinese(part) == (language == "zh")] or paragraphs
    return "\n\n".join(_unwrapped(part) if is_chinese(part) else part for part in chosen)


def _unwrapped(paragraph: str) -> str:
    """A Chinese paragraph on one line: browsers would show a line break between its characters as a space."""
    return re.sub(r"(?<=[\u2e80-\uffef])\n|\n(?=[\u2e80-\uffef])", "", paragraph).replace("\n", " ")


def is_chinese(paragraph: str) -> bool:
    """Whether a paragraph is in Chinese: more Chinese characters than Latin words, what stands in code left out."""
    words = re.sub(r"`[^`]*`", "", paragraph)
    return len(re.findall(r"[\u4e00-\u9fff]", words)) > len(re.findall(r"[A-Za-z]+", words))


def _titled(body: str, language: Language) -> str:
    if language == "en":
        return body
    for english, chinese in TITLES.items():
        body = re.sub(rf"^## {english}[ ]*$", f"## {chinese}", body, flags=re.M)
    return body


def _body(rule: Rule, language: Language) -> str:
    def shown(match: re.Match[str]) -> str:
        path = (match["path"] or "").strip()
        if match["kind"] == "file":
            return Wording(f"(There is also a file `{path}`.)", f"（另有文件 `{path}`。）").to(language)
        if match["kind"] == "yaml":
            path = CIRCUMSTANCES[path].to(language) if path in CIRCUMSTANCES else path
        language_name = "yaml" if match["kind"] == "yaml" else "markdown"
        title = f' title="{path}"' if path else ""
        return f"{match['fence']}{language_name}{title}\n{_MARKER.sub('', match['body'])}{match['fence']}"

    return _titled(_FENCE.sub(shown, _sections(rule.page, language)), language)


def _options(rule: Rule, language: Language) -> list[str]:
    if not rule.options:
        return []
    lines = [f"## {SECTIONS['Options'] if language == 'zh' else 'Options'}", ""]
    for name, option in rule.options.items():
        value = dumps(option.default, ensure_ascii=False)
        what = option.what.to(language)
        lines.append(
            f"- `{name}`：{what}（默认值：`{value}`）"
            if language == "zh"
            else f"- `{name}`: {what} (default: `{value}`)"
        )
    return [*lines, ""]


def _messages(rule: Rule, language: Language) -> list[str]:
    """The distinct messages, and under each the distinct hints that may follow it."""
    hints: dict[str, dict[str, None]] = {}
    for case, message in rule.messages.items():
        said = hints.setdefault(_literal(message.to(language)), {})
        hint = rule.hints.get(case) or rule.hints.get("default")
        if hint:
            said[_literal(hint.to(language))] = None
    lines = [Wording("## Messages", "## 消息").to(language), ""]
    for shown, followed in hints.items():
        lines += [f"- {shown}", *(f"    - {hint}" for hint in followed)]
    return lines


def _literal(template: str) -> str:
    """A template as inline code, so that its fields and brackets stay what they are."""
    return f"`` {template} ``" if "`" in template else f"`{template}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
