"""Links to other sites, asked for on this machine alone: what each answer comes to, what is never asked, no network."""

from __future__ import annotations

import json
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from convergence_docs.cli import main
from convergence_docs.config import find_configs
from convergence_docs.errors import ConfigFault
from convergence_docs.external import lychee
from convergence_docs.external.addresses import address_of, is_private, may_be_asked
from convergence_docs.external.wishes import Wishes, read_wishes
from tests.external.server import Site, self_signed, serving
from tests.folders import write

QUICK = "private: true, timeout: 2, retries: 1, interval: 0"


@pytest.fixture(autouse=True)
def without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(
    book: Path, capsys: pytest.CaptureFixture[str], text: str, settings: str = QUICK, *words: str
) -> tuple[int, list[dict[str, Any]], list[str]]:
    """Exit code, external findings, and what was not verified, of a book of one chapter."""
    write(book, {"docs/甲.md": f"# 甲\n\n{text}\n", "set.yml": f"external: {{{settings}}}\n"})
    code = main(["check", "docs", "--config", "set.yml", "--external", "--format", "json", *words])
    out = capsys.readouterr()
    assert code < 2, out.err
    value = json.loads(out.out)
    findings = [one for one in value["findings"] if one["code"].startswith("EXT")]
    return code, findings, [what for what in value["summary"]["unverified"] if "other sites" in what]


def codes(findings: list[dict[str, Any]]) -> list[str]:
    return [one["code"] for one in findings]


@pytest.mark.parametrize(
    ("path", "code", "exit_code", "said"),
    [
        ("/200", None, 0, ""),
        ("/204", None, 0, ""),
        ("/slow", None, 0, ""),
        ("/302", None, 0, ""),
        ("/429-then-200", None, 0, ""),
        ("/301", "EXT002", 0, "/200?moved"),
        ("/308", "EXT002", 0, "/200?moved"),
        ("/404", "EXT001", 1, "404"),
        ("/410", "EXT001", 1, "410"),
        ("/301-to-404", "EXT001", 1, "404"),
        ("/loop", "EXT001", 1, "circles"),
        ("/403", "EXT003", 0, "403"),
        ("/429", "EXT003", 0, "429"),
        ("/500", "EXT003", 0, "500"),
        ("/timeout", "EXT003", 0, "in time"),
    ],
)
def test_every_answer_comes_to_what_it_means(
    book: Path, site: Site, capsys: pytest.CaptureFixture[str], path: str, code: str | None, exit_code: int, said: str
) -> None:
    text = f"见 [页](<{site.url(path)}>) 与 [好]({site.url('/200?other')})。"
    got, findings, unverified = check(book, capsys, text)
    assert codes(findings) == ([code] if code else [])
    assert (got, unverified) == (exit_code, [])
    assert site.asked[path] >= 1
    if code:
        (finding,) = findings
        assert said in finding["message"]
        line = f"见 [页](<{site.url(path)}>)"
        assert (finding["line"], finding["column"]) == (3, line.index("http") + 1)
        assert finding["end_column"] == finding["column"] + len(site.url(path))


