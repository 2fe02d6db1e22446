"""The child process: whatever a script does, the parent goes on, and so does the next call."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from convergence_docs.mermaid import child as module
from convergence_docs.mermaid.child import Child, Died, NotStarted, Refused, TimedOut

SCRIPT = """
globalThis.echo = (text) => text;
globalThis.later = (text) => new Promise((settle) => setTimeout(() => settle(text), 1e9));
globalThis.never = () => new Promise(() => {});
globalThis.fail = (text) => { throw new Error(text); };
globalThis.spin = () => { for (;;); };
globalThis.devour = () => { const all = []; for (;;) all.push(new Array(1e6).fill(all.length)); };
globalThis.soil = () => { Object.prototype.left = "behind"; return "done"; };
globalThis.look = () => String({}.left);
globalThis.chance = () => String(Math.random());
"""


@pytest.fixture(scope="module")
def child(engine: None) -> Iterator[Child]:
    child = Child([SCRIPT], megabytes=300)
    yield child
    child.close()


def is_alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.mark.parametrize("text", ["", "架构 95%", '"\\\n\u2028\x00</script>', "x" * 1_000_000])
def test_any_text_goes_there_and_back(child: Child, text: str) -> None:
    assert child.call("echo", text, seconds=30) == text


def test_timers_need_no_time(child: Child) -> None:
    assert child.call("later", "x", seconds=30) == "x"


def test_chance_is_the_same_each_time(child: Child) -> None:
    assert child.call("chance", "", seconds=30) == child.call("chance", "", seconds=30)


@pytest.mark.parametrize(
    ("function", "argument", "said"),
    [("fail", "for a reason", "for a reason"), ("never", "", "no answer"), ("nobody", "", "not a function")],
)
def test_what_fails_says_so(child: Child, function: str, argument: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        child.call(function, argument, seconds=30)
    assert child.call("echo", "on", seconds=30) == "on"


def test_what_never_ends_is_killed(child: Child) -> None:
    with pytest.raises(TimedOut):
        child.call("spin", "", seconds=0.3)
    assert child.call("echo", "on", seconds=30) == "on"


def test_what_takes_all_memory_dies_alone(child: Child) -> None:
    with pytest.raises(Died):
        child.call("devour", "", seconds=60)
    assert child.call("echo", "on", seconds=30) == "on"


def test_nothing_is_left_for_the_next_text(child: Child) -> None:
    assert child.call("soil", "", seconds=30) == "done"
    assert child.call("look", "", seconds=30) == "undefined"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing can be forked here")
def test_a_forked_process_has_a_child_of_its_own(child: Child) -> None:
    assert child.call("echo", "on", seconds=30) == "on"
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            code = 0 if child.call("echo", "here", seconds=30) == "here" else 2
            child.close()
        finally:
            os._exit(code)
    assert os.waitpid(pid, 0)[1] == 0
    assert child.call("echo", "still", seconds=30) == "still"


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="no way to see other processes")
@pytest.mark.parametrize("is_killed", [False, True])
def test_no_child_outlives_its_parent(engine: None, is_killed: bool) -> None:
    """Neither one that waits, nor one that would run for ever."""
    code = f"""
from threading import Thread
from convergence_docs.mermaid.child import Child
child = Child([{SCRIPT!r}])
child.call("echo", "x", seconds=60)
print(child._process.pid, flush=True)
if {is_killed}: child.call("spin", "", seconds=600)
"""
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    if is_killed:
        time.sleep(0.5)
        parent.send_signal(signal.SIGKILL)
    parent.wait(60)
    parent.stdout.close()
    limit = time.monotonic() + 20
    while is_alive(pid) and time.monotonic() < limit:
        time.sleep(0.05)
    assert not is_alive(pid)


def test_without_an_engine_there_is_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "installed", lambda: None)
    with pytest.raises(NotStarted):
        Child([]).call("echo", "", seconds=1)


def test_a_script_that_cannot_run_says_so(engine: None) -> None:
    with pytest.raises(NotStarted, match="SyntaxError"):
        Child(["this is no script"]).call("echo", "", seconds=1)
