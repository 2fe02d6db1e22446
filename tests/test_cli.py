"""The command line as people and machines use it: what is printed where, and with which exit code."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from convergence_docs.cli import main
from convergence_docs.cli.language import choose_language
from convergence_docs.rules import discover
from convergence_docs.schemas import read_schema
from convergence_docs.verify import Difference

ROOT = Path(__file__).parent.parent

FAULTY = "# 1.1-甲\n\n## 一、概述\n\n见 [乙](乙.md)。\n\n## 一、结论\n"


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR", "TERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one chapter that has two faults: a dead link and a number used twice; it is the current one."""
    docs = tmp_path / "书"
    docs.mkdir()
    (docs / "1.1-甲.md").write_text(FAULTY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return docs


def run(
    *words: str, folder: Path | None = None, environ: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), **(environ or {})}
    command = [sys.executable, "-m", "convergence_docs", *words]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, timeout=60, check=False)


def test_a_faulty_book(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--select", "missing-file,NUM001", "书"]) == 1
    out = capsys.readouterr().out
    assert "书/1.1-甲.md:5:7: error[LNK001] missing-file: " in out
    assert "   5 | 见 [乙](乙.md)。\n     |         ^^^^^\n" in out
    assert "书/1.1-甲.md:7:4: " in out
    assert "[NUM001] duplicate-number: " in out
    assert out.endswith("in 1 chapter.\n") or "Checked 1 chapter: " in out.rsplit("\n", 2)[-2]


def test_the_same_in_chinese(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--lang", "zh", "--select", "LNK001", "书"]) == 1
    out = capsys.readouterr().out
    assert "错误[LNK001] missing-file：" in out
    assert "检查了 1 个章节：1 个错误" in out


def test_a_clean_book(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "1.1-甲.md").write_text("# 1.1-甲\n\n文。\n", encoding="utf-8")
    assert main(["check", "书"]) == 0
    out = capsys.readouterr().out
    assert "Checked 1 chapter: no findings; 1 thing not verified." in out
    assert "not verified: how a site would nest lists" in out, "a plain folder leaves something open, and says so"


def test_paths_are_relative_to_the_current_folder(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder, expected in ((book.parent, "书/1.1-甲.md"), (book, "1.1-甲.md")):
        monkeypatch.chdir(folder)
        main(["check", "--format", "json", str(book)])
        assert {one["path"] for one in json.loads(capsys.readouterr().out)["findings"]} == {expected}
    aside = book.parent / "aside" / "deep"
    aside.mkdir(parents=True)
    monkeypatch.chdir(aside)
    main(["check", "--format", "json", str(book)])
    assert {one["path"] for one in json.loads(capsys.readouterr().out)["findings"]} == {"../../书/1.1-甲.md"}


def test_selecting_and_ignoring(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def codes(*words: str) -> set[str]:
        main(["check", "书", "--format", "json", *words])
        return {one["code"] for one in json.loads(capsys.readouterr().out)["findings"]}

    assert {"LNK001", "NUM001"} <= codes()
    assert codes("--select", "lnk001") == {"LNK001"}
    assert codes("--select", "LNK,duplicate-number", "--ignore", "missing-file") == {"NUM001"}
    assert "LNK001" not in codes("--ignore", "LNK")


def test_a_rule_that_is_off_is_on_where_it_is_asked_for(
    tmp_path: Path,
) -> None:
    """Selecting its family does not turn it on; its own code or name does, for ``fix`` too."""
    from convergence_docs.cli.selection import narrowed
    from convergence_docs.config import find_configs

    (tmp_path / "a.md").write_text("# A\n", encoding="utf-8")
    (config,) = find_configs([str(tmp_path)])
    rule = next(rule for rule in discover() if rule.is_opt_in)
    for word, is_on in ((rule.code[:3], False), (rule.code.lower(), True), (rule.name, True)):
        (narrow,) = narrowed([config], [word], ())
        assert (narrow.settings.severity_of(rule.info, "a.md") is not None) == is_on, word


def test_a_rule_that_does_not_exist_is_a_fault_with_a_proposal(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "书", "--select", "missing-fiel"]) == 2
    assert "missing-file" in capsys.readouterr().err
    assert main(["explain", "LNK01", "--lang", "zh"]) == 2
    assert "LNK01" in capsys.readouterr().err.partition("建议：")[2]


@pytest.mark.parametrize("form", ["json", "sarif", "github", "terminal"])
def test_every_format_goes_to_a_file_too(book: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "书", "--format", form, "--output", "out.txt", "--no-cache"]) == 1
    assert capsys.readouterr().out == ""
    written = Path("out.txt").read_bytes()
    assert main(["check", "书", "--format", form]) == 1
    assert capsys.readouterr().out.encode() == written
    assert "LNK001" in written.decode()
    assert b"\r" not in written
    assert b"\x1b" not in written


def test_the_json_report_is_valid(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "书", "--format", "json"])
    Draft202012Validator(json.loads(read_schema("report"))).validate(json.loads(capsys.readouterr().out))


def test_sarif_knows_every_rule(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "书", "--format", "sarif"])
    (sarif,) = json.loads(capsys.readouterr().out)["runs"]
    listed = [rule["id"] for rule in sarif["tool"]["driver"]["rules"]]
    assert {rule.code for rule in discover()} <= set(listed)
    assert listed == sorted(listed)
    assert all("ruleIndex" in result for result in sarif["results"])


