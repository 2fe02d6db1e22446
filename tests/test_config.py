"""Configurations: what is read, what is refused and how it is said, and that nothing named is ever run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from convergence_docs import engine
from convergence_docs.config import Config, PythonName, find_configs
from convergence_docs.config.ignore import make_matcher
from convergence_docs.config.trust import SLUGIFIERS
from convergence_docs.diagnostic import Severity
from convergence_docs.errors import ConfigFault, Fault
from convergence_docs.parse.dialect import SLUGIFIERS as PARSED_SLUGIFIERS
from tests.folders import write

SITE = "site_name: Book\n"


def site(root: Path, yml: str, **files: str) -> Config:
    """The one configuration of a site with ``yml`` as its mkdocs.yml."""
    write(root, {"mkdocs.yml": SITE + yml, "docs/index.md": "# A\n", **files})
    (config,) = find_configs([str(root)])
    return config


def refused(root: Path, yml: str) -> ConfigFault:
    """The fault that a site's ``mkdocs.yml`` ends in, when it is read or when its names are looked up."""
    with pytest.raises(ConfigFault) as caught:
        engine.check(site(root, yml), use_cache=False)
    fault = caught.value
    assert fault.title["en"]
    assert any("一" <= char <= "鿿" for char in fault.title["zh"]), fault.title
    assert "{" not in fault.title["en"] + fault.title["zh"]
    return fault


def test_a_site_is_read_as_mkdocs_reads_it(tmp_path: Path) -> None:
    config = site(
        tmp_path,
        """
use_directory_urls: false
nav:
  - Home: index.md
  - Part:
      - ./part/one.md
      - External: https://example.org/
      - part/two.md
exclude_docs: |
  drafts/
  !drafts/kept.md
not_in_nav: |
  /hidden.md
markdown_extensions:
  - footnotes
  - toc:
      slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
plugins:
  - search
""",
    )
    assert config.is_mkdocs
    assert not config.use_directory_urls
    assert config.docs_root == str(tmp_path / "docs")
    assert config.nav == ("index.md", "part/one.md", "part/two.md")
    assert config.excluded == ("drafts/", "!drafts/kept.md")
    assert config.unlisted == ("/hidden.md",)
    assert set(config.extensions) == {"toc", "tables", "fenced_code", "footnotes"}
    assert config.extensions["toc"]["slugify"] == PythonName("pymdownx.slugs.slugify", {"case": "lower"})
    assert config.unverified == ()


def test_settings_are_read(tmp_path: Path) -> None:
    config = site(
        tmp_path,
        """
extra:
  convergence:
    severity: {missing-file: warning, LNK002: off}
    paths:
      - old/*: {missing-file: notice}
    options: {}
    max_bytes: 1000
    trusted: [hooks/mine.py]
hooks: [hooks/mine.py]
""",
    )
    assert config.settings.severity == {"missing-file": Severity.WARNING, "LNK002": None}
    assert config.settings.paths == (("old/*", {"missing-file": Severity.NOTICE}),)
    assert config.settings.max_bytes == 1000
    assert config.unverified == ()


