"""What was mended and what is left, for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from convergence_docs.diagnostic import Finding, Language, Severity, Wording
from convergence_docs.mended import Left, LeftAlone, Mend, Mended, Reason
from convergence_docs.reports.cells import sanitised
from convergence_docs.reports.counting import plural

_LONGEST = 60
"""Characters of an edit that are shown."""
_WHY = {
    Reason.BY_HAND: Wording("no edit is surely right", "没有确定无误的改法，须人工处理"),
    Reason.UNSAFE: Wording("an edit that wants a look (--unsafe)", "改法需要人看过（--unsafe）"),
    Reason.NEW_FINDING: Wording("the edit would bring another finding", "改了会带来新问题"),
    Reason.NOT_MENDED: Wording("the edit does not mend it as things stand", "以目前情况，改了仍不能解决"),
    Reason.LEFT_ALONE: Wording("in a file that was left alone", "所在文件未作改动"),
}


def render_mended(mended: Mended, language: Language, *, is_written: bool) -> str:
    """What was mended and where, what was left alone, and how many findings remain for which reason."""
    return "".join(f"{line}\n" for line in _lines(mended, language, is_written))


def _lines(mended: Mended, language: Language, is_written: bool) -> Iterator[str]:
    is_chinese = language == "zh"
    for one in mended.mends:
        yield _mend(one, is_chinese)
    for left in mended.left:
        if left.reason in (Reason.NEW_FINDING, Reason.NOT_MENDED):
            yield _left(left, language)
    for alone in mended.left_alone:
        yield _alone(alone, language)
    for what in mended.unverified:
        yield ("未能核实：" if is_chinese else "not verified: ") + sanitised(what.to(language))
    if mended.mends or mended.left:
        yield ""
    yield _summary(mended, is_chinese, is_written)
    yield from _reasons(mended.left, language)


def _mend(one: Mend, is_chinese: bool) -> str:
    finding = one.finding
    label = "已改" if is_chinese else "mended"
    said = f"{_at(finding.path, one.line, one.column)}: {label}[{finding.code}] {finding.name}"
    if not one.before and not one.after:
        return said + ("：随其他改动一并消失" if is_chinese else ": gone with another edit")
    colon = "：" if is_chinese else ": "
    before, after = _short(one.before, is_chinese), _short(one.after, is_chinese)
    if not one.before:
        return f"{said}{colon}{'插入' if is_chinese else 'inserted '}{after}"
    if not one.after:
        return f"{said}{colon}{'删除' if is_chinese else 'removed '}{before}"
    return f"{said}{colon}{before} → {after}"


def _left(one: Left, language: Language) -> str:
    finding, is_chinese = one.finding, language == "zh"
    label = "未改" if is_chinese else "left"
    said = f"{_at(finding.path, finding.line, finding.column)}: {label}[{finding.code}] {finding.name}"
    why = _WHY[one.reason].to(language)
    detail = sanitised(one.detail.to(language))
    return f"{said}{'：' if is_chinese else ': '}{why}" + (f"{'：' if is_chinese else ': '}{detail}" if detail else "")


def _alone(one: LeftAlone, language: Language) -> str:
    label = "未改动：" if language == "zh" else ": left alone: "
    path = sanitised(one.path)
    why = sanitised(one.why.to(language))
    return f"{label}{path}：{why}" if language == "zh" else f"{path}{label}{why}"


def _summary(mended: Mended, is_chinese: bool, is_written: bool) -> str:
    fixed, files, left = len(mended.mends), len(mended.files), len(mended.left)
    if is_chinese:
        did = "改正了" if is_written else "可改正"
        return f"{did} {fixed} 个问题，涉及 {files} 个文件；余下 {left} 个。"
    did = "Mended" if is_written else "Would mend"
    return (
        f"{did} {plural(fixed, 'finding')} in {plural(files, 'file')}; {left} {'remains' if left == 1 else 'remain'}."
    )


def _reasons(left: Sequence[Left], language: Language) -> Iterator[str]:
    for reason in Reason:
        codes = Counter(one.finding.code for one in left if one.reason is reason)
        if codes:
            listed = ", ".join(f"{code} {number}" for code, number in sorted(codes.items()))
            colon = "：" if language == "zh" else ": "
            yield f"  {codes.total():>4} {_WHY[reason].to(language)}{colon}{listed}"


def has_left_faults(findings: Sequence[Finding]) -> bool:
    """Whether an error or a warning is left."""
    return any(finding.severity is not Severity.NOTICE for finding in findings)


def _at(path: str, line: int, column: int) -> str:
    # In the log of a CI machine, a line that begins with "::" is a command: a file's name must not make one.
    return f"{sanitised('./' + path if path.startswith(':') else path)}:{line}:{column}"


def _short(words: str, is_chinese: bool) -> str:
    said = " ".join(words.split()) or words.replace("\n", "⏎")
    if len(said) > _LONGEST:
        said = said[: _LONGEST - 1] + "…"
    return f"“{sanitised(said)}”" if is_chinese else f"'{sanitised(said)}'"
