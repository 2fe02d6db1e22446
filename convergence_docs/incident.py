"""What a run or a build itself has to report: files not read, rules that broke down, formulas left unset, other sites.

These are findings, not faults: the other chapters are still checked, and the exit code is 1 because something was
not checked. They have codes as rules do, but no rule's file, because no rule can find them.
"""

from __future__ import annotations

from dataclasses import replace

from convergence_docs.diagnostic import Finding, RuleInfo, Severity, Wording
from convergence_docs.text import SourceText, Span

NOT_CHECKED = RuleInfo(
    "RUN001",
    "not-checked",
    Severity.ERROR,
    Wording("A file or folder could not be read, so it was not checked.", "文件或文件夹无法读取，因此没有检查。"),
    """A file or folder could not be read, so it was not checked. | 文件或文件夹无法读取，因此没有检查。

## What it checks
Whether every chapter and folder below the docs root could be read: permissions, size, symbolic links that lead out
of the repository or in circles, and names that are not text.

文档目录下的每个章节和文件夹是否都能读取：权限、大小、通向仓库之外或循环的符号链接，以及不是有效文本的名称。

## Why it matters
A chapter that was skipped in silence would look as if it were in order.

悄悄跳过的章节，看上去就像没有问题。

## What to do
Make the file readable, move it out of the docs root, or raise `max_bytes` under `extra.convergence`.

让文件可以读取，或把它移出文档目录，或调大 `extra.convergence` 中的 `max_bytes`。
""",
)
RULE_CRASHED = RuleInfo(
    "RUN002",
    "rule-crashed",
    Severity.ERROR,
    Wording(
        "A rule broke down, so what it would have said is unknown.", "某条规则运行出错，它本来会报告什么无从得知。"
    ),
    """A rule broke down, so what it would have said is unknown. | 某条规则运行出错，它本来会报告什么无从得知。

## What it checks
Whether every rule came to its end on every chapter. A rule that raises is stopped on that chapter only; the other
rules and chapters go on.

每条规则是否都在每个章节上运行到底。出错的规则只在该章停下，其他规则和章节照常进行。

## Why it matters
Silence of a rule that never finished is not approval.

没有运行完的规则没有报告问题，不等于没有问题。

## What to do
This is a fault of this program: report it with the chapter. Until it is mended, turn the rule off for this chapter
under `extra.convergence.paths`.

这是本程序的错误：请附上该章节报告。修好之前，可在 `extra.convergence.paths` 中对该章节关闭这条规则。
""",
)
BROKEN_FORMULA = RuleInfo(
    "SIT001",
    "broken-formula",
    Severity.WARNING,
    Wording("A formula cannot be typeset.", "公式无法排版。"),
    """A formula cannot be typeset. | 公式无法排版。

## What it checks
Whether every formula of a page could be turned into MathML. Only a build of the site finds this; the page then shows
the formula's source in its place.

页面上的每个公式是否都能转成 MathML。只有构建网站时才会发现；此时页面在原处显示公式的源代码。

## Why it matters
A formula that silently came out wrong would be read as if it were right.

悄悄排错的公式，读者会当作正确的来读。

## What to do
Close every brace and `\\left`, give every command all its parts, and use commands that the typesetter knows.

补全花括号与 `\\left`，写全每个命令的参数，只用排版器支持的命令。
""",
)
OTHER_ANCHORS = RuleInfo(
    "SIT002",
    "anchors-not-as-modelled",
    Severity.WARNING,
    Wording("A rendered page has other anchors than those that were checked.", "渲染后的页面锚点与检查时的不同。"),
    """A rendered page has other anchors than those that were checked. | 渲染后的页面锚点与检查时的不同。

## What it checks
Whether the ids on each page that MkDocs rendered are those that links were checked against. Only a build of the site
finds this.

MkDocs 渲染出的每一页，其锚点是否就是检查链接时所用的锚点。只有构建网站时才会发现。

## Why it matters
Where both differ, the verdict on links to that page is worth nothing, and that must not go unsaid.

两者不同时，对指向该页的链接所作的判断就不可靠，这一点必须说出来。

## What to do
See which plugin or extension changes the page. Where none does, the checker reads the chapter wrongly: report it.

看看是哪个插件或扩展修改了页面。如果没有，就是检查器读错了这一章：请反馈。
""",
)
BROKEN_REDIRECT = RuleInfo(
    "SIT003",
    "broken-redirect",
    Severity.WARNING,
    Wording("An old address leads nowhere.", "旧地址没有通向任何地方。"),
    """An old address leads nowhere. | 旧地址没有通向任何地方。

## What it checks
Whether every line of the list of old addresses (`redirects` in the settings) leads to a page and a heading that are
there, not in a circle, and not away from a page or heading that is still there. Only a build of the site finds this.

旧地址列表（设置项 `redirects`）的每一行，是否通向现有的页面与标题，没有绕成圈，也没有从仍然存在的页面或标题引开。
只有构建网站时才会发现。

## Why it matters
Who follows an old link, or a bookmark, would end at a page that is not there.

循着旧链接或书签而来的读者，会到达不存在的页面。

## What to do
Correct the line, or take it out. `convergence-docs move` and `renumber` keep the list right by themselves.

改正或删去这一行。`convergence-docs move` 与 `renumber` 会自行维护这个列表。
""",
)
NOT_FINDABLE = RuleInfo(
    "SIT004",
    "not-findable",
    Severity.WARNING,
    Wording("The search does not find what a chapter says.", "搜索找不到章节里写着的内容。"),
    """The search does not find what a chapter says. | 搜索找不到章节里写着的内容。

## What it checks
Whether every heading, bold lead, table header and term of the vocabulary that a chapter writes is found when a person
types it: each is looked for in the index as it was packed. Only a build of the site finds this. What is written with
marks that a page shows in another way (formulas, footnotes, HTML) is not judged, nor what `data-search-exclude` or
`search: exclude` in the front matter leaves out.

章节里写的每个标题、粗体引导、表头与词汇表术语，照样输入能否搜到：逐个在打包好的索引里查找。只有构建网站时才会发现。写法与页面
显示不同的（公式、脚注、HTML）不作判断；用 `data-search-exclude` 或 front matter 的 `search: exclude` 排除的也不判断。

## Why it matters
Who does not find a chapter takes it that there is none.

搜不到的章节，读者会以为不存在。

## What to do
See which plugin or template takes it off the page. Give a heading words that can be typed.

看看是哪个插件或模板把它从页面上去掉了。标题要有能够输入的文字。
""",
)
DEAD_LINK = RuleInfo(
    "EXT001",
    "dead-external-link",
    Severity.WARNING,
    Wording("A link to another site leads to no page.", "站外链接指向不存在的页面。"),
    """A link to another site leads to no page. | 站外链接指向不存在的页面。

## What it checks
Only with `check --external`: addresses for which the site answers 404 or 410, that redirect in circles, or that are no
addresses at all.

仅在 `check --external` 时检查：网站返回 404 或 410 的地址，循环重定向的地址，以及根本不是地址的写法。

## Why it matters
A source that nobody can open proves nothing.

打不开的出处什么也证明不了。

## What to do
Find where the page is now, link to an archived copy, or take the link out.

查找页面现在的地址，改为存档的链接，或删去链接。
""",
)
MOVED_LINK = RuleInfo(
    "EXT002",
    "moved-external-link",
    Severity.NOTICE,
    Wording("A page on another site has moved for good.", "站外页面已永久移到别处。"),
    """A page on another site has moved for good. | 站外页面已永久移到别处。

## What it checks
Only with `check --external`: addresses that redirect with 301 or 308 to a page that is there. Moves for the time being
(302, 307) are not told.

仅在 `check --external` 时检查：以 301 或 308 重定向、最终能打开的地址。暂时的重定向（302、307）不报告。

## Why it matters
Redirections are switched off some day, mostly without a word.

重定向总有一天会被撤掉，而且多半没有通知。

## What to do
Link to where it is now; `convergence-docs fix` does not, for somebody should see that it is still the same page.

改为现在的地址。`convergence-docs fix` 不会代劳，因为需要有人看过它还是不是同一个页面。
""",
)
UNANSWERED_LINK = RuleInfo(
    "EXT003",
    "unanswered-external-link",
    Severity.NOTICE,
    Wording("Whether a page on another site is there could not be told.", "无法判断站外页面是否存在。"),
    """Whether a page on another site is there could not be told. | 无法判断站外页面是否存在。

## What it checks
Only with `check --external`: addresses for which there was no answer in time, no connection, or an answer that says
nothing of the page: 400, 401, 403, 429, 500 and above, and the like.

仅在 `check --external` 时检查：没有及时回应、无法连接的地址，以及回应说明不了页面是否存在的地址：400、401、403、429、
500 以上等。

## Why it matters
It may be dead, and it may be a bad day or a site that turns programs away: to call it dead would be a guess.

它可能已经失效，也可能只是一时故障，或网站拒绝程序访问：当作死链接只是猜测。

## What to do
Open it in a browser. Sites that always refuse programs belong under `external.deny` in the settings.

用浏览器打开看看。总是拒绝程序访问的网站，写入设置项 `external.deny`。
""",
)
UNTRUSTED_LINK = RuleInfo(
    "EXT004",
    "untrusted-external-link",
    Severity.WARNING,
    Wording("The certificate of another site is not trusted.", "站外网站的证书不受信任。"),
    """The certificate of another site is not trusted. | 站外网站的证书不受信任。

## What it checks
Only with `check --external`: addresses with `https` whose certificate is expired, signed by itself, or made out to
another name.

仅在 `check --external` 时检查：证书过期、自签名或与域名不符的 `https` 地址。

## Why it matters
Browsers warn readers away from such pages.

浏览器会警告读者不要打开这样的页面。

## What to do
Find another source, or tell the site.

另找来源，或告知该网站。
""",
)
INCIDENTS = (
    NOT_CHECKED,
    RULE_CRASHED,
    BROKEN_FORMULA,
    OTHER_ANCHORS,
    BROKEN_REDIRECT,
    NOT_FINDABLE,
    DEAD_LINK,
    MOVED_LINK,
    UNANSWERED_LINK,
    UNTRUSTED_LINK,
)

