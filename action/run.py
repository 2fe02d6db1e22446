"""What ``action.yml`` runs: install the checker's packages, check, write the reports, tell where they are.

Everything comes from environment variables and goes into a list of arguments; no shell reads any of it. The packages
are installed by hash into a folder of the job, and neither the repository that is checked nor the runner's own Python
adds to what can be imported.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMATS = {"sarif": "convergence.sarif", "markdown": "comment.md", "suggestions": "suggestions.json"}
FAULT = 2


class Refused(Exception):
    """An input that means nothing."""


def arguments(environ: Mapping[str, str], folder: Path, base: str | None) -> list[str]:
    """The words for ``convergence-docs``.

    Raises:
        Refused: an input is none of what it may be.
    """
    words = ["check", "--format", "github", f"--lang={_one_of(environ, 'CHECK_LANG', ('en', 'zh'), 'en')}"]
    words += [f"--also={name}={folder / file}" for name, file in FORMATS.items()]
    if base is not None:
        words.append(f"--changed={base}")
    if select := environ.get("CHECK_SELECT", "").strip():
        words.append(f"--select={select}")
    for name in ("strict", "external"):
        if _one_of(environ, f"CHECK_{name.upper()}", ("true", "false"), "false") == "true":
            words.append(f"--{name}")
    paths = [line.strip() for line in environ.get("CHECK_PATH", "").splitlines() if line.strip()]
    return [*words, "--", *(paths or ["."])]


def find_base(environ: Mapping[str, str]) -> str | None:
    """The revision to compare with; ``None`` for a check of everything.

    What a pull request is checked out as is a merge; its first parent is the branch that it goes into. A clone that
    holds the merge alone is deepened by one commit.
    """
    asked = environ.get("CHECK_CHANGED", "").strip() or "auto"
    if asked == "never":
        return None
    if asked != "auto":
        return asked
    if environ.get("GITHUB_EVENT_NAME") not in ("pull_request", "pull_request_target"):
        return None
    if not _is_there("HEAD^1"):
        _git("fetch", "--no-tags", "--deepen=1", "origin")
    if _is_there("HEAD^2"):
        return "HEAD^1"
    return f"origin/{environ.get('GITHUB_BASE_REF', '')}"


def _is_there(revision: str) -> bool:
    return _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") == 0


def _git(*words: str) -> int:
    command = ["git", *words]
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode


def _one_of(environ: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str) -> str:
    value = environ.get(name, "").strip() or default
    if value not in allowed:
        raise Refused(f"The input '{name.removeprefix('CHECK_').lower()}' must be one of: {', '.join(allowed)}.")
    return value


def install(target: Path, *, is_external: bool) -> None:
    """Put the checker's packages into a folder, each by its hash."""
    lock = ROOT / "requirements" / ("external.txt" if is_external else "check.txt")
    command = [sys.executable, "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--require-hashes", "--target", str(target), "-r", str(lock)], check=True)


def main(environ: Mapping[str, str]) -> int:
    """Run the check. The exit code is the checker's."""
    folder = Path(environ["RUNNER_TEMP"], "convergence-docs")
    packages = folder / "packages"
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    try:
        words = arguments(environ, reports, find_base(environ))
    except Refused as refused:
        sys.stdout.write(f"::error::{refused}\n")
        return FAULT
    if not packages.is_dir():
        install(packages, is_external="--external" in words)
    os.environ["PATH"] = os.pathsep.join((str(packages / "bin"), os.environ.get("PATH", "")))
    sys.path[:0] = [str(ROOT), str(packages)]
    from convergence_docs.cli import main as check

    code = check(words)
    with open(environ["GITHUB_OUTPUT"], "a", encoding="utf-8") as outputs:
        outputs.writelines(f"{name}={reports / file}\n" for name, file in FORMATS.items() if (reports / file).exists())
        outputs.write(f"folder={reports}\n")
    comment = reports / FORMATS["markdown"]
    if comment.exists() and "GITHUB_STEP_SUMMARY" in environ:
        with open(environ["GITHUB_STEP_SUMMARY"], "a", encoding="utf-8") as summary:
            summary.write(comment.read_text(encoding="utf-8"))
    return code


if __name__ == "__main__":
    raise SystemExit(main(os.environ))
