"""Names resolve however they are written; one name never stands for two terms."""

from __future__ import annotations

import pytest

from convergence_docs.model.vocabulary import NameClash, Term, make_vocabulary

LAYER = Term("layer", "architectural", ("架构层", "架构层收敛"), "architectural layer")
LEVEL = Term("level", "L4", ("完全收敛", "L4：完全收敛（工业标准）"), "full convergence")
CERTAINTY = Term("dimension", "certainty", ("确定性",), "certainty", "rating", ("5",))
WORDS = make_vocabulary([LAYER, LEVEL, CERTAINTY])


@pytest.mark.parametrize(
    "written",
    ["架构层", "**架构层**", " 架构层 收敛 ", "`架构层`", "Architectural  Layer", "ＡＲＣＨＩＴＥＣＴＵＲＡＬ layer"],
)
def test_a_term_is_found_however_it_is_written(written: str) -> None:
    assert WORDS.find(written) is LAYER


def test_full_width_and_half_width_are_one() -> None:
    assert WORDS.find("Ｌ４: 完全收敛(工业标准)") is LEVEL


def test_find_keeps_to_the_kinds_asked_for() -> None:
    assert WORDS.find("架构层", "dimension") is None
    assert WORDS.find("架构层", "dimension", "layer") is LAYER
    assert WORDS.find("力层") is None


def test_the_nearest_term_is_near() -> None:
    assert WORDS.nearest("确定率", "dimension") is CERTAINTY
    assert WORDS.nearest("确定率", "layer") is None
    assert WORDS.nearest("驱动力") is None


def test_one_name_for_two_terms_is_refused() -> None:
    with pytest.raises(NameClash) as caught:
        make_vocabulary([LAYER, Term("model", "other", ("别的", "**架构层**"), "")])
    assert (caught.value.first, caught.value.second.id) == (LAYER, "other")


def test_a_rating_knows_its_size() -> None:
    assert (CERTAINTY.size, LAYER.size) == (5, 0)
