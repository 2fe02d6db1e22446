"""One run over a site in which something has to be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from itertools import chain
from types import MappingProxyType

from convergence_docs.cache import Cache
from convergence_docs.codec import Damaged
from convergence_docs.config import Config
from convergence_docs.config.generators import find_generators, not_verified
from convergence_docs.config.settings import Known, check_names
from convergence_docs.diagnostic import Finding, Report, Wording
from convergence_docs.examination import Examination, Link, contributions
from convergence_docs.incident import INCIDENTS, not_checked
from convergence_docs.linkage import NOTHING_KNOWN, Linkage, Linkages, keep_linkages, recall_linkages
from convergence_docs.load import Bytes, Listing, NotRead, existing, read
from convergence_docs.model.allowance import Allowance
from convergence_docs.model.book import Book, Entry
from convergence_docs.model.generated import folder_of, generated_files
from convergence_docs.model.links.target import reached_from
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.parse import dialect_of
from convergence_docs.reach import beyond
from convergence_docs.recall import save
from convergence_docs.rules import discover
from convergence_docs.rules.rule import Rule
from convergence_docs.runner import Runner
from convergence_docs.suppress import settle
from convergence_docs.surroundings import make_site, surroundings_of
from convergence_docs.survey import Survey
from convergence_docs.text import SourceText, decode

_KEPT_TEXT = 16_000_000
"""Characters of chapters that are kept at hand while findings of the book rules are placed."""


class Session:
    """A run: configuration, files, vocabulary, and what is remembered of an earlier run (or ``None``).

    ``texts`` are chapters' bytes to be shown findings in instead of those on disk.
    """

    book: Book

    def __init__(
        self,
        config: Config,
        listing: Listing,
        vocabulary: bytes,
        memory: Cache | None,
        texts: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        self.config = config
        self.listing = listing
        self.memory = memory
        self.rules = discover()
        check_names(config, _known_names(self.rules))
        self.vocabulary = _vocabulary(config, vocabulary)
        self.runner = Runner(self.rules, config.settings, self.vocabulary, config.doubts)
        self.runner.diagrams.is_remembering = memory is not None
        self.dialect = dialect_of(config)
        self.generators = () if config.is_mkdocs else find_generators(config.generator, listing.files, listing.skipped)
        self._texts = texts
        self._sources: dict[str, SourceText] = {}
        self._kept_text = 0

    def report(self, survey: Survey, jobs: int | None, *, has_book: bool = False) -> Report:
        """Check the site, examining what the survey left pending, and remember the result.

        ``has_book``: the whole ``book`` will be asked for; else it may lack links if it is known what they come to.
        """
        memory = self.memory
        is_new = not survey.records and not has_book
        found = self._examination(survey, self._linkages if is_new else None).run(jobs)
        try:
            known = Linkages(found, None) if found else recall_linkages(survey)
            report, outside = self._look(survey, NOTHING_KNOWN if has_book else known)
        except Damaged:
            survey = Survey(self.config, self.listing)
            self._examination(survey, None).run(jobs)
            report, outside = self._look(survey, NOTHING_KNOWN)
        if memory:
            save(memory, report, survey, outside)
        return report

    def _examination(self, survey: Survey, link: Link | None) -> Examination:
        return Examination(
            survey, self.runner, self.dialect, is_remembering=self.memory is not None, link=link, keep=self._keep
        )

    def _look(self, survey: Survey, known: Linkages) -> tuple[Report, dict[str, bool]]:
        """Look at the whole: the report, and which targets outside exist."""
        examined = dict(contributions(survey, without_links=known.by_path))
        entries = {path: one.entry for path, one in examined.items()}
        linked = self._link(survey, entries, known)
        if linked is None:
            return self._look(survey, NOTHING_KNOWN)
        findings, outside = linked
        findings += [finding for one in examined.values() for finding in one.findings]
        findings += self.runner.check_whole(self.book, self._source_of)
        allowances = {path: entry.allowances for path, entry in entries.items() if entry.allowances}
        if allowances:
            findings = list(self._settled(findings, allowances))
        not_read = [*self.listing.not_read, *(record.not_read for record in survey.records.values() if record.not_read)]
        findings += self._incidents(not_read)
        findings.sort(key=lambda finding: (finding.path, finding.line, finding.column, finding.code))
        unread = sum(entry.unread_diagrams for entry in entries.values())
        report = Report(
            findings=tuple(findings),
            chapters=len(entries),
            unverified=self._unverified(unread),
            unread_diagrams=unread,
        )
        return report, outside

    def _link(
        self, survey: Survey, entries: dict[str, Entry], known: Linkages
    ) -> tuple[list[Finding], dict[str, bool]] | None:
        """Make the book and run the link rules: their findings, and which targets outside exist.

        Returns ``None`` where what is ``known`` does not hold any more.
        """
        before, among = known
        asked = {path: before[path].beyond if path in before else self._beyond(one) for path, one in entries.items()}
        reached = frozenset(chain.from_iterable(linkage.reached for linkage in before.values()))
        outside = self.make_book(entries, set(chain.from_iterable(asked.values())), reached)
        surroundings = surroundings_of(survey, self.memory.listing, outside) if self.memory else ""
        if before and among is not None and surroundings != among:
            return None
        found = self._findings_of_links(entries)
        is_sound = len(found) == len(entries)  # a rule that broke down says so of no chapter
        if before and not is_sound:
            return None
        found.update((path, list(linkage.findings)) for path, linkage in before.items())
        if self.memory:
            new = entries.keys() - before if among is not None else entries.keys()
            linkages = {path: before.get(path) or self._linkage(path, asked[path], found[path]) for path in new}
            keep_linkages(survey, linkages, surroundings if is_sound else "")
        return list(chain.from_iterable(found.values())), outside

    def _linkages(self, own: Mapping[str, Entry], others: Mapping[str, Entry]) -> dict[str, Linkage]:
        """What the links of some chapters come to; nothing where a rule broke down, which is then to be told again."""
        asked = {path: self._beyond(entry) for path, entry in own.items()}
        self.make_book(dict(sorted({**others, **own}.items())), set(chain.from_iterable(asked.values())))
        found = self._findings_of_links(own)
        if len(found) > len(own):
            return {}
        return {path: self._linkage(path, asked[path], found[path]) for path in own}

    def _findings_of_links(self, paths: Iterable[str]) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = {path: [] for path in paths}
        for finding in self.runner.check_links(self.book, self._source_of):
            found.setdefault(finding.path, []).append(finding)
        return found

    def _linkage(self, path: str, asked: tuple[str, ...], findings: list[Finding]) -> Linkage:
        return Linkage(asked, self._reached(path), tuple(findings))

    def _beyond(self, entry: Entry) -> tuple[str, ...]:
        return tuple(sorted(beyond((entry,), self.listing, is_mkdocs=self.config.is_mkdocs)))

    def _reached(self, path: str) -> tuple[str, ...]:
        """The chapters that a chapter leads to, which are asked for only where there is a navigation to miss them."""
        return (
            tuple(sorted(reached_from(self.book, path)))
            if self.config.is_mkdocs and self.config.nav is not None
            else ()
        )

    def _unverified(self, unread_diagrams: int) -> tuple[Wording, ...]:
        said = (*self.config.unverified, *not_verified(self.generators))
        return (*said, _not_read(unread_diagrams)) if unread_diagrams else said

    def make_book(
        self, entries: dict[str, Entry], asked: Set[str] | None = None, reached: frozenset[str] = frozenset()
    ) -> dict[str, bool]:
        """Make the book; what comes back is which targets outside the listing exist, of those ``asked`` for."""
        config = self.config
        if asked is None:
            asked = beyond(entries.values(), self.listing, is_mkdocs=config.is_mkdocs)
        there = set(existing(config, asked))
        site = make_site(config, self.listing, there=there, generated=self._generated(), generators=self.generators)
        differences = self.vocabulary.differences if self.vocabulary else ()
        self.book = Book(entries=entries, site=site, differences=differences, reached=reached)
        return {path: path in there for path in sorted(asked)}

    def _generated(self) -> frozenset[str]:
        """Pages that the site's build adds to the docs folder."""
        settings = self.config.settings.site
        pages = generated_files(settings, self.vocabulary)
        folder = folder_of(settings.get("rule_pages"))
        if not folder:
            return pages
        from convergence_docs.rule_pages import page_names

        return pages | {f"{folder}/{name}" for name in page_names(self.rules)}

    def _settled(self, findings: list[Finding], allowances: dict[str, tuple[Allowance, ...]]) -> Iterator[Finding]:
        """The findings that no chapter allows, and those about allowances that nothing needed."""
        known = {rule.code: rule.info for rule in self.rules}
        severity_of = self.config.settings.severity_of
        doubted = {rule.code for rule in self.rules if not self.config.doubts.keys().isdisjoint(rule.needs)}

        def ran(code: str, path: str) -> bool:
            return code in known and code not in doubted and severity_of(known[code], path) is not None

        settled = settle(findings, allowances, ran, {code: info.name for code, info in known.items()})
        yield from settled.findings
        yield from self.runner.check_allowances(settled.unused, self._source_of)

    def _incidents(self, unread: list[NotRead]) -> Iterator[Finding]:
        for path, reason, detail in unread:
            severity = self.config.settings.severity_of(INCIDENTS[0], path)
            if severity is not None:
                yield replace(not_checked(path, reason, detail), severity=severity)

    def _source_of(self, path: str) -> SourceText:
        """A chapter's text, read again unless it is at hand: only findings of book rules need it."""
        source = self._sources.get(path)
        if source is None:
            found = self._texts[path] if path in self._texts else read(self.config, path)
            data = found.data if isinstance(found, Bytes) else found
            source = decode(data, path) if isinstance(data, bytes) else SourceText(path, "")
            self._keep(source)
        return source

    def _keep(self, source: SourceText) -> None:
        self._kept_text += len(source.text)
        if self._kept_text > _KEPT_TEXT:
            self._sources.clear()
            self._kept_text = len(source.text)
        self._sources[source.path] = source