@pytest.mark.parametrize(
    ("yml", "words", "hint", "line"),
    [
        ("extra: {convergence: {severty: {}}}", "extra.convergence.severty", "severity", 2),
        (
            "extra:\n  convergence:\n    severity:\n      misssing-file: off",
            "severity.misssing-file",
            "missing-file",
            5,
        ),
        ("extra: {convergence: {severity: {LNK001: eror}}}", "error, warning, notice, off", "", 2),
        ("extra: {convergence: {severity: [LNK001]}}", "extra.convergence.severity", "", 2),
        ("extra: {convergence: {severity: {LNK001: true}}}", "error, warning, notice, off", "", 2),
        ("extra: {convergence: {paths: {'a/*': {LNK999: off}}}}", "paths.a/*.LNK999", "LNK", 2),
        ("extra: {convergence: {options: {LNK001: {depth: 1}}}}", "options.LNK001.depth", "", 2),
        ("extra: {convergence: {options: {missing-fil: {}}}}", "options.missing-fil", "missing-file", 2),
        ("extra: {convergence: {max_bytes: many}}", "max_bytes", "", 2),
        ("extra: {convergence: 3}", "extra.convergence", "", 2),
        ("extra: {convergence: {vocabulary: none.yml}}", "none.yml", "", 0),
        ("extra: {convergence: {vocabulary: ../../../../../etc/passwd}}", "etc/passwd", "", 0),
        ("extra: {convergence: {trusted: all}}", "trusted", "", 2),
        ("docs_dir: nowhere", "nowhere", "", 2),
        ("docs_dir: ../../..", "out of the repository", "", 2),
        ("docs_dir: /", "out of the repository", "", 2),
        ("docs_dir: [a]", "docs_dir", "", 2),
        ("nav: [1]", "nav.0", "", 2),
        ("plugins: 3", "plugins", "", 2),
        ("plugins: [{a: 1, b: 2}]", "plugins.0", "", 2),
        ("markdown_extensions: [{toc: 3}]", "markdown_extensions.0", "", 2),
        ("use_directory_urls: perhaps", "use_directory_urls", "", 2),
        ("exclude_docs: [a]", "exclude_docs", "", 2),
        ("hooks: a.py", "hooks", "", 2),
        ("nav: []\nnav: []", "occurs twice", "", 3),
        ("a: [", "not valid YAML", "", 2),
        ("a: !unknown b", "!unknown", "", 2),
        ("a: &a [*a]", "contains itself", "", 2),
        ("a: *nowhere", "not valid YAML", "", 2),
        ("a: " + "[" * 20_000, "nested", "", 2),
        ("a: " + "- " * 20_000, "", "", 0),
        ("INHERIT: parent.yml", "cannot be read", "", 0),
        ("INHERIT: mkdocs.yml", "INHERIT", "", 0),
        ("INHERIT: ../../../../../../etc/passwd", "out of the repository", "", 2),
        ("INHERIT: 3", "INHERIT", "", 2),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(tmp_path: Path, yml: str, words: str, hint: str, line: int) -> None:
    fault = refused(tmp_path, yml)
    assert words in fault.title["en"]
    assert hint in fault.hint["en"]
    if line:
        assert f"mkdocs.yml:{line}:" in fault.where


def test_a_bomb_of_aliases_is_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert "Aliases" in refused(tmp_path, "\n".join(lines)).title["en"]


@pytest.mark.parametrize("content", [b"- a\n- b\n", b"just text\n", b"\xff\xfea\x00", b"a\x00b", b"a: \xff\n"])
def test_what_is_no_mapping_or_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, {"mkdocs.yml": content, "docs/index.md": "# A\n"})
    with pytest.raises(ConfigFault):
        find_configs([str(tmp_path)])


def test_an_empty_configuration_is_a_site(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": b"", "docs/index.md": "# A\n"})
    (config,) = find_configs([str(tmp_path)])
    assert config.is_mkdocs


def test_a_huge_configuration_is_refused(tmp_path: Path) -> None:
    assert "larger" in refused(tmp_path, "#" * 4_000_001).title["en"]


def test_inherit_merges_and_children_win(tmp_path: Path) -> None:
    parent = "docs_dir: pages\nextra: {convergence: {severity: {LNK001: off, LNK002: notice}}}\nnav: [index.md]\n"
    write(tmp_path, {"base/parent.yml": parent, "pages/index.md": "# A\n", ".git/HEAD": ""})
    write(
        tmp_path,
        {"mkdocs.yml": "INHERIT: base/parent.yml\nextra: {convergence: {severity: {LNK002: error}}}\nnav: [b.md]\n"},
    )
    (config,) = find_configs([str(tmp_path)])
    assert config.settings.severity == {"LNK001": None, "LNK002": Severity.ERROR}
    assert config.nav == ("b.md",)
    assert config.docs_root == str(tmp_path / "pages")


def test_inherit_in_circles_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": "INHERIT: b.yml\n", "b.yml": "INHERIT: mkdocs.yml\n", "docs/index.md": ""})
    with pytest.raises(ConfigFault, match="circles"):
        find_configs([str(tmp_path)])


def test_the_environment_is_read_and_never_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOK_URLS", "false")
    monkeypatch.setenv("BOOK_SECRET", "hunter2")
    monkeypatch.delenv("BOOK_NONE", raising=False)
    config = site(tmp_path, "use_directory_urls: !ENV [BOOK_NONE, BOOK_URLS, true]\nnav: !ENV [BOOK_NONE, [b.md]]\n")
    assert not config.use_directory_urls
    assert config.nav == ("b.md",)
    fault = refused(tmp_path, "docs_dir: !ENV BOOK_SECRET\n")
    assert "hunter2" not in f"{fault} {fault.title} {fault.hint}"


def test_nothing_that_a_configuration_names_is_imported_or_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trap = "import pathlib\npathlib.Path(__file__).with_name('sprung').touch()\n"
    write(tmp_path, {"trapdoor.py": trap, "trapdoor2.py": trap})
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    config = site(
        tmp_path,
        f"""
markdown_extensions:
  - trapdoor
  - toc:
      slugify: !!python/name:trapdoor.slugify
  - pymdownx.emoji:
      emoji_index: !!python/object/apply:os.system ["touch {tmp_path}/sprung"]
      other: !!python/object/new:trapdoor2.Thing {{args: [1]}}
      third: !!python/module:trapdoor2
plugins: [trapdoor2]
hooks: [trapdoor.py]
theme: {{name: null, custom_dir: trapdoor}}
""",
    )
    report = engine.check(config, use_cache=False)
    assert not (tmp_path / "sprung").exists()
    assert "trapdoor" not in sys.modules
    said = " ".join(wording.en for wording in report.unverified)
    for name in ("'trapdoor'", "'trapdoor.slugify'", "'trapdoor2'", "'trapdoor.py'"):
        assert name in said
    assert config.doubts == {"anchors": "trapdoor.slugify"}


def test_the_trap_of_that_test_springs_when_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"trapdoor3.py": "import pathlib\npathlib.Path(__file__).with_name('sprung').touch()\n"})
    monkeypatch.syspath_prepend(str(tmp_path))
    __import__("trapdoor3")
    assert (tmp_path / "sprung").exists()


