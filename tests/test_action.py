"""The action and the workflows: pinned, least rights, nothing from outside in a command; and the action itself, run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.folders import write
from tests.test_changed import commit, git

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WRITE = {
    ("check.yml", "chapters", "security-events"),
    ("comment.yml", "comment", "pull-requests"),
    ("pages.yml", "publish", "pages"),
    ("pages.yml", "publish", "id-token"),
}
"""Every right to write that a workflow has. A new one is put here on purpose."""


def load(path: Path) -> dict[str, Any]:
    """A YAML file whose key ``on`` stays a text."""
    value = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    assert isinstance(value, dict)
    return value


def steps(path: Path) -> Iterator[dict[str, Any]]:
    value = load(path)
    for job in value.get("jobs", {"": value.get("runs", {})}).values():
        yield from job["steps"]


FILES = [ROOT / "action.yml", *WORKFLOWS]


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_actions_are_pinned_and_commands_hold_no_expressions(path: Path) -> None:
    found = list(steps(path))
    assert found
    for step in found:
        used = step.get("uses")
        if used is not None and used != "./":
            assert re.fullmatch(r"[\w.-]+(/[\w.-]+)+@[0-9a-f]{40}", used), used
        assert "${{" not in step.get("run", ""), "an expression in a command is a command of whoever wrote its value"
        if str(used).startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"
    text = path.read_text(encoding="utf-8")
    for pin in re.findall(r"uses: [^\s./][^\n]*", text):
        assert re.search(r"@[0-9a-f]{40} # v\d", pin), f"say which version it is: {pin}"
    assert "secrets." not in text
    assert "pull_request_target" not in text


def test_workflows_have_no_more_rights_than_they_need() -> None:
    assert len(WORKFLOWS) >= 3
    writing = set()
    for path in WORKFLOWS:
        value = load(path)
        assert value["permissions"] == {}, f"{path.name}: rights are given job by job"
        for name, job in value["jobs"].items():
            writing |= {(path.name, name, right) for right, kind in job["permissions"].items() if kind != "read"}
            assert int(job["timeout-minutes"]) <= 30
    assert writing == WRITE


def test_what_runs_with_rights_runs_no_code_of_a_pull_request() -> None:
    value = load(ROOT / ".github" / "workflows" / "comment.yml")
    assert list(value["on"]) == ["workflow_run"]
    for step in value["jobs"]["comment"]["steps"]:
        assert "ref" not in step.get("with", {}), "the default branch's own code, nothing else"


def test_every_action_input_is_used_and_every_variable_an_input() -> None:
    action = load(ROOT / "action.yml")
    (step,) = [step for step in action["runs"]["steps"] if "run" in step]
    passed = {value for value in step["env"].values() if "inputs." in value}
    assert passed == {"${{ inputs." + name + " }}" for name in action["inputs"]}
    code = (ROOT / "action" / "run.py").read_text(encoding="utf-8")
    for name in action["inputs"]:
        assert f"CHECK_{name.upper()}" in code or f'"{name}"' in code


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A merge of a pull request that breaks a link of another chapter, in a book with an old fault."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "a")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.org")
    root = tmp_path / "repo"
    write(root, {"docs/1.1-甲.md": "# 1.1-甲\n\n## 一、概述\n\n旧 [无](旧.md)。\n"})
    write(root, {"docs/1.2-乙.md": "# 1.2-乙\n\n见 [甲](1.1-甲.md#一概述)。\n"})
    git(root, "init", "-q", "-b", "main")
    commit(root)
    git(root, "checkout", "-q", "-b", "work")
    write(root, {"docs/1.1-甲.md": "# 1.1-甲\n\n## 一、总说\n\n旧 [无](旧.md)。\n"})
    # What a hostile pull request would put where Python looks first.
    trap = "open('taken', 'w').close()\n"
    write(root, {f"{name}.py": trap for name in ("yaml", "pyromark", "convergence_docs", "sitecustomize", "json")})
    commit(root)
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "merge", "work")
    return root


def act(root: Path, tmp_path: Path, **inputs: str) -> tuple[subprocess.CompletedProcess[str], dict[str, str], str]:
    """Run the action's program as its step would; its packages are those of this Python."""
    (tmp_path / "temp" / "convergence-docs" / "packages").mkdir(parents=True, exist_ok=True)
    output, summary = tmp_path / "output", tmp_path / "summary"
    for file in (output, summary):
        file.write_text("")
    environ = {
        **os.environ,
        "CI": "true",
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_BASE_REF": "main",
        "RUNNER_TEMP": str(tmp_path / "temp"),
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(summary),
        "PYTHONPATH": str(root),
        "CHECK_PATH": "docs",
        **{f"CHECK_{name.upper()}": value for name, value in inputs.items()},
    }
    command = [sys.executable, "-I", str(ROOT / "action" / "run.py")]
    result = subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, check=False, timeout=120)
    outputs = dict(line.split("=", 1) for line in output.read_text().splitlines())
    return result, outputs, summary.read_text(encoding="utf-8")


