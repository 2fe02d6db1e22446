"""What a rule is: its metadata, its wordings, its page and its check, in one record."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, Required, TypedDict, Unpack

from convergence_docs.diagnostic import Diagnostic, RuleInfo, Severity, Wording
from convergence_docs.model.allowance import Unused
from convergence_docs.model.book import Book
from convergence_docs.model.chapter import Chapter, GithubView
from convergence_docs.model.diagrams.reading import Reading
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.text import SourceText

if TYPE_CHECKING:
    from convergence_docs.model.diagrams.figure import Figure


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of a rule: its default (whose type is the setting's type) and what it does."""

    default: Any
    what: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a check may know beside its chapter or book.

    ``options`` holds every option of the rule at hand, defaults filled in. ``doubts`` says what cannot be certain here,
    and why; for a plain folder, which no site builds as far as anybody knows, it holds ``dialect``. ``github_view``
    reads a text once more as GitHub would: dear, so ask it only about what looks like a finding; ``None`` where nobody
    can tell. ``read_diagram`` gives Mermaid's own reading of a block's text; ``None`` where Mermaid is not at hand.
    """

    options: Mapping[str, Any] = field(default_factory=dict)
    vocabulary: Vocabulary | None = None
    doubts: Mapping[str, str] = field(default_factory=dict)
    github_view: Callable[[SourceText], GithubView | None] = lambda _: None
    read_diagram: Callable[[str], Reading | None] = lambda _: None


ChapterCheck = Callable[[Chapter, Context], Iterable[Diagnostic]]
BookCheck = Callable[[Book, Context], Iterable[Diagnostic]]
DiagramCheck = Callable[["Figure", Context], Iterable[Diagnostic]]
AllowanceCheck = Callable[[Sequence[Unused], Context], Iterable[Diagnostic]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule. Exactly one of its checks is set.

    A chapter rule sees one chapter and nothing else, so its findings hold as long as that file stays the same, and so
    do those of a diagram rule, which sees one diagram that Mermaid has read; a book rule sees the entries of all
    chapters; an allowance rule sees the allowances that allowed nothing, once all findings are known.

    Attributes:
        code: three letters and three digits, permanent.
        name: kebab-case; names the fault and reads after "allow".
        severity: unless the settings say otherwise.
        since: the version that brought it.
        messages: one template a case, fields filled from a diagnostic's arguments.
        hints: what to do, one template a case; a case without one takes ``"default"``, and there may be none.
        options: settings by name.
        page: the docstring of the rule's module, in Markdown.
        needs: what must be certain for a finding to count: ``pages`` (no plugin makes any), ``anchors``,
            ``references``, ``nav``. Where the site's configuration leaves one in doubt, findings become notices.
        reads_details: tells by a chapter's text whether the check reads its list items or leads, which are not parsed
            where no rule does.
        is_opt_in: whether it is off until the settings give it a severity.
        is_of_links: of a book rule, whether what it finds in a chapter depends on nothing but that chapter's entry, the
            faces of the others (`model.book.Columns`) and the site; and every place that it names is in that chapter.
            So it holds for an unchanged chapter as long as these do.
    """

    code: str
    name: str
    severity: Severity
    since: str
    messages: Mapping[str, Wording]
    page: str
    hints: Mapping[str, Wording] = field(default_factory=dict)
    options: Mapping[str, Option] = field(default_factory=dict)
    chapter_check: ChapterCheck | None = None
    diagram_check: DiagramCheck | None = None
    book_check: BookCheck | None = None
    allowance_check: AllowanceCheck | None = None
    needs: tuple[str, ...] = ()
    reads_details: Callable[[str], bool] | None = None
    is_opt_in: bool = False
    is_of_links: bool = False

    @property
    def summary(self) -> Wording:
        """The first line of the rule's page, which holds the English and the Chinese summary, split by `` | ``."""
        english, _, chinese = self.page.partition("\n")[0].partition(" | ")
        return Wording(english.strip(), chinese.strip())

    @property
    def info(self) -> RuleInfo:
        """What reports need to know."""
        return RuleInfo(self.code, self.name, self.severity, self.summary, self.page, self.is_opt_in)

    def message(self, diagnostic: Diagnostic) -> Wording:
        """The message of a diagnostic, in both languages."""
        return self.messages[diagnostic.case].filled(diagnostic.arguments)

    def hint(self, diagnostic: Diagnostic) -> Wording:
        """The hint of a diagnostic, in both languages; empty where the rule has none."""
        hint = self.hints.get(diagnostic.case) or self.hints.get("default")
        return hint.filled(diagnostic.arguments) if hint else Wording("", "")


class Metadata(TypedDict, total=False):
    """What a rule's decorator takes: the attributes of `Rule` by their names."""

    code: Required[str]
    name: Required[str]
    severity: Required[Severity]
    since: Required[str]
    messages: Required[Mapping[str, Wording]]
    hints: Mapping[str, Wording]
    options: Mapping[str, Option]
    needs: tuple[str, ...]
    reads_details: Callable[[str], bool] | None
    is_opt_in: bool


def chapter_rule(**metadata: Unpack[Metadata]) -> Callable[[ChapterCheck], Rule]:
    """Make a `Rule` of a function that checks one chapter. Its module's docstring becomes the rule's page."""
    return lambda check: Rule(**metadata, page=_page(check.__module__), chapter_check=check)


def diagram_rule(**metadata: Unpack[Metadata]) -> Callable[[DiagramCheck], Rule]:
    """Make a `Rule` of a function that checks one diagram. Its module's docstring becomes the rule's page."""
    return lambda check: Rule(**metadata, page=_page(check.__module__), diagram_check=check)


def book_rule(**metadata: Unpack[Metadata]) -> Callable[[BookCheck], Rule]:
    """Make a `Rule` of a function that checks a book. Its module's docstring becomes the rule's page."""
    return lambda check: Rule(**metadata, page=_page(check.__module__), book_check=check)


def link_rule(**metadata: Unpack[Metadata]) -> Callable[[BookCheck], Rule]:
    """Make a `Rule` that ``is_of_links`` of a function that checks a book; its page comes as in `book_rule`."""
    return lambda check: Rule(**metadata, page=_page(check.__module__), book_check=check, is_of_links=True)


def allowance_rule(**metadata: Unpack[Metadata]) -> Callable[[AllowanceCheck], Rule]:
    """Make a `Rule` of a function that checks unused allowances. Its module's docstring becomes the rule's page."""
    return lambda check: Rule(**metadata, page=_page(check.__module__), allowance_check=check)


def _page(module: str) -> str:
    return cleandoc(sys.modules[module].__doc__ or "")
