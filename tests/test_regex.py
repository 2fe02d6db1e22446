"""Regular expressions wait for their first use, and then are what `re.compile` gives."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from convergence_docs.regex import regex

ROOT = Path(__file__).parent.parent
WATCH = """
import re, sys
compile_ = re.compile
def watched(pattern, flags=0):
    caller = sys._getframe(1)
    if caller.f_globals["__name__"].startswith("convergence_docs") and caller.f_code.co_name == "<module>":
        print(caller.f_code.co_filename, caller.f_lineno)
    return compile_(pattern, flags)
re.compile = watched
import convergence_docs.cli.check, convergence_docs.session
from convergence_docs.rules import discover
print(len(discover()) > 40)
"""


def test_it_is_compiled_at_the_first_use_and_never_again(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[tuple[str, int]] = []
    compile_ = re.compile

    def watched(pattern: str, flags: int) -> re.Pattern[str]:
        compiled.append((pattern, flags))
        return compile_(pattern, flags)

    monkeypatch.setattr(re, "compile", watched)
    number = regex(r"(?P<whole>\d+)\.?", re.A)
    assert compiled == []
    assert [number.sub("n", "1.2"), number.match("x")] == ["nn", None]
    assert [found["whole"] for found in number.finditer("1.23")] == ["1", "23"]
    assert compiled == [(r"(?P<whole>\d+)\.?", re.A)]
    assert number.pattern == r"(?P<whole>\d+)\.?"
    assert dict(number.groupindex) == {"whole": 1}


def test_it_fails_as_the_compiler_does() -> None:
    with pytest.raises(re.error):
        regex("(").match("")
    with pytest.raises(AttributeError):
        regex("a").nothing  # type: ignore[attr-defined]  # noqa: B018


def test_loading_all_that_checks_compiles_nothing() -> None:
    """What most runs never use must not cost them anything."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "True\n"