def _not_read(diagrams: int) -> Wording:
    """That diagrams were not verified, why, and what to do."""
    from convergence_docs.mermaid import EXTRA, available

    count = f"{diagrams} diagram" if diagrams == 1 else f"{diagrams} diagrams"
    if available():
        return Wording(
            f"{count}: the process in which Mermaid runs did not start here",
            f"{diagrams} 张图：运行 Mermaid 的进程在这里无法启动",
        )
    return Wording(
        f"{count}: Mermaid is not installed here (pip install '{EXTRA}')",
        f"{diagrams} 张图：这里没有安装 Mermaid（pip install '{EXTRA}'）",
    )


def _known_names(rules: tuple[Rule, ...]) -> dict[str, Known]:
    """What settings may name: rules and incidents with their options and these options' defaults."""
    known = {info.code: Known(info.name, {}) for info in INCIDENTS}
    for rule in rules:
        known[rule.code] = Known(rule.name, {name: option.default for name, option in rule.options.items()})
    return known


def _vocabulary(config: Config, data: bytes) -> Vocabulary | None:
    path = config.settings.vocabulary
    if path is None:
        return None
    from convergence_docs.parse.vocabulary import parse_vocabulary  # loads the YAML library

    return parse_vocabulary(decode(data, path).text, path)
