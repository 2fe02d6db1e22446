"""The cache is never wrong: whatever happens to files, configuration or the cache itself, reports stay the same."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from convergence_docs import cache, codec, engine, examination, survey
from convergence_docs.config import find_configs
from convergence_docs.diagnostic import Figure, Report
from convergence_docs.load import Bytes, NotRead
from convergence_docs.model.book import make_entry
from tests.folders import age, check, codes, write
from tests.reports.samples import DISPUTED
from tests.worlds import chapter

PLAIN = "site_name: Book\nnav: [index.md, a.md]\nmarkdown_extensions: [convergence_docs.site.anchors]\n"
YML = """site_name: Book
nav: [index.md, a.md]
extra: {convergence: {severity: {missing-file: %s}, vocabulary: %s}}
"""
VOCABULARY = "layers: []\n"
CHAPTERS = {
    "docs/index.md": "# 01-开始\n\n## 目录\n\n- [一、甲](#一甲)\n\n## 一、甲\n\n[a](a.md#beta) ![图](img/x.png)\n",
    "docs/a.md": "# 02-甲\n\n## 一、乙\n\n## 一、丙\n\n|a|b|\n|---|---|\n|1|\n\n[b](part/b.md) [c](../OUTSIDE.md)\n",
    "docs/part/b.md": "# 03-丙\n\n[x](../none.md)\n<!-- convergence: allow missing-file: 以后写 -->\n[y](nothing.md)\n",
    "docs/img/x.png": b"\x89PNG",
}


def both(root: Path) -> Report:
    """The report, with the cache and without, which must be the same."""
    cached, fresh = check(root, use_cache=True), check(root, use_cache=False)
    assert cached == fresh
    return cached


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A small site, all of whose files are old enough for their times to be trusted."""
    root = write(tmp_path / "book", {**CHAPTERS, ".git/HEAD": ""}, is_old=True)
    return write(root, {"mkdocs.yml": PLAIN}, is_old=True)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The chapters that are read, as they are."""
    seen: list[str] = []
    read = survey.read

    def spy(config: object, path: str) -> Bytes | NotRead:
        seen.append(path)
        return read(config, path)  # type: ignore[arg-type]

    monkeypatch.setattr(survey, "read", spy)
    monkeypatch.setattr(examination, "read", spy)
    # An hour-old time of change cannot be forged, so the clock that doubts young files is moved instead.
    monkeypatch.setattr(cache, "_UNSURE", -(10**12))
    return seen


def edits(root: Path, chance: random.Random) -> list[Callable[[], object]]:
    """One edit of each kind, made ready."""
    docs = root / "docs"
    chapters = sorted(path for path in docs.rglob("*.md") if path.is_file())
    one = chance.choice(chapters) if chapters else docs / "index.md"
    other = docs / chance.choice(["index.md", "a.md", "part/b.md", "part/c.md", "neu/d.md", "README.md"])
    word = chance.choice(["一、", "二、", "三、", "## ", "[z](a.md)", "[q](part/b.md#x)", "\n# H\n", "![](img/x.png)"])

    def put(path: Path, text: str | bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def toggle(path: Path) -> None:
        if path.exists():
            path.unlink()
        else:
            put(path, "")

    def keep_times() -> None:
        about, text = one.stat(), one.read_bytes()
        put(one, text.replace(b"a", b"b", 1))
        os.utime(one, ns=(about.st_atime_ns, about.st_mtime_ns))

    return [
        lambda: put(other, f"# {word}\n\n{word} [k](index.md#一甲) [g](../none.md)\n"),
        lambda: put(one, one.read_bytes() + f"\n{word}\n".encode()),
        lambda: put(one, one.read_bytes().replace("一、".encode(), "三、".encode(), 1)),
        lambda: put(one, one.read_bytes().replace(b"](", b"](x", 1)),
        lambda: one.unlink(missing_ok=True) if len(chapters) > 1 else None,
        lambda: one.rename(docs / f"r{chance.randrange(4)}.md"),
        lambda: os.utime(one),
        lambda: age(one, chance.randrange(1, 10_000)),
        keep_times,
        lambda: put(docs / "img/x.png", b"") if chance.random() < 0.5 else (docs / "img/x.png").unlink(missing_ok=True),
        lambda: (
            put(root / "OUTSIDE.md", "") if chance.random() < 0.5 else (root / "OUTSIDE.md").unlink(missing_ok=True)
        ),
        lambda: put(root / "mkdocs.yml", YML % (chance.choice(["off", "error", "notice"]), "vocabulary.yml")),
        lambda: put(docs / "vocabulary.yml", chance.choice(["", "layers: []\n"])),
        lambda: put(one, b"\xff\xfea\x00" if chance.random() < 0.5 else b"# \xff\n"),
        lambda: None,
    ]


@pytest.mark.parametrize("seed", range(4))
def test_cached_and_uncached_reports_agree_over_random_edits(book: Path, seed: int) -> None:
    chance = random.Random(seed)
    write(book, {"docs/vocabulary.yml": ""})
    reports = set()
    for _ in range(100):
        for _ in range(chance.choice([1, 1, 1, 3])):
            chance.choice(edits(book, chance))()
        report = both(book)
        reports.add(report.findings)
    assert len(reports) > 30, "the edits changed too little to prove anything"


def test_nothing_is_read_where_nothing_changed(book: Path, reads: list[str]) -> None:
    first = check(book, use_cache=True)
    assert sorted(reads) == ["a.md", "index.md", "part/b.md"]
    reads.clear()
    assert check(book, use_cache=True) == first
    assert reads == []


def test_only_the_edited_chapter_is_read_and_the_book_rules_see_it(book: Path, reads: list[str]) -> None:
    assert ("index.md", "LNK002") in codes(check(book, use_cache=True))
    reads.clear()
    (book / "docs/a.md").write_text("# 02-甲\n\n## Beta\n", encoding="utf-8")
    assert ("index.md", "LNK002") not in codes(both(book))
    assert reads[:1] == ["a.md"]
    assert reads.count("index.md") == 1, "read once more, by the uncached run"


def test_a_touched_file_is_compared_by_content(book: Path, reads: list[str]) -> None:
    check(book, use_cache=True)
    reads.clear()
    os.utime(book / "docs/a.md", ns=(1, 1))
    check(book, use_cache=True)
    assert reads == ["a.md"]
    reads.clear()
    check(book, use_cache=True)
    assert reads == []


def test_a_young_file_is_not_trusted_by_its_times(book: Path) -> None:
    path = book / "docs/index.md"
    path.write_text("# A\n\n[x](a.md)\n", encoding="utf-8")
    about = path.stat()
    assert ("index.md", "LNK001") not in codes(check(book, use_cache=True))
    # The same size, the same times: what an edit within the clock's tick looks like.
    path.write_text("# A\n\n[x](b.md)\n", encoding="utf-8")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert ("index.md", "LNK001") in codes(check(book, use_cache=True))


def test_in_ci_contents_count_and_times_do_not(book: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    first = check(book, use_cache=True)
    reads.clear()
    assert check(book, use_cache=True) == first
    assert sorted(reads) == ["a.md", "index.md", "part/b.md"]


@pytest.mark.parametrize("damage", ["cut", "empty", "noise", "flip", "foreign", "folder", "json", "shape"])
def test_a_damaged_cache_is_rebuilt_in_silence(book: Path, own_cache: Path, reads: list[str], damage: str) -> None:
    expected = check(book, use_cache=True)
    files = sorted(own_cache.iterdir())
    assert {path.suffix for path in files} == {".report", ".chapters"}
    for path in files:
        data = path.read_bytes()
        head, _, body = data.partition(b"\n")
        if damage == "folder":
            path.unlink()
            path.mkdir()
        else:
            forged = {
                "cut": data[: len(data) // 2],
                "empty": b"",
                "noise": random.Random(1).randbytes(len(data)),
                "flip": head + b"\n" + body.replace(b"a", b"b", 1),
                "foreign": data.replace(b'"key":"', b'"key":"0', 1),
                "json": b"[1, 2]\n{}",
                "shape": _resealed(path, body),
            }[damage]
            path.write_bytes(forged)
    reads.clear()
    assert check(book, use_cache=True) == expected
    assert reads


def _resealed(path: Path, body: bytes) -> bytes:
    """A cache whose sum is right and whose content is not what this program writes."""
    from zlib import crc32

    wrong = body.replace(b"[", b"{", 3) if path.suffix == ".report" else body.replace(b"\t[", b"\t[[7],", 1)
    header = codec.load(path.read_bytes().partition(b"\n")[0])
    return codec.dump({**header, "sum": crc32(wrong), "stamps": ""}) + b"\n" + wrong


def test_without_a_place_to_write_the_check_goes_on(book: Path, own_cache: Path) -> None:
    shutil.rmtree(own_cache)
    own_cache.write_text("in the way", encoding="utf-8")
    both(book)


def test_two_runs_at_once_do_not_harm_each_other(book: Path) -> None:
    script = f"""
