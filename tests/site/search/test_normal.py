"""How text is compared, and that the worker compares it in the same way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convergence_docs.site.search.normal import normalise
from convergence_docs.site.search.sieve import bucket, grams
from tests.site.search.engine import Engine, engine_of
from tests.site.search.pages import index_of, page_of

OLD = st.characters(exclude_categories=["Cs", "Cn"], max_codepoint=0xFFFF)
"""Characters of the basic plane; V8 and Python know different versions of Unicode, which differ in the newest."""
TEXTS = st.text(
    st.one_of(
        OLD,
        st.sampled_from(
            " \n\t\u3000\u200b\ufe0f\u00ad中文字，。（）ＡＢａｂλΣςßİ①½´e\u0301が\u3099½㎡²–—“”<&>\\$^*😀👩‍💻𠮷"
        ),
    ),
    max_size=60,
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """A worker with next to nothing to find."""
    engine = engine_of(index_of([page_of("a/", "甲", "<h1>甲</h1><p>乙</p>")]))
    yield engine
    engine.close()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ReAct 循环", "react循环"),
        ("收敛\n度", "收敛度"),
        ("ＡｄａｍＷ　优化器", "adamw优化器"),
        ("收\u200b敛\u00ad度", "收敛度"),
        ("Scaling  Law", "scaling law"),
        ("（甲），乙", "(甲),乙"),
        ("95 %", "95%"),
        ("ΟΔΟΣ", "οδοσ"),
        ("⚠\ufe0f 注意", "⚠注意"),
    ],
)
def test_what_counts_as_the_same(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"), [("scaling law", "scalinglaw"), ("甲乙", "乙甲"), ("café", "cafe"), ("L3", "L4")]
)
def test_what_does_not(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@given(TEXTS)
@settings(max_examples=400)
def test_the_worker_compares_in_the_same_way(engine: Engine, text: str) -> None:
    assert engine.of("normalise", text) == normalise(text)
    assert engine.of("(text => normaliseWithPlaces(text).result)", text) == normalise(text)


@given(TEXTS)
@settings(max_examples=200)
def test_the_worker_sieves_in_the_same_way(engine: Engine, text: str) -> None:
    cut = normalise(text)
    assert set(engine.of("grams", cut)) == grams(cut)
    assert engine.of("(all => all.map(gram => bucket(gram, 65536)))", sorted(grams(cut))) == [
        bucket(gram, 65536) for gram in sorted(grams(cut))
    ]


@given(TEXTS)
@settings(max_examples=200)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
