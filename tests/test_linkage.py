"""What was found of the links of unchanged chapters is used again exactly as long as it holds."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from convergence_docs import linkage, session, workers
from convergence_docs.config import Settings
from convergence_docs.diagnostic import Finding
from convergence_docs.incident import rule_crashed
from convergence_docs.linkage import Linkage, Linkages
from convergence_docs.model.book import NO_LINKS, Book, Entry, Site, from_columns, in_columns
from convergence_docs.parse import parse_chapter
from convergence_docs.placing import SourceOf
from convergence_docs.rules import discover
from convergence_docs.runner import Runner
from convergence_docs.survey import Survey
from convergence_docs.text import decode
from tests.folders import check, codes, write
from tests.rules.test_specs import CASES, World

RULES = tuple(rule for rule in discover() if rule.is_of_links)
RUNNER = Runner(RULES, Settings(), None)
NAMES = ("index.md", "01.1.1-甲.md", "01.1.2-乙.md", "部/01.1.2-丙.md", "部/Index.md", "部/深/x.md", "CON.md", "y z.md")
TARGETS = (
    *NAMES,
    *(f"../{name}" for name in NAMES),
    *(f"{name}#beta" for name in NAMES),
    "#beta",
    "#gamma",
    "01.1.2-乙.md#gamma",
    "01.1.1-甲.html",
    "./部/",
    "01.1.9-甲.md",
    "../../OUT.md",
    "../LICENSE",
    ".hidden/h.md",
    "图.png",
    "a．md",
    "%zz",
    "",
)
WORDS = ("甲", "01.1.1 甲", "01.1.2", "第 1.1.1", "[x]")


@pytest.mark.parametrize(
    "world",
    [pytest.param(case.values[1], id=case.id) for case in CASES if case.values[0] in {one.code for one in RULES}],
)
def test_a_link_rule_needs_nothing_but_the_faces_of_other_chapters(world: World) -> None:
    """Each chapter is looked at with all other entries blank but for their faces: no finding in it may change."""
    entries, sources = {}, {}
    for path, text in sorted(world.files.items()):
        if path.endswith(".md"):
            sources[path] = decode(text if isinstance(text, bytes) else text.encode(), path)
            entries[path] = RUNNER.examine(parse_chapter(sources[path])).entry
    fields = {name: value for name, value in world.circumstances.items() if name not in ("settings", "vocabulary")}
    site = Site(files=frozenset(world.files), **fields)

    def found(seen: Mapping[str, Entry]) -> list[Finding]:
        return list(RUNNER.check_links(Book(entries=seen, site=site), sources.__getitem__))

    whole = found(entries)
    for path in entries:
        faces = {one: Entry(*from_columns(in_columns(entry).face, NO_LINKS, ())) for one, entry in entries.items()}
        here = [finding for finding in whole if finding.path == path]
        assert [finding for finding in found({**faces, path: entries[path]}) if finding.path == path] == here
        for finding in here:
            assert {place.path for place in finding.related} | {change.path for change in finding.changes} <= {path}


def test_there_are_specs_of_link_rules() -> None:
    assert len(RULES) > 10
    assert {rule.code for rule in RULES} <= {case.values[0] for case in CASES}


def an_edit(root: Path, chance: random.Random) -> None:
    """Change one thing: mostly the text of one chapter, and more rarely what others see of it or which files are."""
    present = sorted(path for path in (root / "docs").rglob("*.md") if path.name != "h.md")
    path = chance.choice(present)
    link = f"[{chance.choice(WORDS)}]({chance.choice(TARGETS)})"
    if chance.random() < 0.25:
        link = f"{link}\n\n<!-- convergence: allow missing-file: 以后写 -->\n[w](nothing{chance.randrange(3)}.md)"
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    at = chance.randrange(2, len(lines) + 1)
    kind = chance.random()
    if kind < 0.5:
        lines.insert(at, f"\n{link}\n")
    elif kind < 0.65 and len(lines) > 4:
        del lines[at : at + 2]
    elif kind < 0.75:
        lines.insert(at, f"\n## {chance.choice(('Beta', 'beta', 'None', '甲'))}\n")
    elif kind < 0.8:
        lines[0] = f"# 01.1.{chance.randrange(4)} 题"
    elif kind < 0.85:
        other = root / "docs" / chance.choice((*NAMES, "图.png", "01.1.1-甲.MD"))
        if other.exists() and len(present) > 2 and other != path:
            other.unlink()
        else:
            write(root / "docs", {other.relative_to(root / "docs").as_posix(): "# 01.1.1 题\n\n文\n"})
    elif kind < 0.9:
        outside = chance.choice([root / "LICENSE", root / "docs/.hidden/h.md"])
        if outside.exists():
            outside.unlink()
        else:
            write(root, {outside.relative_to(root).as_posix(): "x"})
    if path.exists():
        path.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("is_site", [False, True], ids=["folder", "site"])
@pytest.mark.parametrize("seed", range(2))
def test_reports_agree_over_random_edits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, is_site: bool
) -> None:
    chance = random.Random(seed)
    examined: list[int] = []

    def spy(survey: Survey, linkages: Mapping[str, Linkage], surroundings: str) -> None:
        examined.append(len(linkages))
        linkage.keep_linkages(survey, linkages, surroundings)

    monkeypatch.setattr(session, "keep_linkages", spy)
    root = write(tmp_path, {".git/HEAD": "", **{f"docs/{name}": f"# {name}\n\n## Beta\n\n文\n" for name in NAMES}})
    if is_site:
        write(root, {"mkdocs.yml": "site_name: B\nnav: [index.md, 部/]\nmarkdown_extensions: [attr_list]\n"})
    reports = set()
    monkeypatch.setattr(workers, "_has_threads", lambda: False)  # other tests' browsers leave threads behind
    for number in range(90):
        for _ in range(chance.choice((1, 1, 1, 2))):
            an_edit(root, chance)
        where = root if is_site else root / "docs"
        cached, fresh = check(where, use_cache=True), check(where, jobs=1 + number % 3)
        assert cached == fresh
        reports.add(cached.findings)
    assert len(reports) > 50, "the edits changed too little to prove anything"
    assert sum(count < 3 for count in examined) > 25, "what was remembered of links was hardly ever used"
    assert sum(count > 3 for count in examined) > 10, "what was remembered of links was hardly ever given up"
    assert {finding.code for report in reports for finding in report} >= {"LNK001", "LNK002", "LNK013", "LNK006"}
    if is_site:
        assert any(finding.code == "DOC007" for report in reports for finding in report)


def test_what_was_found_before_a_rule_broke_down_is_not_used_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path, {"a.md": "# A\n\n[x](none.md)\n", "b.md": "# B\n\n[y](none.md)\n"})
    whole = check(root)

    def break_down(self: Runner, book: Book, source_of: SourceOf) -> Iterator[Finding]:
        yield whole.findings[0]
        yield rule_crashed(".", "LNK001", ValueError())

    with monkeypatch.context() as patch:
        patch.setattr(Runner, "check_links", break_down)
        assert codes(check(root, use_cache=True)) == [(".", "RUN002"), ("a.md", "LNK001")]
    write(root, {"a.md": "# A\n\n更多 [x](none.md)\n"})
    assert codes(check(root, use_cache=True)) == [("a.md", "LNK001"), ("b.md", "LNK001")]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="work is shared on Linux only")
@pytest.mark.parametrize("use_cache", [True, False])
def test_links_are_looked_at_where_their_chapter_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, use_cache: bool
) -> None:
    """In several processes; the chapters of one that is killed before it could tell are looked at here."""
    files = {f"{n:02}.md": f"# {n}\n\n[x]({n + 1:02}.md#题) [y](none{n}.md)\n" for n in range(30)}
    root = write(tmp_path, files)
    alone = check(root, jobs=1)
    assert len(alone.findings) > 30
    monkeypatch.setattr(workers, "_has_threads", lambda: False)
    told: list[set[str]] = []
    seen = session.Session._look

    def spy(self: session.Session, survey: Survey, known: Linkages) -> object:
        told.append(set(known.by_path))
        return seen(self, survey, known)

    monkeypatch.setattr(session.Session, "_look", spy)
    assert check(root, jobs=3, use_cache=use_cache) == alone
    assert told == [set(files)]
    if use_cache:
        write(root, {"00.md": "# 0\n\n[z](none.md)\n"})
        assert check(root, use_cache=True) == check(root)
        assert len(told[1]) == len(files) - 1, "what the processes found is remembered"
        return
    ask, take_next = workers.Team.ask, workers._next
    parent, mine, theirs = os.getpid(), tmp_path / "mine", tmp_path / "theirs"

    def take_one_each(pipe: int) -> int:
        """However the system schedules them: a child begins after this process, which goes on after a child."""
        own, other = (mine, theirs) if os.getpid() == parent else (theirs, mine)
        while (own.exists() or own == theirs) and not other.exists():
            time.sleep(0.001)
        number = take_next(pipe)
        own.touch()
        return number

    def kill(self: workers.Team[object, object], question: bytes) -> None:
        for child in self._children:
            os.kill(child.pid, signal.SIGKILL)
        ask(self, question)

    monkeypatch.setattr(workers.Team, "ask", kill)
    monkeypatch.setattr(workers, "_next", take_one_each)
    assert check(root, jobs=3) == alone
    assert 0 < len(told[1]) < len(files)