def test_doubted_findings_are_notices(tmp_path: Path) -> None:
    write(tmp_path, {"docs/index.md": "# A\n\n[x](none.md)\n"})
    certain = engine.check(site(tmp_path / "a", "", **{"docs/index.md": "# A\n\n[x](none.md)\n"}), use_cache=False)
    doubted = engine.check(
        site(tmp_path / "b", "plugins: [gen-files]", **{"docs/index.md": "# A\n\n[x](none.md)\n"}), use_cache=False
    )
    assert [(one.code, one.severity) for one in certain.findings] == [("LNK001", Severity.ERROR)]
    assert [(one.code, one.severity) for one in doubted.findings] == [("LNK001", Severity.NOTICE)]
    assert "gen-files" in doubted.unverified[0].zh


def test_the_parser_and_the_configuration_know_the_same_slugifiers() -> None:
    assert {name for name in PARSED_SLUGIFIERS if "." in name} == SLUGIFIERS


def test_paths_find_their_site(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"mkdocs.yml": SITE, "docs/a.md": "# A\n", "docs/p/b.md": "# B\n", "other/c.md": "# C\n", ".git/x": ""},
    )

    def found(*paths: str) -> list[tuple[str, bool, tuple[str, ...]]]:
        configs = find_configs([str(tmp_path / path) for path in paths])
        return [(config.docs_root.removeprefix(str(tmp_path)), config.is_mkdocs, config.selected) for config in configs]

    assert found(".") == [("/docs", True, ())]
    assert found("mkdocs.yml") == [("/docs", True, ())]
    assert found("docs") == [("/docs", True, ())]
    assert found("docs/p") == [("/docs", True, ("p",))]
    assert found("docs/a.md", "docs/p/b.md") == [("/docs", True, ("a.md", "p/b.md"))]
    assert found("docs/a.md", ".") == [("/docs", True, ())]
    assert found("other") == [("/other", False, ())]
    assert found("other/c.md") == [("/other", False, ("c.md",))]
    assert found("docs", "other") == [("/docs", True, ()), ("/other", False, ())]


def test_only_what_was_asked_for_is_reported_and_counted(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "# A\n\n[x](none.md)\n", "p/b.md": "# B\n\n[y](none.md)\n", ".h.md": "# C\n"})
    (config,) = find_configs([str(tmp_path / "a.md")])
    report = engine.check(config, use_cache=False)
    assert [one.path for one in report.findings] == ["a.md"]
    assert report.chapters == 1
    (config,) = find_configs([str(tmp_path / ".h.md")])
    with pytest.raises(Fault, match="no chapter"):
        engine.check(config, use_cache=False)


def test_a_missing_path_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="no such file"):
        find_configs([str(tmp_path / "none")])
    with pytest.raises(Fault, match="no such file"):
        find_configs(["a\0b"])


def test_a_settings_file_has_the_same_keys_at_its_top(tmp_path: Path) -> None:
    write(tmp_path, {"book/a.md": "# A\n\n[x](none.md)\n", "ours.yml": "severity: {missing-file: off}\n"})
    (config,) = find_configs([str(tmp_path / "book")], str(tmp_path / "ours.yml"))
    assert not engine.check(config, use_cache=False).findings
    write(tmp_path, {"ours.yml": "severity: {missing-fil: off}\n"})
    (config,) = find_configs([str(tmp_path / "book")], str(tmp_path / "ours.yml"))
    with pytest.raises(ConfigFault, match=r"ours.yml:1:12: 'severity.missing-fil' is unknown"):
        engine.check(config, use_cache=False)