def test_retry_after_is_waited_for(book: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    check(book, capsys, f"[页]({site.url('/429-then-200')})")
    assert site.asked["/429-then-200"] == 2
    assert site.times[1] - site.times[0] >= 0.9


def test_a_host_is_not_overrun(book: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    text = " ".join(f"[{at}]({site.url(f'/200?{at}')})" for at in range(5))
    check(book, capsys, text, "private: true, per_host: 1, interval: 300")
    assert len(site.times) == 5
    assert site.times[-1] - site.times[0] >= 1.0


def test_a_certificate_that_nobody_vouches_for(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(self_signed(book)) as site:
        address = site.url("/200").replace("http:", "https:")
        code, findings, unverified = check(book, capsys, f"[页]({address})")
    assert (code, codes(findings), unverified) == (1, ["EXT004"], [])


def test_every_place_is_told_and_every_address_asked_once(
    book: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    address = site.url("/404")
    text = f"[甲]({address}#一) [乙]({address}) <{address}>\n\n[丙][x] [丁][x] ![图]({address})\n\n[x]: {address}"
    _, findings, _ = check(book, capsys, text)
    places = [(one["code"], one["line"]) for one in findings]
    assert places == [("EXT001", 3)] * 3 + [("EXT001", 5), ("EXT001", 7)], (
        "a definition that two links use is one place"
    )
    assert site.asked["/404"] == 1


def test_addresses_of_any_spelling_arrive(book: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    odd = site.url('/中文 (a)?q=值&b="x"')
    text = f"[甲](<{odd}>) [乙]({site.url('/a%20b?x=1&amp;y=2')})"
    code, findings, _ = check(book, capsys, text)
    assert (code, findings) == (0, [])
    assert "/%E4%B8%AD%E6%96%87%20(a)?q=%E5%80%BC&b=%22x%22" in site.asked


def test_good_answers_are_believed_for_a_day_and_bad_ones_asked_again(
    book: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"[甲]({site.url('/301')}) [乙]({site.url('/404')})"
    first = check(book, capsys, text)
    assert check(book, capsys, text) == first, "what is remembered says the same"
    assert (site.asked["/301"], site.asked["/404"]) == (1, 2)
    check(book, capsys, text, QUICK, "--no-cache")
    assert site.asked["/301"] == 2
    check(book, capsys, text, f"{QUICK}, cache_days: 0")
    assert site.asked["/301"] == 3


def test_settings_say_what_is_asked(book: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"[甲]({site.url('/404?a')}) [乙]({site.url('/404?b')})"
    _, findings, unverified = check(book, capsys, text, f"{QUICK}, deny: ['*?a']")
    assert (len(findings), len(unverified)) == (1, 1)
    _, findings, _ = check(book, capsys, text, f"{QUICK}, allow: ['http://elsewhere/*']")
    assert findings == []
    assert site.asked == {"/404?b": 1}


def test_nothing_private_is_asked_for_unless_wanted(book: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    local = site.url("/404").replace("127.0.0.1", "localhost")
    code, findings, unverified = check(book, capsys, f"[甲]({site.url('/404')}) [乙]({local})", "timeout: 2")
    assert (code, findings, len(unverified)) == (0, [], 1)
    assert not site.asked


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1/", True),
        ("http://[::1]:8000/x", True),
        ("http://10.1.2.3/", True),
        ("http://169.254.169.254/latest/meta-data", True),
        ("https://user:pass@192.168.1.1/", True),
        ("http://LOCALHOST./", True),
        ("http://printer.local/", True),
        ("https://example.com/a", True),
        ("https://www.example.org", True),
        ("https://notexample.com", False),
        ("https://8.8.8.8/", False),
        ("http://[bad", False),
    ],
)
def test_private_addresses_are_known_by_their_characters(address: str, expected: bool) -> None:
    assert is_private(address) is expected
    assert may_be_asked(address, Wishes()) is not expected
    assert may_be_asked(address, Wishes(private=True))


def test_a_comment_in_the_chapter_lets_a_link_stand(book: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    allow = "<!-- convergence-docs: allow dead-external-link -- 存档见附录 -->"
    _, findings, _ = check(book, capsys, f"[甲]({site.url('/404')}) {allow}")
    assert findings == []
    assert site.asked


def test_a_severity_of_its_own(book: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    write(book, {"set.yml": ""})
    text = f"[甲]({site.url('/404')})"
    code, findings, _ = check(book, capsys, text, f"{QUICK}}}\nseverity: {{dead-external-link: notice")
    assert (code, [one["severity"] for one in findings]) == (0, ["notice"])


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_without_a_network_nothing_fails_and_it_is_told(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = f"http://127.0.0.1:{closed_port()}/"
    code, findings, unverified = check(book, capsys, f"[甲]({address}a) [乙]({address}b)")
    assert (code, findings) == (0, [])
    assert "no network" in unverified[0]


def test_one_site_that_is_down_is_no_missing_network(
    book: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"[甲](http://127.0.0.1:{closed_port()}/a) [乙]({site.url('/200')})"
    code, findings, unverified = check(book, capsys, text)
    assert (code, codes(findings), unverified) == (0, ["EXT003"], [])


def test_time_that_is_up_is_told(book: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    start = time.monotonic()
    _, findings, unverified = check(book, capsys, f"[甲]({site.url('/timeout')})", f"{QUICK}, seconds: 1")
    assert findings == []
    assert "out of time" in unverified[0]
    assert time.monotonic() - start < 20


def test_only_changed_lines_are_asked_for(book: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.test_changed import git

    write(book, {"docs/甲.md": f"# 甲\n\n[旧]({site.url('/404?old')})\n", "set.yml": f"external: {{{QUICK}}}\n"})
    git(book, "init", "-q")
    git(book, "add", "-A")
    git(book, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "x")
    text = f"[旧]({site.url('/404?old')})\n\n[新]({site.url('/404?new')})"
    _, findings, _ = check(book, capsys, text, QUICK, "--changed=HEAD")
    assert [one["line"] for one in findings] == [5]
    assert site.asked == {"/404?new": 1}


def test_nothing_of_the_repository_or_the_environment_reaches_lychee(
    book: Path, site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(book, {"lychee.toml": 'exclude = [".*"]\naccept = ["100..=599"]\n', ".lycheeignore": ".*\n"})
    monkeypatch.setenv("GITHUB_TOKEN", "x")
    _, findings, _ = check(book, capsys, f"[甲]({site.url('/404')})")
    assert codes(findings) == ["EXT001"]
    assert "GITHUB_TOKEN" not in lychee._environment()


def test_without_lychee_it_is_a_fault(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(book, {"docs/甲.md": "# 甲\n\n[x](https://8.8.8.8/)\n"})
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(lychee.sysconfig, "get_path", lambda name: str(book))
    assert main(["check", "docs", "--external"]) == 2
    assert "convergence-docs[external]" in capsys.readouterr().err
    write(book, {"docs/甲.md": "# 甲\n\n文。\n"})
    assert main(["check", "docs", "--external"]) == 0, "nothing to ask, nothing needed"


@pytest.mark.parametrize("said", ["", "{}", "[1]", '{"success_map": 3}', "not json", "{" * 10])
def test_a_lychee_that_says_something_else_is_a_fault(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    program = write(book, {"bin/lychee": f"#!/bin/sh\nprintf '%s' '{said}'\n"}) / "bin" / "lychee"
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(lychee.sysconfig, "get_path", lambda name: str(program.parent))
    write(book, {"docs/甲.md": "# 甲\n\n[x](https://8.8.8.8/)\n"})
    assert main(["check", "docs", "--external"]) == 2
    assert "lychee" in capsys.readouterr().err


@pytest.mark.parametrize(
    "settings", ["alow: []", "allow: x", "deny: [1]", "private: 1", "timeout: 0", "retries: 99", "seconds: true"]
)
def test_settings_that_mean_nothing_are_faults(book: Path, settings: str) -> None:
    write(book, {"docs/甲.md": "# 甲\n", "set.yml": f"external: {{{settings}}}\n"})
    (config,) = find_configs(["docs"], "set.yml")
    with pytest.raises(ConfigFault, match=r"extra\.convergence\.external\."):
        read_wishes(config)


def test_addresses_are_asked_for_without_their_fragments() -> None:
    assert address_of("https://a.org/x?y=1#z") == "https://a.org/x?y=1"
    assert address_of("https://a.org/%E4%B8%AD 文") == "https://a.org/%E4%B8%AD%20%E6%96%87"
