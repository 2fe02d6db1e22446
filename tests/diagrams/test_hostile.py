"""Blocks made to take all time or memory, or to leave something behind: bounded, and the next one is read as ever."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest

from convergence_docs.mermaid import Reader
from convergence_docs.model.diagrams.reading import Reading
from tests.diagrams.corpus_files import attacks, cases
from tests.diagrams.engine import need_engine, read

GOOD = "graph LR\n    A[架构层收敛] -->|95%| B[行业标准]\n"
SECONDS = 1.0
ALIASES = ", ".join(f"{name}: &{name} [{','.join([f'*{before}'] * 10)}]" for before, name in pairwise("abcdefghi"))
ENDLESS = {
    "blank lines before a comment that does not come": "graph LR\n" + "\n" * 49_000 + "A --> B\n",
    "spaces": "graph LR\n" + " " * 49_000 + "A --> B\n",
    "a title without its colon": "graph LR\naccTitle" + " " * 48_000 + "A\n",
    "front matter without its end": "---" + "\n" * 48_000 + "graph LR\n",
    "aliases of aliases": f"graph LR\nA@{{ a: &a [x,x,x,x,x,x,x,x,x,x], {ALIASES}, label: *i }}\n",
    "a thousand million spaces": "block-beta\n    columns 3\n    space:999999999 a\n",
    "two thousand nodes to two thousand": f"graph LR\n{' & '.join(f'a{n}' for n in range(2000))} --> "
    f"{' & '.join(f'b{n}' for n in range(2000))}\n",
}
"""What Mermaid's own parsers do not come to an end with."""
LARGE = {
    "a megabyte": "graph TD\n" + "    A[节点] --> B[节点]\n" * 45_000,
    "five thousand nodes": "graph LR\n" + ";".join(f"n{n}[节]" for n in range(5000)),
    "a thousand groups in each other": "graph LR\n" + "subgraph s\n" * 1000 + "A --> B\n" + "end\n" * 1000,
    "twenty thousand brackets": "graph LR\nA" + "(" * 20_000 + "\n",
    "a formula in brackets in brackets": "railroad-ebnf-beta\n x = " + "[" * 3000 + '"a"' + "]" * 3000 + " ;\n",
    "five thousand commits": "gitGraph\n" + "commit\n" * 5000,
}
STRANGE = {
    "nothing": "",
    "a line break": "\n",
    "a type that there is not": "flowgraph TD\n    A --> B\n",
    "a zero byte": "graph LR\n    A[a\0b] --> B\n",
    "marks that turn the direction of writing": "graph LR\n    A[\u202eabc\u202c] --> B[\u2066甲\u2069]\n",
    "half a character": "graph LR\n    A[\ud800] --> B\n",
    "a mark of the byte order": "\ufeffgraph LR\n    A --> B\n",
    "a separator of lines": "graph LR\u2028    A --> B\n",
    "carriage returns": "graph LR\r\n    A --> B\r\n",
}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """Mermaid with little patience."""
    need_engine()
    reader = Reader(seconds=SECONDS, is_remembering=False)
    yield reader
    reader.close()


@pytest.fixture(scope="module")
def good() -> Reading:
    """What a fresh reader says of a sound diagram."""
    need_engine()
    reader = Reader(is_remembering=False)
    reading = read(reader, GOOD)
    reader.close()
    assert reading.complaint is None
    return reading


@pytest.mark.parametrize("name", ENDLESS)
def test_what_never_ends_is_ended(reader: Reader, good: Reading, name: str) -> None:
    started = perf_counter()
    assert read(reader, ENDLESS[name]).limit in ("seconds", "memory")
    assert perf_counter() - started < 60 * SECONDS  # of a machine that does much else; its own seconds are few
    assert read(reader, f"{GOOD}\n%% {name}") == good


@pytest.mark.parametrize("name", LARGE)
def test_what_is_large_gets_an_answer(reader: Reader, good: Reading, name: str) -> None:
    reading = read(reader, LARGE[name])
    assert reading.limit in ("", "seconds", "memory", "characters")
    assert (reading.limit == "characters") == (len(LARGE[name]) > 50_000)
    assert read(reader, f"{GOOD}\n%% {name}") == good


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_strange_gets_the_same_answer_from_memory(good: Reading, name: str) -> None:
    need_engine()
    first, second = Reader(), Reader()
    reading = read(first, STRANGE[name])
    assert not reading.limit
    assert read(first, GOOD) == good
    first.close()
    assert read(second, STRANGE[name]) == reading
    second.close()


def test_limits_are_those_that_were_set(good: Reading) -> None:
    need_engine()
    reader = Reader(characters=len(GOOD), is_remembering=False)
    assert read(reader, GOOD) == good
    assert read(reader, f"{GOOD}\n").limit == "characters"
    reader.close()


def test_nothing_stays_behind_for_the_next_block(good: Reading) -> None:
    need_engine()
    texts = [case.text for case in (*cases(), *attacks())]
    forwards, backwards = Reader(seconds=60, is_remembering=False), Reader(seconds=60, is_remembering=False)
    readings = [read(forwards, text) for text in texts]
    assert read(forwards, GOOD) == good
    forwards.close()
    assert [read(backwards, text) for text in reversed(texts)][::-1] == readings
    backwards.close()


MEASURE = """
import json, resource, sys
from convergence_docs.mermaid import Reader
reader = Reader(seconds=1, is_remembering=False)
limits = [reader.read(text).limit for text in json.load(sys.stdin)]
reader.close()
print(json.dumps([limits, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process does not say what its children held")
def test_memory_is_bounded() -> None:
    need_engine()
    texts = [ENDLESS["a thousand million spaces"], ENDLESS["two thousand nodes to two thousand"], *LARGE.values()]
    command = [sys.executable, "-c", MEASURE]
    done = subprocess.run(
        command, input=json.dumps(texts), capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    limits, kilobytes = json.loads(done.stdout)
    assert any(limits)
    assert 50_000 < kilobytes < 1_800_000
