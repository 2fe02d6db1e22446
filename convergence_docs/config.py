"""What a site's configuration says to the checker, as frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from convergence_docs.diagnostic import RuleInfo, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The checker's settings, from ``extra.convergence``.

    Attributes:
        severity: by rule code or name; ``None`` turns a rule off.
        paths: per-path severities, in order: a glob over docs-relative paths, and severities as above.
        options: rule options by rule code or name.
        vocabulary: docs-relative path of the vocabulary, or ``None``.
    """

    severity: Mapping[str, Severity | None] = field(default_factory=dict)
    paths: tuple[tuple[str, Mapping[str, Severity | None]], ...] = ()
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    vocabulary: str | None = None

    def severity_of(self, rule: RuleInfo, path: str) -> Severity | None:
        """How bad a finding of ``rule`` in ``path`` is; ``None`` where the rule is off. The last word wins."""
        severity: Severity | None = self.severity.get(rule.code, self.severity.get(rule.name, rule.severity))
        for pattern, severities in self.paths:
            if fnmatchcase(path, pattern):
                severity = severities.get(rule.code, severities.get(rule.name, severity))
        return severity

    def options_of(self, rule: RuleInfo) -> Mapping[str, Any]:
        """What the configuration sets for ``rule``, without defaults."""
        return {**self.options.get(rule.name, {}), **self.options.get(rule.code, {})}
