"""Run rules over chapters and over the book, each rule on its own feet: one that breaks down stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from convergence_docs.claims import extract_claims, extract_superlatives
from convergence_docs.config import Settings
from convergence_docs.config.record import DiagramSettings
from convergence_docs.diagnostic import Diagnostic, Finding, Severity
from convergence_docs.incident import rule_crashed
from convergence_docs.model.allowance import Unused
from convergence_docs.model.book import Book, Entry, make_entry
from convergence_docs.model.chapter import Chapter, GithubView
from convergence_docs.model.claims.claim import Claim
from convergence_docs.model.diagrams.diagram import Diagram
from convergence_docs.model.diagrams.reading import Reading
from convergence_docs.model.later import Later
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.placing import SourceOf, place
from convergence_docs.rules.rule import Context, Rule
from convergence_docs.text import SourceText

if TYPE_CHECKING:
    from convergence_docs.mermaid import Reader
    from convergence_docs.model.diagrams.figure import Figure

NO_DOUBTS: Mapping[str, str] = {}


class Examined(NamedTuple):
    """All that one chapter contributes to a check."""

    entry: Entry
    findings: tuple[Finding, ...]


class Task(NamedTuple):
    """A rule with what it needs, worked out once for all chapters."""

    rule: Rule
    context: Context
    severity_in: Callable[[str], Severity | None]


class Runner:
    """Rules made ready for one configuration."""

    def __init__(
        self,
        rules: Iterable[Rule],
        settings: Settings,
        vocabulary: Vocabulary | None,
        doubts: Mapping[str, str] = NO_DOUBTS,
    ) -> None:
        self.diagrams = Diagrams(settings.diagrams)
        tasks = [_task(rule, settings, vocabulary, doubts, self.diagrams.read) for rule in rules]
        self.vocabulary = vocabulary
        self.chapter_tasks = [task for task in tasks if task.rule.chapter_check is not None]
        self.diagram_tasks = [task for task in tasks if task.rule.diagram_check is not None]
        chapter_rules = [task.rule for task in self.chapter_tasks]
        self._reads_details = [
            rule.reads_details for rule in chapter_rules if rule.reads_details and doubts.keys().isdisjoint(rule.needs)
        ]
        self.reads_all_claims = any(settings.site.get(name) for name in ("matrix", "terms", "tables"))
        """Whether claims in unknown dimensions are asked for too: pages show them, but no rule can compare them."""
        self.reads_claims = vocabulary is not None or bool(settings.site.get("matrix"))
        """Whether claims are asked for: no rule compares figures of which no vocabulary knows what they are about."""
        self.allowance_tasks = [task for task in tasks if task.rule.allowance_check is not None]
        book_tasks = [
            # A rule that nobody has turned on would look at the whole book for nothing.
            task
            for task in tasks
            if task.rule.book_check is not None and (settings.paths or task.severity_in("") is not None)
        ]
        self.link_tasks = [task for task in book_tasks if task.rule.is_of_links]
        self.book_tasks = [task for task in book_tasks if not task.rule.is_of_links]

    def reads_details(self, text: str) -> bool:
        """Whether a chapter of this text must be parsed with list items and leads."""
        return any(reads(text) for reads in self._reads_details)

    def examine(self, chapter: Chapter) -> Examined:
        """Run the chapter rules over one chapter."""
        findings: list[Finding] = []
        path, source = chapter.path, chapter.source
        for rule, context, severity_in in self.chapter_tasks:
            severity = severity_in(path)
            check = rule.chapter_check
            if severity is None or check is None:
                continue
            try:
                for diagnostic in check(chapter, context):
                    findings.append(place(rule, severity, diagnostic, path, lambda _: source))
            except BaseException as error:
                findings.append(_crash(rule, path, error))
        unread = self._examine_diagrams(chapter, findings) if self.diagrams.are_asked_for(chapter) else 0
        known_only = not self.reads_all_claims
        claims: tuple[Claim, ...] = ()
        if self.reads_claims:
            claims = extract_claims(self.diagrams.informed(chapter), self.vocabulary, known_only=known_only)
        entry = make_entry(chapter, claims, extract_superlatives(chapter, self.vocabulary), self.vocabulary)
        entry = entry._replace(unread_diagrams=unread)
        return Examined(_without_idle_links(entry), tuple(findings))

    def _examine_diagrams(self, chapter: Chapter, findings: list[Finding]) -> int:
        """Run the diagram rules over the diagrams of one chapter; how many Mermaid could not be asked about."""
        path, source = chapter.path, chapter.source
        tasks = [(task, severity) for task in self.diagram_tasks if (severity := task.severity_in(path))]
        figures, unread = self.diagrams.figures(chapter) if tasks else ([], 0)
        for (rule, context, _), severity in tasks:
            check = rule.diagram_check
            if check is None:
                continue
            try:
                for diagnostic in chain.from_iterable(check(figure, context) for figure in figures):
                    findings.append(place(rule, severity, diagnostic, path, lambda _: source))
            except BaseException as error:
                findings.append(_crash(rule, path, error))
        return unread

    def check_book(self, book: Book, source_of: SourceOf) -> Iterator[Finding]:
        """Run all book rules. ``source_of`` gives a chapter's text by path; asked only where a finding stands."""
        yield from self.check_links(book, source_of)
        yield from self.check_whole(book, source_of)

    def check_links(self, book: Book, source_of: SourceOf) -> Iterator[Finding]:
        """Run the link rules, which need of most chapters only their faces."""
        return self._check_book(self.link_tasks, book, source_of)

    def check_whole(self, book: Book, source_of: SourceOf) -> Iterator[Finding]:
        """Run the book rules that are none of links."""
        return self._check_book(self.book_tasks, book, source_of)

    def _check_book(self, tasks: Sequence[Task], book: Book, source_of: SourceOf) -> Iterator[Finding]:
        for task in tasks:
            check = task.rule.book_check
            if check is None:
                continue
            try:
                yield from self._placed(task, check(book, task.context), source_of)
            except BaseException as error:
                yield _crash(task.rule, ".", error)

    def check_allowances(self, unused: Sequence[Unused], source_of: SourceOf) -> Iterator[Finding]:
        """Run the rules about allowances that allowed nothing."""
        for task in self.allowance_tasks:
            check = task.rule.allowance_check
            if check is None:
                continue
            try:
                yield from self._placed(task, check(unused, task.context), source_of)
            except BaseException as error:
                yield _crash(task.rule, ".", error)

    def _placed(self, task: Task, diagnostics: Iterable[Diagnostic], source_of: SourceOf) -> Iterator[Finding]:
        for diagnostic in diagnostics:
            severity = task.severity_in(diagnostic.path)
            if severity is not None:
                yield place(task.rule, severity, diagnostic, diagnostic.path, source_of)


