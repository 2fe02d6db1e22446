"""What the command line says of itself, in both languages."""

from __future__ import annotations

from typing import Final

from convergence_docs.diagnostic import Wording

Topic = str

HELP: Final[dict[Topic, Wording]] = {
    "usage": Wording("usage: ", "用法："),
    "positionals": Wording("arguments", "参数"),
    "options": Wording("options", "选项"),
    "commands": Wording("commands", "命令"),
    "command": Wording("COMMAND", "命令"),
    "CODE": Wording("CODE|NAME", "代码|名称"),
    "CODES": Wording("CODES", "代码"),
    "NAME": Wording("NAME", "名称"),
    "PATTERN": Wording("PATTERN", "模式"),
    "help": Wording("show this help and exit", "显示本帮助并退出"),
    "lang": Wording("language of messages (else the locale decides)", "消息的语言（默认按系统区域设置）"),
    "version": Wording("show the version and exit", "显示版本并退出"),
    "program": Wording(
        "Check a book of Markdown chapters: links, numbering, tables of contents, tables.",
        "检查由 Markdown 章节组成的书：链接、编号、目录、表格。",
    ),
    "exit": Wording(
        "exit codes: 0 nothing to mend, 1 findings, 2 the call cannot be served",
        "退出码：0 没有问题；1 发现问题；2 无法执行（参数、配置或环境有误）",
    ),
    "do check": Wording(
        "check chapters and report what is wrong, where, and how to mend it", "检查章节，指出问题、位置和改法"
    ),
    "do fix": Wording(
        "mend what can surely be mended; checked again before anything is written",
        "改正有把握改正的问题；写入之前先重新检查",
    ),
    "do baseline": Wording(
        "keep today's findings as known, so that a check fails only on new ones",
        "把现有问题记为已知，此后检查只因新问题不通过",
    ),
    "do renumber": Wording(
        "make section numbers count again, with tables of contents, anchors, links and mentions",
        "让章节内的编号重新连续，目录、锚点、链接和文中提及随之更新",
    ),
    "do insert-section": Wording(
        "put a section into a chapter and count on what comes after it", "在章节中插入一节，其后的编号依次顺延"
    ),
    "do move-section": Wording(
        "move a section within its chapter, with all that names it", "在章节内移动一节，凡提到它的地方都随之更新"
    ),
    "interactive": Wording("ask about each finding before mending it", "改正每一处之前先询问"),
    "do new": Wording(
        "begin a chapter: number, contents and sections in place, named in the navigation",
        "新建章节：编号、目录与小节就位，并写入导航",
    ),
    "new-chapter": Wording(
        "the file to make; its name begins with the chapter's number", "要新建的文件，文件名以章节编号开头"
    ),
    "new-title": Wording("the title, where it is not the file's name", "标题，默认取自文件名"),
    "do move": Wording(
        "move a chapter, a file or a folder, or rename a heading, with every link to it and from it",
        "移动章节、文件或文件夹，或改标题；指向它的和它发出的链接都随之更新",
    ),
    "old": Wording("a file, a folder, or a heading (chapter.md#anchor)", "文件、文件夹，或标题（chapter.md#锚点）"),
    "new": Wording("where to; for a heading, its new words", "新位置；对标题则是新的文字"),
    "chapter-file": Wording("the file of the chapter", "章节文件"),
    "title": Wording("the title of the new section, without a number", "新一节的标题，不含编号"),
    "heading": Wording(
        "a heading: its number (七, 7.2), its words, or its anchor (#七-…)",
        "标题：编号（七、7.2）、文字或锚点（#七-…）",
    ),
    "after": Wording("put it after the section of this heading", "放在此标题所在的一节之后"),
    "before": Wording("put it before the section of this heading", "放在此标题之前"),
    "do explain": Wording("explain a rule", "解释一条规则"),
    "do rules": Wording("list all rules", "列出全部规则"),
    "do model": Wording(
        "write everything that the chapters hold as JSON or as a database", "把章节的全部内容输出为 JSON 或数据库"
    ),
    "do claims": Wording(
        "list every figure that the chapters state: of what, in which respect, where",
        "列出章节中的每个数值论断：对象、维度、值与位置",
    ),
    "do diff": Wording(
        "say what a change alters in meaning: figures, sections, links, diagrams, tables",
        "指出一次修改改变了哪些含义：数值、小节、链接、图、表格",
    ),
    "do schema": Wording("write the JSON Schema of an output format", "输出某种格式的 JSON Schema"),
    "do version": Wording("show the version", "显示版本"),
    "paths": Wording(
        "a folder, a chapter or a mkdocs.yml (default: the current folder)",
        "文件夹、章节文件或 mkdocs.yml（默认为当前文件夹）",
    ),
    "config": Wording("settings from this file", "从此文件读取设置"),
    "format": Wording("format of the report", "报告的格式"),
    "output": Wording("write to this file instead of standard output", "写入此文件，而不是标准输出"),
    "also": Wording(
        "write the same report in another format too, such as sarif=findings.sarif; may be repeated",
        "同一份报告再以另一种格式写入文件，例如 sarif=findings.sarif；可重复",
    ),
    "select": Wording(
        "only these rules: codes, names or prefixes such as LNK, separated by commas",
        "只用这些规则：代码、名称或 LNK 这样的前缀，用逗号分隔",
    ),
    "fix-path": Wording(
        "a folder, a chapter or a mkdocs.yml (default: the current folder)",
        "文件夹、章节文件或 mkdocs.yml（默认为当前文件夹）",
    ),
    "fix-select": Wording("mend only findings of these rules", "只改正这些规则发现的问题"),
    "changed": Wording(
        "only findings on lines changed since BASE and those that the change caused elsewhere; BASE is a branch, tag "
        "or commit (default: origin's default branch, else the last commit)",
        "只报告自 BASE 以来改动的行上的问题，以及改动在别处造成的问题；BASE 为分支、标签或提交"
        "（默认为 origin 的默认分支，没有则为最近一次提交）",
    ),
    "baseline-file": Wording(
        "findings that are known (default: convergence-baseline.json beside the configuration, where it is there)",
        "已知问题的基线（默认为配置文件旁的 convergence-baseline.json，如果有）",
    ),
    "no-baseline": Wording("report known findings too", "已知问题也照常报告"),
    "strict-baseline": Wording(
        "fail where the baseline still holds what is mended (always so where CI is set)",
        "基线中还留有已改正的问题时不通过（设置了 CI 环境变量时总是如此）",
    ),
    "baseline-path": Wording(
        "a folder or a mkdocs.yml (default: the current folder)", "文件夹或 mkdocs.yml（默认为当前文件夹）"
    ),
    "prune": Wording("only take out what is mended; nothing is added", "只去掉已改正的，不会增加"),
    "baseline-output": Wording("write this file instead of the usual one", "写入此文件，而不是默认的文件"),
    "unsafe": Wording("make edits too that somebody should look at", "也作需要人看过的改动"),
    "diff": Wording("print a patch for git apply instead of writing", "只输出 git apply 可用的补丁，不写入文件"),
    "ignore": Wording("not these rules", "不用这些规则"),
    "strict": Wording(
        "notices fail the check too, and so do diagrams that nobody verified", "提示也算检查不通过，有图未经核实时也是"
    ),
    "verify": Wording(
        "also compare every file with independent Markdown implementations",
        "再用独立的 Markdown 实现逐个文件核对解析结果",
    ),
    "external": Wording(
        "also ask other sites for what links lead to (needs convergence-docs[external])",
        "也检查站外链接（需要 convergence-docs[external]）",
    ),
    "no-cache": Wording("read everything anew", "不用缓存，全部重新读取"),
    "jobs": Wording("processes to read chapters with", "读取章节所用的进程数"),
    "color": Wording("when to use colours", "何时使用颜色"),
    "rule": Wording(
        "code or name of a rule, such as LNK001 or missing-file", "规则的代码或名称，例如 LNK001 或 missing-file"
    ),
    "rules-format": Wording("format of the list", "列表的格式"),
    "model-path": Wording(
        "a folder or a mkdocs.yml (default: the current folder)", "文件夹或 mkdocs.yml（默认为当前文件夹）"
    ),
    "model-format": Wording(
        "format of the model; sqlite, a database, needs --output", "模型的格式；sqlite（数据库）须同时给出 --output"
    ),
    "subject": Wording(
        "only claims on this subject: name, alias or id of the vocabulary, or the words as written",
        "只列此对象的论断：词汇表中的名称、别名或标识，或原文字样",
    ),
    "dimension": Wording("only claims in this respect, named likewise", "只列此维度的论断，写法同上"),
    "chapter": Wording(
        "only chapters of this pattern, as in .gitignore, relative to the docs folder; may be repeated",
        "只看符合此模式的章节，写法同 .gitignore，相对于文档目录；可重复",
    ),
    "source": Wording("only claims read from here", "只列从此处读到的论断"),
    "claims-format": Wording("format of the list", "列表的格式"),
    "base": Wording(
        "a revision (branch, tag, commit), A..B, A...B (from where they parted), or a folder",
        "版本（分支、标签、提交），A..B，A...B（从分岔处算起），或文件夹",
    ),
    "head": Wording("a revision or a folder (default: the working tree)", "版本或文件夹（默认为工作区）"),
    "diff-path": Wording(
        "the site in the repository: a folder, a chapter or a mkdocs.yml (default: the current folder)",
        "仓库中的站点：文件夹、章节文件或 mkdocs.yml（默认为当前文件夹）",
    ),
    "exit-code": Wording("exit with 1 where something changed in meaning", "含义有变时退出码为 1"),
    "schema": Wording("which format (default: model)", "哪种格式（默认 model）"),
}

ERRORS: Final = (
    (r"unrecognized arguments: (.+)", "无法识别的参数：{0}"),
    (r"the following arguments are required: (.+)", "缺少参数：{0}"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", "参数 {0} 的值 {1} 无效，可选：{2}"),
    (r"argument (.+): invalid \S+ value: (.+)", "参数 {0} 的值 {1} 无效"),
    (r"argument (.+): a whole number above 0 is needed, not (.+)", "参数 {0} 需要大于 0 的整数，而不是 {1}"),
    (r"argument (.+): FORMAT=FILE is needed, not (.+)", "参数 {0} 应写成“格式=文件”，而不是 {1}"),
    (r"argument (.+): expected one argument", "参数 {0} 需要一个值"),
    (r"argument (.+): ignored explicit argument (.+)", "参数 {0} 不接受值 {1}"),
    (r"ambiguous option: (.+) could match (.+)", "选项 {0} 有歧义，可能是 {1}"),
)
"""What argparse says (Python 3.11 to 3.13), and how to say it in Chinese."""