_REASONS = {
    "unreadable": Wording("cannot be read: {detail}", "无法读取：{detail}"),
    "too-large": Wording("is larger than {detail} bytes", "大于 {detail} 字节"),
    "too-dense": Wording("holds more than {detail} lines, brackets and tags", "的行、方括号与标签合计超过 {detail} 个"),
    "outside": Wording("is a symbolic link that leads out of the repository", "是指向仓库之外的符号链接"),
    "circular": Wording("is a symbolic link that leads in circles", "是循环的符号链接"),
    "special": Wording("is no ordinary file (a pipe, socket or device)", "不是普通文件（管道、套接字或设备）"),
    "name": Wording("has a name that is not valid text", "的名称不是有效文本"),
}
_HINTS = {
    "unreadable": Wording(
        "Make it readable, or move it out of the docs folder.", "请赋予读取权限，或将其移出文档目录。"
    ),
    "too-large": Wording("Split it, or raise max_bytes in the settings.", "请拆分该文件，或在设置中调大 max_bytes。"),
    "too-dense": Wording("Split it.", "请拆分该文件。"),
    "outside": Wording(
        "Copy the file into the docs folder, or remove the link.", "请把文件复制到文档目录中，或删除该链接。"
    ),
    "circular": Wording("Remove the link.", "请删除该链接。"),
    "special": Wording("Move it out of the docs folder.", "请将其移出文档目录。"),
    "name": Wording("Rename it in UTF-8.", "请用 UTF-8 重新命名。"),
}


