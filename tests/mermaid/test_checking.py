"""Mermaid in a check: asked by rules alone, only about what changed; what it was not asked about is said."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from convergence_docs import mermaid, session
from convergence_docs.cli import main
from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.errors import ConfigFault
from convergence_docs.mermaid import child, reader
from convergence_docs.model.diagrams.figure import Figure
from convergence_docs.rules.rule import Context, Rule
from tests.folders import check, write

CHAPTERS = {
    "docs/index.md": "# 一\n\n```mermaid\ngraph TD\nA --> B\n```\n",
    "docs/a.md": '# 二\n\n> ```mermaid\n> graph TD\n> A[坏(处)]\n> ```\n\n```mermaid\npie\n"a" : 1\n```\n',
    "docs/b.md": "# 三\n\n没有图。\n",
    "mkdocs.yml": "site_name: Book\nmarkdown_extensions: [pymdownx.superfences]\n",
}


def _asking(figure: Figure, _: Context) -> Iterable[Diagnostic]:
    block, complaint = figure.block, figure.reading.complaint
    if complaint:
        start = block.offset(complaint.line, complaint.column)
        yield Diagnostic(span=block.span._replace(start=start, end=start + 1), case="broken")


ASKING = Rule(
    code="TST001",
    name="asks-mermaid",
    severity=Severity.ERROR,
    since="0.1.0",
    messages={"broken": Wording("broken", "坏")},
    page="A | 甲",
    diagram_check=_asking,
)


@pytest.fixture(autouse=True)
def only_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "discover", lambda: (ASKING,))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write(tmp_path / "book", {**CHAPTERS, ".git/HEAD": ""}, is_old=True)


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One for each child process that is started."""
    seen: list[int] = []
    popen = subprocess.Popen

    def noted(*arguments: Any, **options: Any) -> Any:
        seen.append(1)
        return popen(*arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", noted)
    reader._child().close()
    return seen


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "installed", lambda: None)
    monkeypatch.setattr(mermaid, "available", lambda: False)


def test_a_finding_stands_where_the_file_is_wrong(engine: None, book: Path) -> None:
    report = check(book)
    assert [(one.path, one.line, one.column) for one in report.findings] == [("a.md", 5, 6)]
    assert report.unread_diagrams == 0


def test_a_second_check_starts_nothing(engine: None, book: Path, starts: list[int]) -> None:
    first = check(book, use_cache=True)
    assert starts == [1]
    assert check(book, use_cache=True) == first
    index = book / "docs" / "index.md"
    index.write_text(index.read_text(encoding="utf-8") + "\n另一段。\n", encoding="utf-8")
    assert check(book, use_cache=True) == first
    assert starts == [1], "an unchanged diagram of a changed chapter is remembered"
    index.write_text(index.read_text(encoding="utf-8").replace("A --> B", "A --> C"), encoding="utf-8")
    check(book, use_cache=True)
    assert starts == [1, 1]


def test_remembered_readings_load_nothing_that_runs(engine: None, book: Path) -> None:
    code = """
import sys
from convergence_docs.model.diagrams.reading import Reading
from convergence_docs.mermaid import Reader
assert isinstance(Reader().read("graph TD"), Reading)
raise SystemExit(int("convergence_docs.mermaid.child" in sys.modules))
"""
    assert [subprocess.run([sys.executable, "-c", code], check=False).returncode for _ in range(2)] == [1, 0]


def test_several_processes_say_the_same(engine: None, book: Path) -> None:
    more = {f"docs/c{at}.md": f"# 章\n\n```mermaid\ngraph TD\nA{at}[x(y)]\n```\n" for at in range(12)}
    write(book, more, is_old=True)
    alone = check(book, jobs=1)
    assert len(alone.findings) == 13
    assert check(book, jobs=2) == alone


def test_what_nobody_read_is_said_once(nothing_installed: None, book: Path) -> None:
    for _ in range(2):  # the second time from the cache
        report = check(book, use_cache=True)
        assert report.findings == ()
        assert report.unread_diagrams == 3
        (said,) = [what for what in report.unverified if "diagram" in what.en]
        assert said.en.startswith("3 diagrams: Mermaid is not installed here")
        assert "3 张图" in said.zh
        assert mermaid.EXTRA in said.en
        assert mermaid.EXTRA in said.zh


def test_strict_fails_on_what_nobody_read(
    nothing_installed: None, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(book), "--lang", "en"]) == 0
    assert main(["check", str(book), "--lang", "en", "--strict"]) == 1
    assert capsys.readouterr().out.count("not verified: 3 diagrams") == 2
    settings = "extra: {convergence: {diagrams: {verify: false}}}\n"
    write(book, {"mkdocs.yml": CHAPTERS["mkdocs.yml"] + settings})
    assert main(["check", str(book), "--lang", "en", "--strict"]) == 0
    assert "not verified" not in capsys.readouterr().out


def test_a_book_without_diagrams_says_nothing(nothing_installed: None, tmp_path: Path) -> None:
    root = write(tmp_path / "book", {"docs/b.md": CHAPTERS["docs/b.md"], "mkdocs.yml": "site_name: Book\n"})
    assert check(root).unverified == ()


def test_an_engine_that_did_not_start_is_asked_again(engine: None, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = child.Child(["no script at all"])
    with monkeypatch.context() as patch:
        patch.setattr(reader, "_child", cache(lambda: broken))
        report = check(book, use_cache=True)
        assert report.unread_diagrams == 3
        assert "did not start" in "".join(what.en for what in report.unverified)
    assert check(book, use_cache=True).unread_diagrams == 0


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("{second: 3}", "Did you mean seconds"),
        ("{seconds: 0}", "'extra.convergence.diagrams.seconds' must be a number above 0"),
        ("{seconds: .inf}", "must be a number above 0"),
        ("{seconds: true}", "must be a number above 0"),
        ("{characters: 1.5}", "must be a whole number above 0"),
        ("{verify: never}", "must be true or false"),
        ("[verify]", "'extra.convergence.diagrams' must be a mapping"),
    ],
)
def test_wrong_settings_are_refused(tmp_path: Path, settings: str, said: str) -> None:
    yml = f"site_name: Book\nextra: {{convergence: {{diagrams: {settings}}}}}\n"
    root = write(tmp_path / "book", {**CHAPTERS, "mkdocs.yml": yml})
    with pytest.raises(ConfigFault) as fault:
        check(root)
    assert said in f"{fault.value.title['en']} {fault.value.hint['en']}"


def test_limits_are_settings(engine: None, tmp_path: Path) -> None:
    yml = "site_name: Book\nextra: {convergence: {diagrams: {characters: 12}}}\n"
    root = write(tmp_path / "book", {**CHAPTERS, "mkdocs.yml": yml})
    assert check(root).findings == (), "all blocks are longer than that"


@pytest.mark.parametrize("text", ["# 一\n\n正文。\n", "# 一\n\n```python\nx\n```\n"])
def test_without_diagrams_nothing_of_it_is_loaded(tmp_path: Path, text: str) -> None:
    root = write(tmp_path / "book", {"docs/index.md": text, "mkdocs.yml": "site_name: Book\n"})
    code = f"""
import sys
from convergence_docs.cli import main
main(["check", {str(root)!r}, "--no-cache"])
loaded = [name for name in sys.modules if name.startswith(("convergence_docs.mermaid", "py_mini_racer", "mermaidx"))]
assert "convergence_docs.runner" in sys.modules
raise SystemExit(", ".join(loaded) or 0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
