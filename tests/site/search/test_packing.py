"""How small the index is, and how little of it a question needs."""

from __future__ import annotations

import gzip
import json
import random
import re
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergence_docs.site.search import sieve
from convergence_docs.site.search.normal import normalise
from convergence_docs.site.search.packing import Index, IndexedPage, as_script
from convergence_docs.site.search.page_text import Kind, Piece, Section
from convergence_docs.site.search.sieve import grams
from tests.site.search.engine import Engine, engine_of
from tests.site.search.pages import index_of, sections_with

PAGES = 5000
SHARD = 120_000


def library(number: int) -> list[IndexedPage]:
    """Pages of made-up Chinese: a language of 3,000 words, frequent ones first as in any, and a name for every page."""
    chance = random.Random(20261122)
    signs = [chr(0x4E00 + at * 5) for at in range(2000)]
    words = ["".join(chance.choices(signs, k=chance.choice((1, 2, 2, 2, 3, 4)))) for _ in range(3000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    pages = []
    for page in range(number):
        own = "".join(chance.choices(signs, k=5))
        sections: list[Section] = []
        for level in (1, 2):
            drawn = chance.choices(words, weights, k=80)
            body = "".join(drawn[:20]) + "，" + own + "。" + "".join(drawn[20:])
            sections.append(Section(level, f"_{len(sections)}", "".join(drawn[:3]), (Piece(Kind.BODY, body, True),)))
        pages.append(IndexedPage(f"part{page // 100}/{page}/", sections[0].heading, tuple(sections)))
    return pages


@pytest.fixture(scope="module")
def pages() -> list[IndexedPage]:
    return library(PAGES)


@pytest.fixture(scope="module")
def index(pages: list[IndexedPage]) -> Index:
    """The index of all pages."""
    return index_of(pages, shard=SHARD)


@pytest.fixture(scope="module")
def idle(index: Index) -> Iterator[Engine]:
    """A worker that is asked nothing."""
    engine = engine_of(index)
    yield engine
    engine.close()


@pytest.fixture
def engine(index: Index) -> Iterator[Engine]:
    """A worker that has loaded nothing yet."""
    engine = engine_of(index)
    yield engine
    engine.close()


def size(index: Index) -> int:
    return sum(len(file.content) for file in index.files)


def shards_in(names: tuple[str, ...]) -> int:
    return sum(re.match(r"t\d+\.", name) is not None for name in names)


def test_a_large_index_is_at_most_a_fifth_larger_than_the_text(pages: list[IndexedPage], index: Index) -> None:
    text = "\n".join(section.text for page in pages for section in page.sections)
    assert size(index) <= 1.2 * len(gzip.compress(text.encode(), 9))


def test_a_rare_phrase_needs_few_shards_of_many(pages: list[IndexedPage], engine: Engine) -> None:
    rare = re.search("，(.{5})。", pages[1234].sections[1].text)
    assert rare is not None
    hits = engine.ask(rare[1]).hits("exact")
    assert {(hit.page, hit.anchor) for hit in hits} == sections_with(pages[1234:1235], rare[1])
    shards = len(json.loads(engine.file("directory"))["shards"])
    assert shards > 30
    assert shards_in(engine.fetched) <= 0.1 * shards
    assert sum(engine.weight(name) for name in engine.fetched) < 0.25 * engine.whole


def test_headings_answer_before_any_text_is_there(pages: list[IndexedPage], engine: Engine) -> None:
    answer = engine.ask(pages[77].title)
    assert answer.times > 1
    assert pages[77].url in {hit.page for hit in answer.hits("exact")}


def test_nothing_is_loaded_before_somebody_asks(engine: Engine) -> None:
    assert engine.fetched == ()
    assert engine.ask("  ").groups == ()
    assert engine.fetched == ()


def test_pieces_of_a_large_site_find_all_that_hold_them(pages: list[IndexedPage], engine: Engine) -> None:
    chance = random.Random(7)
    texts = [[_blocks(page.text_of(number)) for number in range(2)] for page in pages]
    for length in (1, 2, 3, 5, 8, 40):
        page = chance.choice(pages)
        text = page.sections[chance.randrange(2)].pieces[0].text
        start = chance.randrange(len(text) - length)
        piece = normalise(text[start : start + length])
        expected = {
            (pages[at].url, f"_{number}" if number else "")
            for at, sections in enumerate(texts)
            for number, one in enumerate(sections)
            if piece in one
        }
        assert {(hit.page, hit.anchor) for hit in engine.ask(piece).hits("exact")} == expected, piece


def test_memory_is_bounded() -> None:
    engine = engine_of(index_of(library(400), shard=20_000, small=0), room=50_000)
    held = "(() => book.shards.reduce((sum, shard) => sum + (shard.text ? shard.text.length : 0), 0))"
    for _ in range(2):
        assert engine.ask("，").data["exact"] == 400
        assert 0 < engine.of(held, None) < 100_000
    assert len(engine.ask("，").hits("exact")) == 800
    engine.close()


def test_a_small_site_needs_no_sieve() -> None:
    small = index_of(library(20))
    assert [file.name[0] for file in small.files].count("s") == 0


def test_the_cursor_in_the_box_brings_a_sieve_of_one_file() -> None:
    books = library(300)
    index = index_of(books, shard=10_000, small=0)
    engine = engine_of(index)
    engine.wake()
    assert [name[0] for name in engine.fetched] == ["d", "c", "s"]
    rare = re.search("，(.{5})。", books[123].sections[1].text)
    assert rare is not None
    assert {hit.page for hit in engine.ask(rare[1]).hits("exact")} == {books[123].url}
    assert shards_in(engine.fetched) < shards_in(tuple(file.name for file in index.files)) / 2
    engine.close()


def test_the_cursor_in_the_box_brings_no_part_of_a_larger_sieve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sieve, "_WHOLE", 0)
    monkeypatch.setattr(sieve, "_BLOCK", 1_000)
    books = library(300)
    engine = engine_of(index_of(books, shard=10_000, small=0))
    engine.wake()
    assert [name[0] for name in engine.fetched] == ["d", "c"]
    rare = re.search("，(.{5})。", books[123].sections[1].text)
    assert rare is not None
    assert {hit.page for hit in engine.ask(rare[1]).hits("exact")} == {books[123].url}
    assert "s" in {name[0] for name in engine.fetched}
    engine.close()


def test_every_gram_of_a_query_is_one_of_the_text_that_holds_it(pages: list[IndexedPage]) -> None:
    text = normalise(pages[3].text_of(1) + " scaling law ReAct循环")
    every = grams(text)
    for start in range(len(text) - 6):
        assert grams(text[start : start + 6]) <= every


def test_files_are_scripts_that_hold_their_bytes(index: Index) -> None:
    for file in index.files[:5]:
        body = file.content.decode("latin-1")
        assert re.fullmatch(r'__cdSearch\("[\w.]+","(?:[^"\\\n\r]|\\[nr"\\])*"\)', body)
        assert len(file.content) < 1.05 * len(zlib.compress(zlib.decompress(_bytes(body)), 9)) + 60


@given(st.lists(st.one_of(st.binary(max_size=40), st.sampled_from([b'"', b"\\", b"\n", b"\r", b'")']))).map(b"".join))
@settings(max_examples=200)
def test_the_worker_takes_the_bytes_out_of_the_script(idle: Engine, content: bytes) -> None:
    script = as_script("t0.0f", content)
    assert bytes(idle.of("(script => [...unquoted(Uint8Array.from(script))])", list(script))) == content


def _blocks(text: str) -> str:
    return "\x1e".join(map(normalise, text.split("\n")))


def _bytes(body: str) -> bytes:
    escaped = {"n": "\n", "r": "\r"}
    literal = body[body.index('","') + 3 : -2]
    return re.sub(r"\\(.)", lambda match: escaped.get(match[1], match[1]), literal, flags=re.DOTALL).encode("latin-1")
