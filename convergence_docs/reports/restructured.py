"""What a change of structure has altered, and what is left to look at, for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from convergence_docs.diagnostic import Language
from convergence_docs.reports.cells import sanitised
from convergence_docs.reports.counting import plural
from convergence_docs.restructured import Restructured


def render_restructured(
    result: Restructured, place: Callable[[str], str], language: Language, *, is_written: bool
) -> str:
    """The headings that read otherwise now, what is left, and how much has followed. ``place`` words a path."""
    render = _chinese if language == "zh" else _english
    return "".join(f"{sanitised(line)}\n" for line in render(result, place, is_written))


def _english(result: Restructured, place: Callable[[str], str], is_written: bool) -> Iterator[str]:
    for one in result.headings:
        yield f"{place(one.path)}:{one.line}: '{one.old}' → '{one.new}'"
    for path, finding in sorted(result.left.items()):
        yield f"{place(path)}: left as it is: the change would bring {finding.code}: {finding.message.en}"
    for mention in result.unsure:
        line, column = mention.position
        yield f"{place(mention.path)}:{line}:{column}: look here: '{mention.numeral}' may mean a renumbered heading"
    for what in result.unverified:
        yield f"not verified: {what.en}"
    did = "Changed" if is_written else "Would change"
    yield (
        f"{did} {plural(len(result.headings), 'heading')} and {plural(result.followed, 'place')} that follow, "
        f"in {plural(len(result.files), 'file')}."
    )


def _chinese(result: Restructured, place: Callable[[str], str], is_written: bool) -> Iterator[str]:
    for one in result.headings:
        yield f"{place(one.path)}:{one.line}: “{one.old}” → “{one.new}”"
    for path, finding in sorted(result.left.items()):
        yield f"{place(path)}：保持原样，因为改动会带来 {finding.code}：{finding.message.zh}"
    for mention in result.unsure:
        line, column = mention.position
        yield f"{place(mention.path)}:{line}:{column}: 请核对：“{mention.numeral}”可能指改过编号的标题"
    for what in result.unverified:
        yield f"未能核实：{what.zh}"
    did = "改动了" if is_written else "将改动"
    yield f"{did} {len(result.headings)} 个标题及 {result.followed} 处随之变化的文字，涉及 {len(result.files)} 个文件。"
