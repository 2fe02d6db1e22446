"""What a rule says, and what a run of all rules comes to, as data.

A rule yields `Diagnostic`s: offsets, the name of a wording and its arguments. The engine turns each into a
`Finding`: line and column, severity, the worded message in both languages. A `Report` is the sorted findings of a
run. Nothing here prints, and nothing here knows Markdown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple

from convergence_docs.text import Span

Language = Literal["en", "zh"]


class Severity(StrEnum):
    """How bad a finding is. Errors and warnings fail a check (exit code 1) and a strict build; notices do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Wording(NamedTuple):
    """The same sentence in English and in Chinese; a template with ``{named}`` fields, or the result of one."""

    en: str
    zh: str

    def filled(self, arguments: Mapping[str, str]) -> Wording:
        """Both sentences with their fields replaced by ``arguments``."""
        return Wording(self.en.format_map(arguments), self.zh.format_map(arguments)) if arguments else self

    def to(self, language: Language) -> str:
        """The sentence in one language."""
        return self.zh if language == "zh" else self.en


class Edit(NamedTuple):
    """Replace what ``span`` covers in ``path`` (relative to the docs root) by ``replacement``."""

    path: str
    span: Span
    replacement: str


class Fix(NamedTuple):
    """Edits that mend a finding, all or none of them. Safe means: meaning unchanged and target certain."""

    edits: tuple[Edit, ...]
    safe: bool


class Related(NamedTuple):
    """Another place that the finding is about, with a note on what it is."""

    path: str
    span: Span
    note: Wording


class Figure(NamedTuple):
    """A value that a finding is about.

    ``kind`` is the name of a `ValueKind`; ``low`` and ``high`` are the ends of what it allows (percent from 0 to 100,
    stars, steps counted from 0, amounts), ``None`` where there is no end or no number; ``as_of`` is a year.
    """

    text: str
    kind: str
    low: float | None
    high: float | None
    low_open: bool
    high_open: bool
    unit: str
    scope: str
    as_of: int | None


class Figures(NamedTuple):
    """What a finding on figures is about, for programs.

    The first of ``values`` stands where the finding stands, each further one where the ``related`` place of the same
    order does; where there is no such place, all stand together. Ids are empty where the vocabulary does not know the
    subject or the dimension.
    """

    subject: str
    subject_id: str
    dimension: str
    dimension_id: str
    values: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """What a rule says of one place.

    Attributes:
        span: the offending characters, as offsets into the chapter's text.
        path: the chapter; a chapter rule may leave it empty, the engine fills it in.
        case: which of the rule's wordings fits.
        arguments: what the wording's fields stand for.
        related: other places concerned.
        fix: how to mend it, where that can be proved.
        data: the figures that it is about, where it is about figures.
    """

    span: Span
    path: str = ""
    case: str = "default"
    arguments: Mapping[str, str] = field(default_factory=dict)
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    data: Figures | None = None


class Place(NamedTuple):
    """A placed `Related`: 1-based line and column in characters, end exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    note: Wording


class Change(NamedTuple):
    """A placed `Edit`: 1-based lines and columns in characters, end exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    replacement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A diagnostic, placed and worded. Lines and columns are 1-based and in characters; the end is exclusive.

    ``excerpt`` is the source line that ``line`` names, without its line ending; of a line too long to keep, a piece
    around the finding. ``excerpt_column`` is the column at which it begins, 1 for a whole line. ``changes`` are the
    edits of ``fix``, placed. ``fingerprint`` is what `Trace` says of it, empty where nobody asked.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    code: str
    name: str
    severity: Severity
    message: Wording
    hint: Wording
    excerpt: str
    related: tuple[Place, ...] = ()
    fix: Fix | None = None
    excerpt_column: int = 1
    changes: tuple[Change, ...] = ()
    data: Figures | None = None
    fingerprint: str = ""


class Trace(NamedTuple):
    """What of a finding stays the same while lines move and the text around it is edited.

    Attributes:
        code: of the rule.
        path: relative to the docs root, so that it does not hang on where the check was started.
        section: the headings below the title that enclose it, the outermost first, without their numbers.
        text: the offending characters, each run of blanks made one blank; of a long piece the beginning and a digest.
        occurrence: 1 for the first finding of which all this is the same, in the order of the text.
        fingerprint: all of the above, hashed.
    """

    code: str
    path: str
    section: tuple[str, ...]
    text: str
    occurrence: int
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What an earlier state of the chapters says of a report's findings.

    Attributes:
        name: the baseline's file, or the revision.
        known: findings that were there already, which are not among the report's any more.
        mended: what was there and is gone.
    """

    name: str
    known: tuple[Finding, ...]
    mended: tuple[Trace, ...]


class RuleInfo(NamedTuple):
    """What reports need to know about a rule: code, name, default severity, one-line summary, page (Markdown).

    A rule that ``is_opt_in`` is off until the settings give it a severity.
    """

    code: str
    name: str
    severity: Severity
    summary: Wording
    page: str
    is_opt_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of one check: findings sorted by path, line, column and code, and what could not be checked.

    ``unverified`` names, in both languages, everything that the run could not vouch for (an unknown slugifier, a
    plugin that changes anchors): silence about it would read as approval. Among it are ``unread_diagrams``, the number
    of diagrams that Mermaid was to be asked about and could not. ``baseline`` and ``base`` tell what the
    findings were held against, where they were: then ``findings`` are only those that are new.
    """

    findings: tuple[Finding, ...]
    chapters: int
    unverified: tuple[Wording, ...] = ()
    unread_diagrams: int = 0
    baseline: Standing | None = None
    base: Standing | None = None

    @property
    def has_failed(self) -> bool:
        """Whether any finding is an error or a warning."""
        return any(finding.severity is not Severity.NOTICE for finding in self.findings)