@pytest.mark.parametrize(
    ("lines", "named", "others"),
    [
        (["*.txt"], ["a.txt", "b/c.txt"], ["a.md"]),
        (["/a.md"], ["a.md"], ["b/a.md"]),
        (["drafts/"], ["drafts/a.md", "x/drafts/b/c.md"], ["drafts", "drafts.md"]),
        (["a/*.md"], ["a/b.md"], ["a/b/c.md", "x/a/b.md"]),
        (["a/**/z.md"], ["a/z.md", "a/b/c/z.md"], ["a/b/y.md"]),
        (["a/**"], ["a/b", "a/b/c"], ["a"]),
        (["**/b/c.md"], ["b/c.md", "a/b/c.md"], ["c.md"]),
        (["*.md", "!keep.md"], ["a.md"], ["keep.md", "x/keep.md"]),
        (["# a.md", "", "\\#b.md"], ["#b.md"], ["a.md"]),
        (["[ab].md"], ["a.md"], ["c.md"]),
        ([".*", "/templates/"], [".git/x", "a/.b/c", "templates/x.html"], ["a/templates/x.html", "a.b"]),
    ],
)
def test_patterns_match_as_git_does(lines: list[str], named: list[str], others: list[str]) -> None:
    matches = make_matcher(lines)
    assert [path for path in named if not matches(path)] == []
    assert [path for path in others if matches(path)] == []


def test_patterns_agree_with_pathspec() -> None:
    pathspec = pytest.importorskip("pathspec")
    lines = ["*.txt", "/a/*", "!a/k*", "b/", "c/**/d", "**/e", "x*y/z", "!/q/r.md", "q/"]
    spec = pathspec.gitignore.GitIgnoreSpec.from_lines(lines)
    parts = ["a", "b", "c", "d", "e", "k.md", "q", "r.md", "xay", "z", "n.txt"]
    paths = [*parts, *(f"{p}/{q}" for p in parts for q in parts), *(f"{p}/m/{q}" for p in parts for q in parts)]
    matches = make_matcher(lines)
    wrong = [path for path in paths if matches(path) != spec.match_file(path)]
    # pathspec lets a folder pattern win over an exception below it, as git does; MkDocs' own use of it shows the same.
    assert [path for path in wrong if not path.startswith("q/")] == []


def test_a_hostile_pattern_costs_no_more_than_its_length() -> None:
    matches = make_matcher(["*a" * 3000 + "b", "**/" * 3000 + "x", "a/" * 3000])
    assert not matches("a" * 5000)
    assert not matches("a/" * 1000 + "y")


def test_others_may_repeat_a_key_in_their_own_options(tmp_path: Path) -> None:
    config = site(tmp_path, "plugins:\n  - i18n:\n      names: {a: 1, a: 2}\nextra:\n  other: {b: 1, b: 2}\n")
    assert config.plugins["i18n"]["names"] == {"a": 2}


@pytest.mark.parametrize(
    "yml",
    ["plugins: []\nplugins: []\n", "extra:\n  convergence: {}\n  convergence: {}\n",
     "extra:\n  convergence:\n    severity: {LNK001: off, LNK001: error}\n"],
)  # fmt: skip
def test_a_repeated_key_of_the_site_or_of_the_settings_is_refused(tmp_path: Path, yml: str) -> None:
    assert "occurs twice" in refused(tmp_path, yml).title["en"]


def test_a_plugin_that_runs_fences_lets_them_have_options(tmp_path: Path) -> None:
    text = '# A\n\n```python exec="true" session="x"\n# no heading\n```\n'
    extensions = "markdown_extensions: [pymdownx.superfences]\n"
    config = site(tmp_path, extensions + "plugins: [markdown-exec]\n", **{"docs/a.md": text})
    found = engine.check(config, use_cache=False).findings
    assert "DOC002" not in {one.code for one in found}


def test_in_a_folder_every_fence_is_one(tmp_path: Path) -> None:
    text = "# A\n\n```rust,ignore\n# no heading\n```\n\n``` x ```\n\n# Heading\n\n``` {.a\n# none\n```\n"
    write(tmp_path, {"a.md": text})
    found = engine.check(find_configs([str(tmp_path)])[0], use_cache=False).findings
    assert [(one.code, one.line) for one in found] == [("DOC002", 9)]