def _without_idle_links(entry: Entry) -> Entry:
    """The entry without links to anchors of its own, written as they are: nine of ten in a book with contents lists.

    They lead where they say whatever the rest of the book holds, so no book rule has anything to say about them, and
    nobody has to keep or resolve them.
    """
    idle = frozenset(map("#".__add__, entry.anchors))
    links = [link for link in entry.links if link.destination not in idle]
    return entry._replace(links=tuple(links))


class Diagrams:
    """Mermaid's readings for the rules; what can give them is loaded with the first diagram."""

    def __init__(self, settings: DiagramSettings, *, is_remembering: bool = True) -> None:
        self.is_remembering = is_remembering
        self._settings = settings
        self._reader: Reader | None = None

    def are_asked_for(self, chapter: Chapter) -> bool:
        """Whether the chapter has diagrams that Mermaid is to read."""
        return self._settings.verify and any(fence.language == "mermaid" for fence in chapter.fences)

    def figures(self, chapter: Chapter) -> tuple[list[Figure], int]:
        """The diagrams of a chapter that Mermaid has read, and the number of those that it could not be asked about."""
        if not self._is_available:
            return [], sum(fence.language == "mermaid" for fence in chapter.fences)
        from convergence_docs.model.diagrams.figure import Figure

        readings = [self._reading(block.text) for block in chapter.blocks]
        figures = [Figure(chapter, at, reading) for at, reading in enumerate(readings) if reading]
        return figures, len(readings) - len(figures)

    @cached_property
    def _is_available(self) -> bool:
        from convergence_docs.mermaid.installed import available

        return available()

    def read(self, text: str) -> Reading | None:
        """Mermaid's reading of a text; ``None`` where it is not at hand, or not to be asked."""
        return self._reading(text) if self._settings.verify else None

    def _reading(self, text: str) -> Reading | None:
        if self._reader is None:
            from convergence_docs.mermaid import Reader

            settings = self._settings
            self._reader = Reader(
                seconds=settings.seconds, characters=settings.characters, is_remembering=self.is_remembering
            )
        return self._reader.read(text)

    def informed(self, chapter: Chapter) -> Chapter:
        """The chapter with its diagrams as Mermaid holds them, once somebody looks at them."""
        if not self.are_asked_for(chapter):
            return chapter
        return replace(chapter, diagrams=Later(lambda: self._agreed(chapter)))

    def _agreed(self, chapter: Chapter) -> tuple[Diagram, ...]:
        from convergence_docs.model.diagrams.agreed import agreed

        pairs = [(one, self._reading(block.text)) for one, block in zip(chapter.diagrams, chapter.blocks, strict=True)]
        return tuple([agreed(one, reading) if reading else one for one, reading in pairs])

    @property
    def has_failed(self) -> bool:
        """Whether what should read diagrams is installed but did not start: it may the next time."""
        return self._reader is not None and bool(self._reader.problem)

    def close(self) -> None:
        """End the process that reads, if there is one."""
        if self._reader is not None:
            self._reader.close()


def _task(
    rule: Rule,
    settings: Settings,
    vocabulary: Vocabulary | None,
    doubts: Mapping[str, str],
    read_diagram: Callable[[str], Reading | None],
) -> Task:
    options = {name: option.default for name, option in rule.options.items()}
    context = Context(
        options={**options, **settings.options_of(rule.info)},
        vocabulary=vocabulary,
        doubts=doubts,
        github_view=_github_view,
        read_diagram=read_diagram,
    )
    return Task(rule, context, _severity_in(rule, settings, not doubts.keys().isdisjoint(rule.needs)))


@lru_cache(maxsize=2)  # several rules ask about the same chapter, one after the other
def _github_view(source: SourceText) -> GithubView | None:
    from convergence_docs.parse.github import parse_github

    return parse_github(source)


def _severity_in(rule: Rule, settings: Settings, is_doubted: bool) -> Callable[[str], Severity | None]:
    """How bad the rule's findings are, by path; no worse than a notice where what it needs is in doubt."""
    info = rule.info

    def at(path: str) -> Severity | None:
        severity = settings.severity_of(info, path)
        return Severity.NOTICE if is_doubted and severity is not None else severity

    if settings.paths:
        return at
    everywhere = at("")
    return lambda _: everywhere


def _crash(rule: Rule, path: str, error: BaseException) -> Finding:
    """The finding that a rule broke down; what is no breakdown (an interrupt) goes on."""
    if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
        raise error
    return rule_crashed(path, f"{rule.code} {rule.name}", error)
