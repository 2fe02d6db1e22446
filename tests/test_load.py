"""Folders on disk: what is listed, what is left out, and that nothing outside or out of the ordinary is touched."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from convergence_docs import load
from convergence_docs.config import Config, find_configs
from convergence_docs.errors import Fault
from convergence_docs.load import Bytes, Listing, existing, list_files, read
from tests.folders import check, codes, write


def listing(root: Path) -> Listing:
    """What is listed of the one site at ``root``."""
    return list_files(config(root))


def config(root: Path) -> Config:
    """The one site at ``root``."""
    (found,) = find_configs([str(root)])
    return found


def reasons(root: Path) -> dict[str, str]:
    """Why what was not read was not read, by path."""
    return {path: reason for path, reason, _ in listing(root).not_read}


def test_chapters_come_sorted_and_hidden_and_foreign_folders_stay_out(tmp_path: Path) -> None:
    names = ["b.md", "a.markdown", "x/z.md", ".hidden/h.md", "x/.h.md", "node_modules/n.md", "env/v.md", "a.txt"]
    write(tmp_path, {**dict.fromkeys(names, "# A\n"), "env/pyvenv.cfg": ""})
    found = listing(tmp_path)
    assert list(found.chapters) == ["a.markdown", "b.md", "x/z.md"]
    assert found.files == {"a.markdown", "b.md", "x/z.md", "a.txt"}
    assert found.skipped == {".hidden", "node_modules", "env"}


def test_a_site_publishes_what_mkdocs_publishes(tmp_path: Path) -> None:
    names = ["index.md", "node_modules/n.md", "templates/t.md", "x/templates/t.md", "drafts/d.md", "drafts/keep.md"]
    write(tmp_path, {f"docs/{name}": "# A\n" for name in [*names, ".h/x.md", "wip.md"]})
    write(
        tmp_path,
        {"mkdocs.yml": "exclude_docs: |\n  drafts/*\n  !drafts/keep.md\ndraft_docs: wip.md\nsite_name: a\n"},
    )
    expected = ["drafts/keep.md", "index.md", "node_modules/n.md", "x/templates/t.md"]
    assert list(listing(tmp_path).chapters) == expected


def test_what_the_listing_leaves_out_may_still_be_linked_in_a_plain_folder(tmp_path: Path) -> None:
    links = "[a](.github/C.md) [b](env/x.md) [c](.none.md) [d](.github/no.md)\n"
    files = {"a.md": f"# A\n\n{links}", ".github/C.md": "", "env/pyvenv.cfg": "", "env/x.md": ""}
    found = [one.excerpt[one.column - 1 : one.end_column - 1] for one in check(write(tmp_path, files)).findings]
    assert len(found) == 2
    assert ".none.md" in found[0]
    assert ".github/no.md" in found[1]


def test_links_inside_are_followed_and_circles_are_not(tmp_path: Path) -> None:
    write(tmp_path, {"real/a.md": "# A\n", "b.md": "# B\n"})
    (tmp_path / "linked").symlink_to("real")
    (tmp_path / "c.md").symlink_to("b.md")
    (tmp_path / "real/loop").symlink_to("..")
    (tmp_path / "self.md").symlink_to("self.md")
    (tmp_path / "dead.md").symlink_to("nowhere.md")
    found = listing(tmp_path)
    assert list(found.chapters) == ["b.md", "c.md", "linked/a.md", "real/a.md"]
    assert reasons(tmp_path) == {"linked/loop": "circular", "real/loop": "circular", "self.md": "circular"}
    assert ("self.md", "RUN001") in codes(check(tmp_path))


def test_links_that_multiply_end(tmp_path: Path) -> None:
    for level in range(30):
        folder = tmp_path / f"d{level}"
        folder.mkdir()
        for name in ("x", "y"):
            (folder / name).symlink_to(f"../d{level + 1}")
    write(tmp_path, {"d30/a.md": "# A\n"})
    found = listing(tmp_path)
    assert "d30/a.md" in found.chapters
    assert len(found.files) < 2000


def test_too_many_folders_are_no_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {f"{n}/a.md": "" for n in range(12)})
    monkeypatch.setattr(load, "MAX_FOLDERS", 10)
    with pytest.raises(Fault, match="no docs folder"):
        listing(tmp_path)


def test_links_that_lead_out_are_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"secret.md": "# Secret\n", "book/a.md": "# A\n\n[x](out.md)\n", "secrets/b.md": "# B\n"})
    (tmp_path / "book/out.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "book/outside").symlink_to(tmp_path / "secrets")
    (tmp_path / "book/zero.md").symlink_to("/dev/zero")
    assert list(listing(tmp_path / "book").chapters) == ["a.md"]
    assert reasons(tmp_path / "book") == {"out.md": "outside", "zero.md": "outside"}
    report = check(tmp_path / "book")
    assert "Secret" not in repr(report)
    assert codes(report) == [("out.md", "RUN001"), ("zero.md", "RUN001")], "a link to it is no dead link"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
def test_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "# A\n"})
    os.mkfifo(tmp_path / "pipe.md")
    with socket.socket(socket.AF_UNIX) as door:
        os.chdir(tmp_path)
        door.bind("s.md")
        assert reasons(tmp_path) == {"pipe.md": "special", "s.md": "special"}
        assert read(config(tmp_path), "pipe.md").reason == "special"  # type: ignore[union-attr]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="needs a system that takes any bytes for a name")
def test_names_that_are_no_text_are_named_all_the_same(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "# A\n"})
    (tmp_path / os.fsdecode(b"\xff\xfe.md")).write_text("# B\n")
    (tmp_path / os.fsdecode(b"\xff.png")).write_text("")
    report = check(tmp_path)
    assert codes(report) == [("\ufffd\ufffd.md", "RUN001")]
    report.findings[0].path.encode()


class Denied:
    """A file system that refuses some paths; root, who runs tests in containers, is refused nothing by modes."""

    def __init__(self, call: Any, name: str) -> None:
        self.call = call
        self.name = name

    def __call__(self, path: Any, *rest: Any, **named: Any) -> Any:
        if str(path).rstrip("/").endswith(self.name):
            raise PermissionError(13, "Permission denied", str(path))
        return self.call(path, *rest, **named)


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.md": "# A\n\n[x](none.md)\n", "locked.md": "# B\n", "closed/c.md": "# C\n"})
    monkeypatch.setattr(os, "open", Denied(os.open, "locked.md"))
    monkeypatch.setattr(os, "scandir", Denied(os.scandir, "closed"))
    report = check(tmp_path)
    assert codes(report) == [("a.md", "LNK001"), ("closed", "RUN001"), ("locked.md", "RUN001")]
    assert "Permission denied" in report.findings[1].message.en


def test_an_unreadable_root_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "scandir", Denied(os.scandir, tmp_path.name))
    with pytest.raises(Fault, match="cannot be read"):
        list_files(Config(docs_root=str(tmp_path), boundary=str(tmp_path)))


def test_what_is_too_large_is_not_read_whole(tmp_path: Path) -> None:
    write(tmp_path, {"docs/a.md": "# A\n" + "x" * 100, "docs/b.md": "# B\n"})
    write(tmp_path, {"mkdocs.yml": "site_name: a\nextra: {convergence: {max_bytes: 50}}\n"})
    report = check(tmp_path)
    assert codes(report) == [("a.md", "RUN001")]
    assert "50" in report.findings[0].message.zh


def test_a_file_that_vanishes_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "# A\n"})
    site = config(tmp_path)
    assert isinstance(read(site, "a.md"), Bytes)
    (tmp_path / "a.md").unlink()
    assert read(site, "a.md").reason == "unreadable"  # type: ignore[union-attr]


def test_only_the_repository_is_asked_whether_something_exists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"repo/.git/HEAD": "", "repo/docs/a.md": "# A\n", "repo/LICENSE": "", "secret": ""})
    (tmp_path / "repo/out").symlink_to(tmp_path / "secret")
    site = config(tmp_path / "repo/docs")
    asked: list[str] = []
    for name in ("stat", "lstat", "open", "scandir", "readlink"):
        monkeypatch.setattr(os, name, _spying(getattr(os, name), asked))
    paths = ["../LICENSE", "../none", "../../secret", "../../../../../../etc/passwd", "../out", "a\0b", "../.."]
    assert list(existing(site, paths)) == ["../LICENSE"]
    assert any(path.endswith("LICENSE") for path in asked), "the spy sees nothing"
    assert [path for path in asked if "passwd" in path or path == str(tmp_path / "secret")] == []


def _spying(call: Any, asked: list[str]) -> Any:
    def spy(path: Any, *rest: Any, **named: Any) -> Any:
        asked.append(str(path))
        return call(path, *rest, **named)

    return spy