def test_a_file_that_cannot_be_written_is_a_fault(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "书", "--output", "no/such/folder.txt"]) == 2
    assert "no/such/folder.txt" in capsys.readouterr().err


def test_colours(book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    main(["check", "书"])
    assert "\x1b[" not in capsys.readouterr().out
    main(["check", "书", "--color", "always"])
    assert "\x1b[" in capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    main(["check", "书"])
    assert "\x1b[" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    main(["check", "书"])
    assert "\x1b[" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        ([], "required: ", "缺少参数"),
        (["chek"], "invalid choice: 'chek'", "无效"),
        (["check", "--fromat"], "nrecognized arguments: --fromat", "无法识别的参数：--fromat"),
        (["check", "--format", "xml"], "invalid choice: 'xml'", "--format 的值 'xml' 无效"),
        (["check", "--jobs", "0"], "--jobs", "--jobs 需要大于 0 的整数，而不是 '0'"),
        (["check", "--output"], "expected one argument", "--output 需要一个值"),
        (["check", "no-such-folder"], "no-such-folder: ", "no-such-folder："),
        (["check", "--lang", "fr"], "invalid choice: 'fr'", "'fr' 无效"),
        (["model", "no-such-folder"], "no-such-folder: ", "no-such-folder："),
        (["explain"], "required: ", "缺少参数"),
    ],
)
def test_faults_of_use(
    words: list[str],
    english: str,
    chinese: str,
    book: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert (out, err[:7]) == ("", "error: ")
    assert english in err
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert (out, err[:3]) == ("", "错误：")
    assert chinese in err


def test_a_fault_of_our_own_is_no_traceback(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.delenv("CONVERGENCE_DOCS_DEBUG", raising=False)
    monkeypatch.setattr("convergence_docs.engine.check", fail)
    assert main(["check", "书"]) == 2
    err = capsys.readouterr().err
    assert "ZeroDivisionError: planted" in err
    assert "Traceback" not in err


def test_an_interrupted_check(book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("convergence_docs.engine.check", interrupt)
    assert main(["check", "书"]) == 130
    assert capsys.readouterr().err == "Interrupted.\n"


@pytest.mark.parametrize(
    ("words", "environ", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh"}, "zh"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "zh"),
        ([], {"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
        (["check", "--lang", "zh"], {"LANG": "en_US"}, "zh"),
        (["check", "--lang=en"], {"LANG": "zh_CN"}, "en"),
        (["check", "--", "--lang=zh"], {"LANG": "en_US"}, "en"),
        (["check", "--lang"], {"LANG": "zh_CN"}, "zh"),
    ],
)
def test_the_language(words: list[str], environ: Mapping[str, str], language: str) -> None:
    assert choose_language(words, environ) == language


@pytest.mark.parametrize("command", ["check", "explain", "rules", "model", "claims", "diff", "schema", "version"])
def test_help_in_both_languages(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    english = capsys.readouterr().out
    assert english.startswith(f"usage: convergence-docs {command}")
    assert english.isascii()
    assert main([command, "--help", "--lang", "zh"]) == 0
    chinese = capsys.readouterr().out
    assert chinese.startswith(f"用法：convergence-docs {command}")
    assert "选项" in chinese


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["version"]) == 0
    first = capsys.readouterr().out
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == first
    assert first.startswith("convergence-docs 0.")


def test_rules_and_explain_know_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert discover()
    assert main(["rules"]) == 0
    table = capsys.readouterr().out
    assert main(["rules", "--format", "json"]) == 0
    listed = {one["code"]: one for one in json.loads(capsys.readouterr().out)}
    for rule in discover():
        assert rule.summary.en in table
        assert listed[rule.code]["summary"]["zh"] == rule.summary.zh
        assert set(listed[rule.code]["options"]) == set(rule.options)
        assert main(["explain", rule.name, "--lang", "zh"]) == 0
        assert rule.summary.zh in capsys.readouterr().out


@pytest.mark.parametrize("name", ["model", "report", "claims", "diff"])
def test_schema(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", name]) == 0
    Draft202012Validator.check_schema(json.loads(capsys.readouterr().out))


def test_model(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "书"]) == 0
    out = capsys.readouterr().out
    model = json.loads(out)
    Draft202012Validator(json.loads(read_schema("model"))).validate(model)
    assert [one["path"] for one in model["chapters"]] == ["1.1-甲.md"]
    assert str(book) not in out
    assert main(["model", "书", "--output", "model.json"]) == 0
    assert Path("model.json").read_text(encoding="utf-8") == out


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk"])
def test_a_stream_that_cannot_hold_chinese(book: Path, encoding: str) -> None:
    environ = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    for words in (
        ("check", "书"),
        ("check", "书", "--lang", "zh"),
        ("rules", "--lang", "zh"),
        ("check", "--help", "--lang", "zh"),
    ):
        done = run(*words, folder=book.parent, environ=environ)
        assert done.returncode == (1 if words[-1] in ("书", "zh") and "书" in words else 0)
        assert done.stderr == b""
        assert done.stdout.decode(encoding)
    fault = run("check", "没有", "--lang", "zh", folder=book.parent, environ=environ)
    assert fault.returncode == 2
    assert b"Traceback" not in fault.stderr
    done = run("check", "书", "--format", "json", folder=book.parent, environ=environ)
    assert json.loads(done.stdout.decode("utf-8"))["findings"][0]["path"] == "书/1.1-甲.md"


def test_the_locale_named_c(book: Path) -> None:
    done = run("check", "书", "--lang", "zh", folder=book.parent, environ={"LC_ALL": "C"})
    assert done.returncode == 1
    assert done.stderr == b""


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX pipe")
def test_a_reader_that_goes_away(book: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "convergence_docs", "check", "书"]
    for words in ([], ["--format", "json"]):
        done = subprocess.run(
            [*command, *words],
            cwd=book.parent,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=writing,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr) == (1, b"")
    os.close(writing)


def test_what_a_check_imports_stays_light(book: Path) -> None:
    """Starting must cost little: nothing that renders, verifies or typesets is loaded to check a folder."""
    code = (
        "import sys; from convergence_docs.cli import main; main(['check', '书']);"
        "print(sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=book.parent, env=env, capture_output=True, check=True, timeout=60
    )
    loaded = done.stderr.decode()
    assert "'convergence_docs'" in loaded
    heavy = {
        "mkdocs",
        "markdown",
        "markdown_it",
        "jinja2",
        "pygments",
        "asyncio",
        "jsonschema",
        "email",
        "http",
        "shutil",
    }
    assert {name for name in heavy if f"'{name}'" in loaded} == set()


def test_what_one_edit_imports_stays_light(book: Path) -> None:
    """A chapter without figures, addresses and diagrams is checked without what only these need."""
    code = (
        "import sys; before = set(sys.modules); from convergence_docs.cli import main; main(['check', '书']);"
        "print(*sorted(set(sys.modules) - before), file=sys.stderr)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    for text in ("# 1.1-甲\n\n文。\n", "# 1.1-甲\n\n又一段文。\n"):
        (book / "1.1-甲.md").write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=book.parent, env=env, capture_output=True, check=True, timeout=60
        )
        loaded = set(done.stderr.decode().split())
        assert "convergence_docs.session" in loaded
        assert not loaded & {
            "convergence_docs.claims.words",
            "convergence_docs.config.mkdocs",
            "convergence_docs.mermaid",
            "convergence_docs.parse.github",
            "convergence_docs.parse.mermaid",
            "difflib",
            "html.entities",
            "subprocess",
            "threading",
            "urllib.parse",
            "yaml",
        }


def test_emit_to_a_plain_stream(monkeypatch: pytest.MonkeyPatch, book: Path) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(["check", "书", "--format", "json"]) == 1
    assert json.loads(stream.getvalue())["version"] == 1


def test_verify_agrees(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "1.1-甲.md").write_text("# 1.1-甲\n\n文。\n", encoding="utf-8")
    assert main(["check", "书", "--verify"]) == 0
    assert capsys.readouterr().out.endswith("Compared 1 file: all agree.\n")
    assert main(["check", "书", "--verify", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.endswith("核对了 1 个文件：全部一致。\n")


def test_verify_agrees_on_a_site_whose_headings_link_to_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# 题\n\n[TOC]\n\n## 节\n\n[节](#_1)\n", encoding="utf-8")
    configuration = "site_name: 书\nmarkdown_extensions:\n  - toc:\n      permalink: true\n"
    (tmp_path / "mkdocs.yml").write_text(configuration, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    main(["check", "--verify", "--lang", "en"])
    assert "Compared 1 file: all agree." in "".join(capsys.readouterr())


def test_verify_lists_differences(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (book / "1.1-甲.md").write_text("# 1.1-甲\n\n文。\n", encoding="utf-8")
    planted = (Difference("link", "a.md", "b.md"),)
    monkeypatch.setattr("convergence_docs.verify.verify_chapter", lambda *_: planted)
    assert main(["check", "书", "--verify", "--format", "json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["findings"] == []
    assert err == "书/1.1-甲.md: site: link: rendered 'a.md', read 'b.md'\nCompared 1 file: 1 difference.\n"


def test_verify_says_what_to_install(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "markdown", None)
    assert main(["check", "书", "--verify"]) == 2
    err = capsys.readouterr().err
    assert "--verify needs the package markdown." in err
    assert "pip install 'convergence-docs[verify]'" in err


def test_verify_loads_nothing_that_a_site_names(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site's configuration may be hostile: an extension that nobody knows is left out, not imported."""
    planted = book.parent / "planted_extension.py"
    planted.write_text("raise SystemExit('imported')\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(book.parent))
    extensions = "  - planted_extension\n  - toc:\n      slugify: !!python/name:planted_extension.slug\n"
    config = f"site_name: x\ndocs_dir: 书\nmarkdown_extensions:\n{extensions}"
    Path("mkdocs.yml").write_text(config, encoding="utf-8")
    assert main(["check", "mkdocs.yml", "--verify", "--no-cache"]) in (0, 1)
    assert "planted_extension" not in sys.modules


def test_verify_survives_what_the_other_implementation_does_not(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "1.1-甲.md").write_text("# 1.1-甲\n\n" + ">" * 3000 + " x\n", encoding="utf-8")
    assert main(["check", "书", "--verify"]) == 1
    out, err = capsys.readouterr()
    assert "书/1.1-甲.md: GitHub: the other implementation cannot follow the nesting\n" in out
    assert err == ""