def not_checked(path: str, reason: str, detail: str = "") -> Finding:
    """The finding that ``path`` was not checked, and why."""
    words = _REASONS[reason].filled({"detail": detail})
    message = Wording(f"Not checked: this {words.en}.", f"未检查：该项{words.zh}。")
    return _incident(NOT_CHECKED, path, message, _HINTS[reason])


def rule_crashed(path: str, what: str, error: BaseException) -> Finding:
    """The finding that ``what`` (a rule's code and name, or the parser) broke down with ``error`` on ``path``."""
    said = f"{type(error).__name__}: {error}"[:200]
    message = Wording(
        f"{what} broke down here ({said}); what it would have found is unknown.",
        f"{what} 在此运行出错（{said}），它本来会发现什么无从得知。",
    )
    hint = Wording(
        "This is a fault of the checker: please report it with this file.", "这是检查器自身的错误：请附上该文件报告。"
    )
    return _incident(RULE_CRASHED, path, message, hint)


def incident_at(info: RuleInfo, source: SourceText, span: Span, message: Wording, hint: Wording) -> Finding:
    """The finding of an incident that has a place in a text."""
    start, end = source.position(span.start), source.position(span.end)
    place = _incident(info, source.path, message, hint)
    return replace(
        place,
        line=start.line,
        column=start.column,
        end_line=end.line,
        end_column=end.column,
        excerpt=source.line(start.line),
    )


def _incident(info: RuleInfo, path: str, message: Wording, hint: Wording) -> Finding:
    return Finding(
        path=path,
        line=1,
        column=1,
        end_line=1,
        end_column=1,
        code=info.code,
        name=info.name,
        severity=info.severity,
        message=message,
        hint=hint,
        excerpt="",
    )
