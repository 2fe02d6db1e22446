"""What the site publishes beside its chapters: style sheet, scripts, Mermaid, and a page for every rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.structure.files import File, Files, InclusionLevel

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from convergence_docs.diagnostic import Language

FOLDER = "assets/convergence"
STYLES = f"{FOLDER}/convergence.css"
SCRIPT = f"{FOLDER}/convergence.js"
FIRST_SCRIPT = f"{FOLDER}/first.js"
SEARCH = f"{FOLDER}/search.js"
FONT = f"{FOLDER}/math.woff2"
FONT_LICENCE = f"{FOLDER}/math-OFL.txt"
MERMAID = f"{FOLDER}/mermaid.js"
# mermaid2 takes a script for Mermaid by this word in its name, and then neither probes nor adds a remote one. It also
# parses every page that holds the word, so the name is put right before pages are made.
SCRIPT_ALIAS = MERMAID

_ASSETS = Path(__file__).with_name("assets")


def mermaid_script() -> Path | None:
    """Where the installed ``mermaidx`` keeps Mermaid's own script; ``None`` where it is not installed."""
    try:
        path = Path(str(distribution("mermaidx").locate_file("mermaidx/assets/mermaid.js")))
    except PackageNotFoundError:
        return None
    return path if path.is_file() else None


def join_scripts(site: MkDocsConfig, parts: Sequence[str], *, has_mermaid: bool) -> None:
    """Add the joined style sheet and scripts of all parts to a site's configuration."""
    if not parts:
        return
    is_alone = not any("mermaid" in str(script).lower() for script in site.extra_javascript)
    _append(site.extra_css, STYLES)
    _append(site.extra_javascript, _deferred(FIRST_SCRIPT))
    _append(site.extra_javascript, _deferred(SCRIPT_ALIAS if has_mermaid and is_alone else SCRIPT))


def add_joined(files: Files, site: MkDocsConfig, parts: Sequence[str], first: Collection[str]) -> None:
    """Add the joined style sheet and scripts themselves, and put the script's name right."""
    scripts = site.extra_javascript
    scripts[:] = [_deferred(SCRIPT) if str(script) == SCRIPT_ALIAS else script for script in scripts]
    early, late = [part for part in parts if part in first], [part for part in parts if part not in first]
    for name, joined in (
        (STYLES, _joined(parts, ".css")),
        (FIRST_SCRIPT, _joined(early, ".js")),
        (SCRIPT, _joined(late, ".js")),
    ):
        if parts and files.get_file_from_path(name) is None:
            files.append(File.generated(site, name, content=joined))


def add_asset(files: Files, site: MkDocsConfig, name: str) -> None:
    """Add an asset of this package to a site's files."""
    add_copy(files, site, name, _ASSETS / PurePosixPath(name).name)


def add_copy(files: Files, site: MkDocsConfig, name: str, path: Path) -> None:
    """Add a copy of a file. What the docs already hold stays theirs."""
    if files.get_file_from_path(name) is None:
        files.append(File.generated(site, name, abs_src_path=str(path)))


def _joined(parts: Iterable[str], suffix: str) -> str:
    """Assets as one: a browser waits for each style sheet before it shows anything."""
    end = ";\n" if suffix == ".js" else "\n"  # a line that begins with a bracket goes on with the one before it
    paths = [(_ASSETS / part).with_suffix(suffix) for part in parts]
    return end.join(path.read_text("utf-8") for path in paths if path.is_file())


def _deferred(name: str) -> ExtraScriptValue:
    """A script that runs once the page is read, which it then does not hold up."""
    script = ExtraScriptValue(name)
    script.defer = True
    return script


def _append(values: list[Any], value: object) -> None:
    if str(value) not in (str(known) for known in values):
        values.append(value)


def add_generated(files: Files, config: MkDocsConfig, contents: Mapping[str, str]) -> None:
    """Add files by path and content. What the docs already hold stays theirs; a page outside an explicit navigation
    is none that its author forgot.
    """
    from convergence_docs.site.book.generated_pages import named_in  # only a site that generates pages needs it

    named = named_in(config.nav) if config.nav else None
    for path, content in contents.items():
        if files.get_file_from_path(path) is None:
            is_named = named is None or path in named
            inclusion = InclusionLevel.INCLUDED if is_named else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, path, content=content, inclusion=inclusion))


def add_rule_pages(files: Files, config: MkDocsConfig, folder: str, language: Language) -> None:
    """Add the rules' pages to a site's files, below ``folder``. A page that the docs already hold stays theirs."""
    from convergence_docs.rule_pages import rule_pages  # loads all rules
    from convergence_docs.rules import discover

    for name, content in rule_pages(discover(), language).items():
        path = f"{folder}/{name}"
        if files.get_file_from_path(path) is None:
            files.append(File.generated(config, path, content=content, inclusion=InclusionLevel.INCLUDED))


def nav_with_rules(nav: object, folder: str, language: Language) -> object:
    """The navigation with the rules' pages under the entry that names their index; unchanged where none does."""
    index = f"{folder}/index.md"
    if isinstance(nav, list):
        return [nav_with_rules(item, folder, language) for item in nav]
    if isinstance(nav, dict):
        return {
            title: [index, *_rule_entries(folder, language)]
            if target == index
            else nav_with_rules(target, folder, language)
            for title, target in nav.items()
        }
    return nav


def _rule_entries(folder: str, language: Language) -> list[dict[str, list[dict[str, str]]]]:
    """A section for each family of rules."""
    from convergence_docs.rule_pages import FAMILIES, all_infos, page_name
    from convergence_docs.rules import discover

    return [
        {
            FAMILIES[family].to(language) if family in FAMILIES else family: [
                {f"{info.code} {info.name}": f"{folder}/{page_name(info)}"} for info in members
            ]
        }
        for family, members in groupby(all_infos(discover()), lambda info: info.code[:3])
    ]