from tests.folders import check
from pathlib import Path
for n in range(6):
    report = check(Path({str(book)!r}), use_cache=True)
    print(len(report.findings))
"""
    runs = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent)
        for _ in range(3)
    ]
    said = {line for run in runs for line in run.communicate(timeout=120)[0].split()}
    assert said == {str(len(both(book).findings)).encode()}
    assert all(run.returncode == 0 for run in runs)


def test_a_killed_run_leaves_no_half_cache(book: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = check(book, use_cache=True)
    (book / "docs/a.md").write_text("# 变了\n", encoding="utf-8")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", die)
        with pytest.raises(KeyboardInterrupt):
            check(book, use_cache=True)
    assert both(book) != expected


def test_configurations_do_not_share_a_memory(book: Path) -> None:
    yml = book / "mkdocs.yml"
    loud = both(book)
    yml.write_text(YML % ("off", "null"), encoding="utf-8")
    assert both(book) != loud
    yml.write_text(PLAIN, encoding="utf-8")
    assert both(book) == loud


def test_old_memories_are_forgotten(book: Path, own_cache: Path) -> None:
    (own_cache / "not-ours.txt").write_text("", encoding="utf-8")
    for n in range(12):
        (book / "mkdocs.yml").write_text(f"site_name: {n}\nextra: {{convergence: {{max_bytes: {n + 9999}}}}}\n")
        check(book, use_cache=True)
    kept = [path for path in own_cache.iterdir() if path.suffix == ".chapters"]
    assert 1 < len(kept) <= 9
    assert (own_cache / "not-ours.txt").exists()


def test_selected_files_share_the_memory_of_their_site(book: Path, reads: list[str]) -> None:
    whole = check(book, use_cache=True)
    reads.clear()
    part = check(book / "docs/part", use_cache=True)
    assert reads == []
    assert part.findings == tuple(one for one in whole.findings if one.path.startswith("part/"))
    assert part.findings


def test_an_entry_survives_the_way_through_json() -> None:
    text = (
        "# 03.1-题\n\n## 目录\n\n- [一](#一)\n\n## 一\n\n[a](b.md 'T') ![i](i.png) [r][k] [near]（x.md）\n\n[k]: c.md\n"
    )
    entry = make_entry(chapter(text + "\n<!-- convergence: allow LNK001: why -->\n[z](y.md)\n"))
    again = codec.revive(type(entry), codec.load(codec.dump(entry)))
    assert again == entry
    assert [type(link.kind) for link in again.links] == [type(link.kind) for link in entry.links]
    assert type(again.links[0].span) is type(entry.links[0].span)
    with pytest.raises(codec.Damaged):
        codec.revive(type(entry), [1, 2, 3])


@pytest.mark.parametrize("text", ["一\n二\t三", "\ud800", "\u2028\x85\0", '"\\'])
def test_any_text_survives_on_one_line(text: str) -> None:
    line = codec.dump([text])
    assert b"\n" not in line
    assert b"\t" not in line
    assert codec.load(line) == [text]


def test_a_report_survives_the_way_through_json(book: Path) -> None:
    findings = check(book).findings
    assert findings
    assert codec.revive_findings(codec.load(codec.dump(codec.plain(findings)))) == findings


def test_figures_survive_the_way_through_json() -> None:
    again = codec.revive_findings(codec.load(codec.dump(codec.plain((DISPUTED,)))))
    assert again == (DISPUTED,)
    assert again[0].data is not None
    assert type(again[0].data.values[1]) is Figure


def test_processes_share_the_work_and_agree(tmp_path: Path) -> None:
    files = {
        f"{n:03}.md": f"# {n}\n\n## 一、a\n\n## 一、b\n\n[x]({n + 1:03}.md#一b) [y](none{n}.md)\n" for n in range(40)
    }
    write(tmp_path, files)
    (config,) = find_configs([str(tmp_path)])
    alone = engine.check(config, use_cache=False, jobs=1)
    assert alone.findings
    assert engine.check(config, use_cache=False, jobs=3) == alone
    assert engine.check(config, use_cache=True, jobs=3) == alone
    assert engine.check(config, use_cache=True, jobs=3) == alone


def test_a_threaded_program_is_never_forked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {f"{n}.md": "# A\n" for n in range(5)})
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("forked beside a thread"), raising=False)
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert check(tmp_path, jobs=4).chapters == 5
    finally:
        over.set()
        thread.join()
