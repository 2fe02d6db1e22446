"""The order of an index without a dictionary: letters of Latin and Chinese names, and their order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergence_docs.site.relations.alphabet import OTHERS, letter_of, sort_key


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("架构层", "J"),
        ("数学层", "S"),
        ("反向传播", "F"),
        ("注意力机制", "Z"),
        ("啊", "A"),
        ("哦", "O"),
        ("Transformer", "T"),
        ("《自然》", "Z"),
        ("“Élan”", "E"),
        ("ＡＢＣ", "A"),
        ("2025 状态", OTHERS),
        ("熵", OTHERS),  # in the half of the code that is in the order of radicals
        ("收斂", "S"),
        ("λ演算", OTHERS),
        ("", OTHERS),
        ("—", OTHERS),
    ],
)
def test_each_name_stands_under_its_letter(name: str, letter: str) -> None:
    assert letter_of(name) == letter


def test_chinese_names_are_in_the_order_of_their_sound() -> None:
    names = [
        "注意力",
        "最大似然",
        "反向传播",
        "架构层",
        "能力层",
        "数学层",
        "完全收敛",
        "AdamW",
        "Transformer",
        "10",
        "9",
    ]
    assert sorted(names, key=sort_key) == [
        "10", "9", "AdamW", "Transformer", "反向传播", "架构层", "能力层", "数学层", "完全收敛", "注意力", "最大似然",
    ]  # fmt: skip


@given(st.text(max_size=20))
def test_any_name_has_a_letter_and_a_place(name: str) -> None:
    assert letter_of(name) in {*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", OTHERS}
    assert sort_key(name) == sort_key(f" {name}—")
