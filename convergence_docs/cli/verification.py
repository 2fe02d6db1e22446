"""``check --verify``: hold the parser against independent implementations, file by file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from convergence_docs.cli.place import place_in
from convergence_docs.config import Config
from convergence_docs.diagnostic import Language, Wording
from convergence_docs.errors import Fault
from convergence_docs.load import NotRead, list_files, read
from convergence_docs.parse import dialect_of
from convergence_docs.reports.cells import sanitised
from convergence_docs.reports.counting import plural
from convergence_docs.text import SourceText, decode

ALWAYS = ("toc", "tables", "fenced_code")
"""What MkDocs adds to the extensions of every site."""

# fmt: off
TRUSTED = frozenset((
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "md_in_html",
    "meta", "nl2br", "sane_lists", "smarty", "tables", "toc",
    *(f"pymdownx.{name}" for name in (
        "arithmatex", "betterem", "caret", "critic", "details", "extra", "highlight", "inlinehilite", "keys", "mark",
        "saneheaders", "smartsymbols", "superfences", "tabbed", "tasklist", "tilde",
        "blocks.admonition", "blocks.caption", "blocks.definition", "blocks.details", "blocks.html", "blocks.tab",
    )),
))
# fmt: on
"""Extensions that the comparison loads. Whatever else a configuration names is never imported."""


_DIFFERENCE = Wording("{kind}: rendered {rendered}, read {read}", "{kind}：渲染结果 {rendered}，解析结果 {read}")
_TOO_DEEP = Wording("the other implementation cannot follow the nesting", "另一实现无法处理这样深的嵌套")


class Outcome(NamedTuple):
    """What a comparison came to: a line for each difference, and how many files were compared."""

    lines: tuple[str, ...]
    files: int


def verify(configs: Iterable[Config], language: Language) -> Outcome:
    """Compare every chapter with what Python-Markdown and markdown-it-py make of it.

    Raises:
        Fault: one of these is not installed.
    """
    lines: list[str] = []
    files = 0
    try:
        for config in configs:
            moved = place_in(config.docs_root)
            for source in _sources(config):
                files += 1
                where = sanitised(moved(source.path))
                lines += [f"{where}: {line}" for line in _differences(source, config, language)]
    except ImportError as error:
        if error.name is None or error.name.startswith("convergence_docs"):
            raise
        raise Fault(
            en=f"--verify needs the package {error.name}.",
            zh=f"--verify 需要安装 {error.name}。",
            hint_en="Install: pip install 'convergence-docs[verify]'",
            hint_zh="安装：pip install 'convergence-docs[verify]'",
        ) from error
    return Outcome(tuple(lines), files)


def summary(outcome: Outcome, language: Language) -> str:
    """One line of counts."""
    found = len(outcome.lines)
    if language == "zh":
        return f"核对了 {outcome.files} 个文件：" + (f"{found} 处不一致。" if found else "全部一致。")
    compared = f"Compared {plural(outcome.files, 'file')}: "
    return compared + (f"{plural(found, 'difference')}." if found else "all agree.")


def _sources(config: Config) -> Iterator[SourceText]:
    """The texts of the chapters that were asked for, one at a time; what cannot be read, the check has reported."""
    for path in list_files(config).chapters:
        if config.selected and not any(path == one or path.startswith(f"{one}/") for one in config.selected):
            continue
        found = read(config, path)
        if not isinstance(found, NotRead):
            yield decode(found.data, path)


def _differences(source: SourceText, config: Config, language: Language) -> Iterator[str]:
    from convergence_docs.verify import FOLDER_EXTENSIONS, verify_chapter
    from convergence_docs.verify_github import verify_github

    dialect = dialect_of(config)
    extensions = _extensions(config) if config.is_mkdocs else FOLDER_EXTENSIONS
    comparisons: tuple[tuple[Wording, Callable[[], Iterable[tuple[str, str, str]]]], ...] = (
        (Wording("site", "站点"), lambda: verify_chapter(source, dialect, extensions)),
        (Wording("GitHub", "GitHub"), lambda: verify_github(source)),
    )
    for view, compare in comparisons:
        try:
            for kind, rendered, scanned in compare():
                arguments = {"kind": kind, "rendered": repr(rendered), "read": repr(scanned)}
                yield sanitised(f"{view.to(language)}: {_DIFFERENCE.filled(arguments).to(language)}")
        except RecursionError:
            yield f"{view.to(language)}: {_TOO_DEEP.to(language)}"


def _extensions(config: Config) -> dict[str, Mapping[str, Any]]:
    """The site's extensions that may be loaded, without options that name Python objects: the dialect tells slugs."""
    named: Mapping[str, Mapping[str, Any]] = {**{name: {} for name in ALWAYS}, **config.extensions}
    return {
        name: {key: value for key, value in options.items() if key != "slugify" and isinstance(value, bool | int | str)}
        for full, options in named.items()
        if (name := full.removeprefix("markdown.extensions.")) in TRUSTED
    }
