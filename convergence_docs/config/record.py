"""What a site's configuration says to the checker, as frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from convergence_docs.diagnostic import RuleInfo, Severity, Wording


class PythonName(NamedTuple):
    """A ``!!python/...`` tag: the name it gives and the keywords it would be called with. Never imported, never run."""

    name: str
    keywords: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagramSettings:
    """How diagrams are verified.

    Attributes:
        verify: whether Mermaid itself is asked about every block.
        seconds: what it may take over one block, of processor time.
        characters: how long a block may be; Mermaid itself draws no longer one than this default.
    """

    verify: bool = True
    seconds: float = 5.0
    characters: int = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The checker's settings, from ``extra.convergence``.

    Attributes:
        severity: by rule code or name; ``None`` turns a rule off.
        paths: per-path severities, in order: a glob over docs-relative paths, and severities as above.
        options: rule options by rule code or name.
        vocabulary: docs-relative path of the vocabulary, or ``None``.
        site: settings of the site's generated pages, which the site layer reads.
        trusted: plugins, extensions and hooks whose effect the author vouches for.
        max_bytes: chapters larger than this are reported as not checked instead of being read.
        baseline: the file of known findings, relative to the configuration's folder, or ``None`` for the usual one.
        redirects: docs-relative path of the list of old addresses, or ``None`` where none is kept.
        external: how links to other sites are checked, which that check reads.
        diagrams: how diagrams are verified.
    """

    severity: Mapping[str, Severity | None] = field(default_factory=dict)
    paths: tuple[tuple[str, Mapping[str, Severity | None]], ...] = ()
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    vocabulary: str | None = None
    site: Mapping[str, Any] = field(default_factory=dict)
    trusted: tuple[str, ...] = ()
    max_bytes: int = 64 * 1024 * 1024
    baseline: str | None = None
    external: Mapping[str, Any] = field(default_factory=dict)
    diagrams: DiagramSettings = DiagramSettings()
    redirects: str | None = None

    def severity_of(self, rule: RuleInfo, path: str) -> Severity | None:
        """How bad a finding of ``rule`` in ``path`` is; ``None`` where the rule is off. The last word wins."""
        default = None if rule.is_opt_in else rule.severity
        severity: Severity | None = self.severity.get(rule.code, self.severity.get(rule.name, default))
        for pattern, severities in self.paths:
            if fnmatchcase(path, pattern):
                severity = severities.get(rule.code, severities.get(rule.name, severity))
        return severity

    def options_of(self, rule: RuleInfo) -> Mapping[str, Any]:
        """What the configuration sets for ``rule``, without defaults."""
        return {**self.options.get(rule.name, {}), **self.options.get(rule.code, {})}


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """One site: where its chapters are and what decides how they are read.

    Attributes:
        docs_root: absolute path of the folder that holds the chapters.
        boundary: absolute path of the repository around it; nothing outside is ever looked at.
        config_file: absolute path of the ``mkdocs.yml``, or ``None``.
        settings_file: absolute path of a file that holds only settings, or ``None``.
        is_mkdocs: whether a ``mkdocs.yml`` governs the folder.
        nav: docs-relative paths that the navigation names, or ``None`` where there is no explicit navigation.
        use_directory_urls: as in MkDocs.
        absolute_links_from_docs: whether a link ``/x.md`` is read from the docs root (``relative_to_docs``).
        excluded: gitignore-style lines of ``exclude_docs`` and ``draft_docs``: pages that no build publishes.
        unlisted: gitignore-style lines of ``not_in_nav``: pages that need no place in the navigation.
        extensions: Markdown extensions by name, with their options.
        plugins: plugins by name, with their options.
        settings: the checker's own settings.
        unverified: what about this site nobody here can vouch for.
        doubts: what cannot be certain here, and why: ``pages`` and ``anchors`` (a plugin may make more of them than
            the chapters show), ``references`` (a plugin may define them), ``nav`` (a plugin makes it).
        untracked: lines of ``.gitignore`` files, each with the way from its folder to the docs root.
        generator: another site generator that builds the pages of a plain folder; empty where none is known.
        selected: docs-relative files or folders to report on; empty for all.
    """

    docs_root: str
    boundary: str
    config_file: str | None = None
    settings_file: str | None = None
    is_mkdocs: bool = False
    nav: tuple[str, ...] | None = None
    use_directory_urls: bool = True
    absolute_links_from_docs: bool = False
    excluded: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    extensions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    plugins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    unverified: tuple[Wording, ...] = ()
    doubts: Mapping[str, str] = field(default_factory=dict)
    untracked: tuple[tuple[str, tuple[str, ...]], ...] = ()
    generator: str = ""
    selected: tuple[str, ...] = ()

    def is_selected(self, path: str) -> bool:
        """Whether a docs-relative path is one of those selected or below one; any is where none are."""
        folders = tuple(one.rstrip("/") + "/" for one in self.selected)
        return not folders or path in self.selected or path.startswith(folders)
