"""Each diagram is drawn once: the memory between builds."""

from __future__ import annotations

from pathlib import Path

import pytest

import convergence_docs.drawing.studio
from convergence_docs.drawing import Artist, Drawn, NotDrawn
from convergence_docs.mermaid.child import Child, NotStarted, TimedOut

TEXT = "graph TD\n A[甲]-->B[乙]"


def no_child(self: Child, function: str, argument: str, *, seconds: float) -> str:
    raise AssertionError("a process was asked")


def test_a_second_build_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Artist("site.yml")
    outcome = first.draw(TEXT)
    broken = first.draw("graph TD\n A[")
    first.save()
    first.close()
    assert isinstance(outcome, Drawn)
    monkeypatch.setattr(Child, "call", no_child)
    second = Artist("site.yml")
    assert second.draw(TEXT) == outcome
    assert second.draw("graph TD\n A[") == broken
    with pytest.raises(AssertionError):
        second.draw("graph TD\n C-->D")
    with pytest.raises(AssertionError):
        Artist("another.yml").draw(TEXT)


def test_another_version_draws_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Artist("site.yml")
    first.draw(TEXT)
    first.save()
    first.close()
    monkeypatch.setattr("convergence_docs.drawing.memory.drawing_digest", lambda: b"other widths")
    monkeypatch.setattr(Child, "call", no_child)
    with pytest.raises(AssertionError):
        Artist("site.yml").draw(TEXT)


def test_a_torn_memory_is_none(own_cache: Path) -> None:
    first = Artist("site.yml")
    outcome = first.draw(TEXT)
    first.save()
    (file,) = own_cache.glob("*.drawings")
    file.write_bytes(file.read_bytes()[:-20])
    second = Artist("site.yml")
    assert second.draw(TEXT) == outcome
    second.close()
    first.close()


def test_limits_answer_without_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Child, "call", no_child)
    assert Artist("site.yml", characters=10).draw(TEXT) == NotDrawn("longer than 10 characters")


def test_too_little_time_is_remembered_for_as_little_or_less(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(self: Child, function: str, argument: str, *, seconds: float) -> str:
        raise TimedOut

    monkeypatch.setattr(Child, "call", slow)
    first = Artist("site.yml", seconds=2.0)
    assert isinstance(first.draw(TEXT), NotDrawn)
    first.save()
    monkeypatch.setattr(Child, "call", no_child)
    assert isinstance(Artist("site.yml", seconds=1.0).draw(TEXT), NotDrawn)
    with pytest.raises(AssertionError):
        Artist("site.yml", seconds=3.0).draw(TEXT)


def test_without_an_engine_nothing_is_drawn_or_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(self: Child, function: str, argument: str, *, seconds: float) -> str:
        raise NotStarted("not installed")

    monkeypatch.setattr(Child, "call", missing)
    first = Artist("site.yml")
    assert first.draw(TEXT) == NotDrawn("no engine")
    first.save()
    monkeypatch.undo()
    second = Artist("site.yml")
    assert isinstance(second.draw(TEXT), Drawn)
    second.close()


def test_many_are_drawn_by_two_processes_as_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"graph LR\n A[节点 {at}]-->B" for at in range(14)]
    artist, other = Artist("site.yml"), Artist("other.yml")
    artist.draw_all(texts)
    expected = [other.draw(text) for text in texts[:3]]
    artist.close()
    other.close()
    monkeypatch.setattr(Child, "call", no_child)
    assert [artist.draw(text) for text in texts[:3]] == expected
    assert all(isinstance(artist.draw(text), Drawn) for text in texts)
    assert convergence_docs.drawing.studio.KINDS
