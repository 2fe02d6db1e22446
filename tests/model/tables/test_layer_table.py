"""Layer tables are one record however they are laid out; other tables stay plain."""

from __future__ import annotations

import pytest

from convergence_docs.model.nodes import Table
from convergence_docs.model.tables.layer_table import LayerTable, Orientation, read_driver_table, read_layer_table
from convergence_docs.model.vocabulary import Term, make_vocabulary
from tests.worlds import chapter

WORDS = make_vocabulary(
    [
        Term("layer", "a", ("架构层", "架构层收敛"), ""),
        Term("layer", "m", ("数学层",), ""),
        Term("technology", "t", ("Transformer",), ""),
        Term("dimension", "adoption", ("采用率",), "", "percentage"),
        Term("dimension", "maturity", ("成熟程度",), ""),
        Term("dimension", "feature", ("特征",), ""),
        Term("factor", "s", ("Scaling Law",), ""),
    ]
)

ACROSS = (
    "| **维度** | **架构层收敛** | 数学层 |\n|---|---|---|\n| **采用率** | 95%以上 | 100% |\n| 争议度 | 无 | 有 |\n"
)
DOWN = "| 层 | 采用率 | 争议度 |\n|---|---|---|\n| 架构层收敛 | 95%以上 | 无 |\n| 数学层 | 100% | 有 |\n"
SINGLE = "| 维度 | 特征 | 2025 状态 |\n|---|---|---|\n| 采用率 | 95%以上 | 稳定 |\n| 确定性 | ★★★★★ | 高 |\n"


def table(text: str) -> Table:
    (one,) = chapter(text).tables
    return one


def values(view: LayerTable) -> dict[tuple[str, str], str]:
    return {(view.subjects[c.subject].text, view.dimensions[c.dimension].text): c.text for c in view.cells}


def test_both_orientations_say_the_same() -> None:
    across, down = read_layer_table(table(ACROSS)), read_layer_table(table(DOWN))
    assert across is not None
    assert down is not None
    assert (across.orientation, down.orientation) == (Orientation.DIMENSION_BY_LAYER, Orientation.LAYER_BY_DIMENSION)
    assert values(across) == values(down)
    assert values(down)["架构层收敛", "采用率"] == "95%以上"


def test_a_single_subject_has_features_and_status() -> None:
    view = read_layer_table(table(SINGLE), WORDS)
    assert view is not None
    assert view.orientation is Orientation.SINGLE
    assert values(view)["2025 状态", "采用率"] == "稳定"
    assert view.dimensions[0].term is WORDS.find("采用率")


def test_cells_carry_their_places() -> None:
    view = read_layer_table(table(ACROSS))
    assert view is not None
    assert [ACROSS[cell.span.start : cell.span.end] for cell in view.cells] == ["95%以上", "100%", "无", "有"]


def test_the_vocabulary_widens_what_is_known() -> None:
    text = "| 维度 | Transformer |\n|---|---|\n| 成熟程度 | 高 |\n"
    assert read_layer_table(table(text)) is None
    view = read_layer_table(table(text), WORDS)
    assert view is not None
    assert view.subjects[0].term is WORDS.find("Transformer")


def test_a_ragged_row_keeps_what_it_has() -> None:
    view = read_layer_table(table(ACROSS.replace(" | 100% |", "")))
    assert view is not None
    assert ("数学层", "采用率") not in values(view)


@pytest.mark.parametrize(
    "text",
    [
        "| 维度 | 甲 | 乙 |\n|---|---|---|\n| 速度 | 1 | 2 |\n",
        "| 维度 | Redis | MySQL |\n|---|---|---|\n| 采用率 | 1 | 2 |\n| 速度 | 1 | 2 |\n| 价格 | 1 | 2 |\n",
        "| 工具 | 采用率 | 确定性 |\n|---|---|---|\n| 网络层 | 1 | 2 |\n",
        "| 维度 |\n|---|\n| 采用率 |\n",
    ],
)
def test_other_tables_are_no_layer_tables(text: str) -> None:
    assert read_layer_table(table(text)) is None


def test_drivers() -> None:
    text = "| **因素** | 备注 | 作用机制 | 收敛效果 |\n|---|---|---|---|\n"
    text += "| **Scaling Law** | 无 | 规模 | 同质 |\n| 工程 | 无 |\n"
    view = read_driver_table(table(text), WORDS)
    assert view is not None
    first, second = view.rows
    assert first.mechanism is not None
    assert first.effect is not None
    assert (first.factor.term, first.mechanism.text, first.effect.text) == (WORDS.find("Scaling Law"), "规模", "同质")
    assert (second.factor.text, second.factor.term, second.mechanism, second.effect) == ("工程", None, None, None)
    assert read_driver_table(table(ACROSS)) is None