def test_a_pull_request_is_told_what_it_brings(repository: Path, tmp_path: Path) -> None:
    result, outputs, summary = act(repository, tmp_path)
    assert result.returncode == 1, result.stderr
    errors = [line for line in result.stdout.splitlines() if line.startswith(("::error", "::warning"))]
    assert len(errors) == 1, result.stdout
    assert "file=docs/1.2-乙.md" in errors[0]
    assert "`docs/1.2-乙.md:3:" in summary
    assert "旧.md" not in summary
    assert set(outputs) == {"sarif", "markdown", "suggestions", "folder"}
    assert all(Path(file).exists() for file in outputs.values())
    assert not (repository / "taken").exists(), "code of the pull request was run"


def test_a_shallow_clone_of_the_merge_is_deepened(repository: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{repository}", str(clone)], check=True)
    result, _, summary = act(clone, tmp_path)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "1.2-乙.md" in summary


def test_on_a_push_everything_is_checked(repository: Path, tmp_path: Path) -> None:
    result, _, summary = act(repository, tmp_path, changed="never", lang="zh")
    assert result.returncode == 1
    assert "旧.md" in summary
    assert "问题" in summary


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"path": "--output=taken"}, 2),
        ({"path": "$(touch taken)`touch taken`;touch taken"}, 2),
        ({"changed": "--output=taken"}, 2),
        ({"changed": "main; touch taken"}, 2),
        ({"select": "LNK001 --output taken"}, 2),
        ({"lang": "en --output taken"}, 2),
        ({"strict": "yes"}, 2),
        ({"lang": "::set-output name=x::y\n::error::z"}, 2),
    ],
)
def test_hostile_inputs_do_nothing(repository: Path, tmp_path: Path, inputs: dict[str, str], code: int) -> None:
    result, _, _ = act(repository, tmp_path, **inputs)
    assert result.returncode == code, result.stdout + result.stderr
    assert not (repository / "taken").exists()
    assert "Traceback" not in result.stderr
    assert "::set-output" not in result.stdout


GH = """#!/usr/bin/env bash
printf '%s\\n' "$*" >> "$CALLS"
case "$*" in
"run download"*) while [ "$1" != --dir ]; do shift; done; cp "$REPORTS"/* "$2"/ ;;
*"-f head="*) printf '[{"number": 7, "head": {"sha": "c0ffee"}}, {"number": 8, "head": {"sha": "other"}}]' ;;
*issues/7/comments) printf '%s' "$EARLIER" ;;
*pulls/7/reviews) printf '[]' ;;
esac
while [ $# -gt 0 ]; do if [ "$1" = --input ]; then cat "$2" >> "$SENT"; fi; shift; done
"""


@pytest.mark.skipif(not shutil.which("jq"), reason="jq is not installed")
@pytest.mark.parametrize(
    "earlier", ["[]", '[{"id": 3, "user": {"type": "Bot"}, "body": "<!-- convergence-docs check -->"}]']
)
def test_the_comment_is_written_once_and_then_replaced(tmp_path: Path, earlier: str) -> None:
    tool = write(tmp_path, {"bin/gh": GH}) / "bin" / "gh"
    tool.chmod(0o755)
    reports = tmp_path / "reports"
    hostile = '{"event": "APPROVE", "body": "<!-- convergence-docs suggestions -->x", "comments": '
    hostile += '[{"path": "a.md", "line": 1, "side": "RIGHT", "body": "x", "evil": true}]}'
    write(reports, {"comment.md": "<!-- convergence-docs check -->\n" + "字" * 70_000, "suggestions.json": hostile})
    environ = {
        **os.environ,
        "PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}",
        **dict.fromkeys(("GH_TOKEN", "RUN"), "1"),
        "REPOSITORY": "o/r",
        "COMMIT": "c0ffee",
        "OWNER": "$(touch taken)",
        "BRANCH": "x&head=y; touch taken",
        "EARLIER": earlier,
        "CALLS": str(tmp_path / "calls"),
        "SENT": str(tmp_path / "sent"),
        "REPORTS": str(reports),
    }
    command = ["bash", str(ROOT / "action" / "comment.sh")]
    result = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    calls = (tmp_path / "calls").read_text()
    sent = (tmp_path / "sent").read_text()
    assert ("PATCH repos/o/r/issues/comments/3" in calls) == (earlier != "[]")
    assert ("POST repos/o/r/issues/7/comments" in calls) == (earlier == "[]")
    assert "POST repos/o/r/pulls/7/reviews" in calls
    assert "APPROVE" not in sent
    assert "evil" not in sent
    assert '"event": "COMMENT"' in sent
    assert len(sent) < 66_000
    assert not (tmp_path / "taken").exists()
