"""lychee, run on a list of addresses: what it answers of each.

Source: lychee 0.24, ``--format json``; every answer names the line of its input that it is about.
"""

from __future__ import annotations

import os
import subprocess
import sysconfig
from collections.abc import Iterator, Sequence
from html import escape
from json import JSONDecodeError, loads
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from convergence_docs.errors import Fault
from convergence_docs.external.wishes import Wishes

_PASSED = ("PATH", "HOME", "USERPROFILE", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR")
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
"""All of the environment that lychee sees: no token, no setting of its own."""
_LINKS = "links.html"


class Answer(NamedTuple):
    """What asking for an address gave.

    Attributes:
        address: what was asked for.
        status: the HTTP status, 0 where there was none.
        detail: lychee's own words where there was none; ``timeout`` for a time-out; ``excluded`` where it did not ask.
        moves: the redirects followed: status and address of each.
    """

    address: str
    status: int
    detail: str
    moves: tuple[tuple[int, str], ...] = ()


class Unfinished(Exception):
    """lychee did not end in time."""


def find_lychee() -> str:
    """The program: the one installed beside this Python, else the first on the search path.

    Raises:
        Fault: there is none.
    """
    name = "lychee.exe" if os.name == "nt" else "lychee"
    folders = [sysconfig.get_path("scripts"), *os.environ.get("PATH", "").split(os.pathsep)]
    for folder in folders:
        where = os.path.join(folder, name)
        if os.path.isabs(folder) and os.path.isfile(where) and os.access(where, os.X_OK):
            return where
    raise Fault(
        en="Links to other sites are checked with lychee, which is not installed.",
        zh="检查站外链接需要 lychee，但没有安装。",
        hint_en="Install it: pip install 'convergence-docs[external]'",
        hint_zh="请安装：pip install 'convergence-docs[external]'",
    )


def ask(program: str, addresses: Sequence[str], wishes: Wishes, seconds: float) -> Iterator[Answer]:
    """Ask for addresses; what is answered of each, in no order. Those that lychee says nothing of are left out.

    Raises:
        Unfinished: it did not end within ``seconds``.
        Fault: it cannot be run, or its answer cannot be read.
    """
    with TemporaryDirectory(prefix="convergence-docs-") as folder:
        # One address a line; a folder of its own, so that no configuration of lychee's is taken from the repository.
        lines = "".join(f'<a href="{escape(address, quote=True)}">x</a>\n' for address in addresses)
        with open(os.path.join(folder, _LINKS), "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(lines)
        try:
            result = subprocess.run(
                [program, *_words(wishes), _LINKS],
                cwd=folder,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Unfinished from None
        except OSError as error:
            raise _failed(error.strerror or "") from None
    yield from _answers(result, addresses)


def _words(wishes: Wishes) -> list[str]:
    words = ["--format=json", "--no-progress", "--mode=plain", "-vv", "--no-ignore", "--max-redirects=10"]
    words += [f"--timeout={wishes.timeout}", f"--max-retries={wishes.retries}", "--retry-wait-time=1"]
    words += [f"--host-concurrency={wishes.per_host}", f"--host-request-interval={wishes.interval}ms"]
    words += ["--max-concurrency=32", "--user-agent=Mozilla/5.0 (compatible; convergence-docs; link check)"]
    return words if wishes.private else [*words, "--exclude-all-private"]


def _environment() -> dict[str, str]:
    passed = {*_PASSED, *_PROXIES, *(name.upper() for name in _PROXIES)}
    return {name: value for name, value in os.environ.items() if name in passed}


def _answers(result: subprocess.CompletedProcess[bytes], addresses: Sequence[str]) -> Iterator[Answer]:
    try:
        said = loads(result.stdout)
        listed = {name: [one for ones in said[f"{name}_map"].values() for one in ones] for name in _KINDS}
        for name, answers in listed.items():
            for one in answers:
                yield _answer(addresses[one["span"]["line"] - 1], one, name)
    except (JSONDecodeError, UnicodeDecodeError, RecursionError, LookupError, TypeError, AttributeError):
        lines = result.stderr.decode("utf-8", "replace").strip().splitlines() or ["?"]
        raise _failed(lines[-1][:200]) from None


_KINDS = ("success", "error", "timeout", "excluded")


def _answer(address: str, one: dict[str, Any], kind: str) -> Answer:
    status = one["status"]
    moves = tuple((int(move["code"]), str(move["url"])) for move in (one.get("redirects") or {}).get("redirects", ()))
    code = int(status.get("code") or 0)
    detail = kind if kind in ("timeout", "excluded") else str(status.get("details") or status.get("text") or "")
    return Answer(address, code, "" if code else detail[:200], moves)


def _failed(said: str) -> Fault:
    return Fault(
        en=f"lychee did not do its work: {said}",
        zh=f"lychee 未能完成检查：{said}",
        hint_en="This version was made for lychee 0.24: pip install 'convergence-docs[external]'",
        hint_zh="本版本配合 lychee 0.24：pip install 'convergence-docs[external]'",
    )
