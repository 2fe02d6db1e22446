"""How changes are shown: nothing that a chapter says is obeyed, nothing is left out in silence."""

from __future__ import annotations

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from convergence_docs.diagnostic import Wording
from convergence_docs.model.change import Change, ChangeKind, Comparison, Spot
from convergence_docs.model.links.target import LinkFault
from convergence_docs.reports.change_json import render_changes_json
from convergence_docs.reports.change_markdown import LIMIT, MARK, render_changes_markdown
from convergence_docs.reports.change_terminal import render_changes
from convergence_docs.reports.change_wording import FAULTS, GROUPS, LABELS, Review
from convergence_docs.schemas import read_schema

HERE, THERE = Spot("docs/a.md", 3, 7, "一、现状"), Spot("docs/b.md", 9, 1, "")


def review(*changes: Change, omitted: tuple[tuple[str, Wording], ...] = ()) -> Review:
    return Review(
        "main (abc)", "working tree", Comparison(changes, 2, 3, len({one.spot.path for one in changes})), omitted
    )


FIGURE = Change(
    ChangeKind.FIGURE_CHANGED, HERE, HERE, "架构层", "采用率", "95%以上", "90%以上", tuple([THERE] * 7), "table"
)
BROKEN = Change(ChangeKind.LINK_BROKEN, HERE, HERE, "乙", "", "b.md", "bb.md", (), "missing")
GONE = Change(ChangeKind.SECTION_REMOVED, HERE, None, "旧节", "", "旧节", "", (), "", 2)


def test_every_kind_and_every_fault_has_its_words() -> None:
    assert LABELS.keys() == set(ChangeKind)
    assert sorted(kind for group in GROUPS for kind in group.kinds) == sorted(ChangeKind)
    assert FAULTS.keys() == {fault.value for fault in LinkFault}


def test_terminal() -> None:
    assert render_changes(review(FIGURE, BROKEN, GONE), "en") == (
        "docs/a.md\n"
        "  ~3:7     figure changed  架构层 · 采用率: 95%以上 → 90%以上\n"
        "           still stated at docs/b.md:9, docs/b.md:9, docs/b.md:9, docs/b.md:9, docs/b.md:9 (+2)\n"
        "  ~3:7     link broken  乙 → bb.md: no such file (it was b.md)\n"
        "  -3:7     section removed  旧节 and 2 sections below it\n"
        "\n"
        "main (abc) → working tree\n"
        "Changed in meaning: 1 figure, 1 broken link, 1 chapter or section, in 1 chapter.\n"
    )
    chinese = render_changes(review(FIGURE, GONE, omitted=(("x.md", Wording("is odd", "有异")),)), "zh")
    assert "旧值仍见于 docs/b.md:9" in chinese
    assert "未比较：x.md: 有异" in chinese
    assert chinese.endswith("含义有变：1 处数值改变、1 处章节结构，涉及 1 章。\n")
    assert render_changes(review(), "zh").endswith("含义没有变化。\n")


def test_markdown() -> None:
    text = render_changes_markdown(review(FIGURE, BROKEN, GONE), "zh")
    assert text.startswith(MARK)
    assert (
        "| `架构层` · `采用率`<br>`一、现状` | `95%以上` | **`90%以上`** | `docs/a.md:3` |"
        " ⚠️ `docs/b.md:9`<br>`docs/b.md:9`<br>`docs/b.md:9`<br>`docs/b.md:9`<br>`docs/b.md:9`<br>+2 |\n" in text
    )
    assert "| 链接失效 | `乙` → `bb.md`：文件不存在（原为 `b.md`） | `docs/a.md:3` |" in text
    assert "| 删除小节 | `旧节`，连同其下 2 节 | ~~`docs/a.md:3`~~ |" in text
    assert text.count("<details open>") == 3
    assert "含义没有变化" in render_changes_markdown(review(), "zh")


def test_json() -> None:
    whole = json.loads(render_changes_json(review(FIGURE, BROKEN, GONE), "en"))
    Draft202012Validator(json.loads(read_schema("diff"))).validate(whole)
    assert whole["summary"] == {
        "changes": 3,
        "chapters": 1,
        "kinds": {"figure-changed": 1, "link-broken": 1, "section-removed": 1},
    }
    assert whole["changes"][2]["after"] is None


PIECES = [*"`|\\<>@#*_[]()~&!\n\r\t\x1b\u202e ab架", "</details>", "@team", "#1", "https://x.example"]
NASTY = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
SPOTS = st.builds(Spot, NASTY, st.just(1), st.just(1), NASTY)
CHANGES = st.builds(
    Change,
    st.sampled_from(list(ChangeKind)),
    st.none() | SPOTS,
    SPOTS,
    NASTY,
    NASTY,
    NASTY,
    NASTY,
    st.lists(SPOTS, max_size=3).map(tuple),
    st.sampled_from(["", "missing", "text", "title"]),
    st.integers(0, 3),
)


@settings(max_examples=50)
@given(st.lists(CHANGES, max_size=8))
def test_what_a_chapter_says_is_only_shown(changes: list[Change]) -> None:
    text = render_changes_markdown(review(*changes), "en")
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    shown = [child for token in tokens for child in token.children or () if child.type != "code_inline"]
    assert {child.type for child in shown} <= {
        "text", "softbreak", "strong_open", "strong_close", "s_open", "s_close", "html_inline",
    }  # fmt: skip
    assert not any(re.search(r"[@#\x1b\u202e]|https", child.content) for child in shown)
    assert {child.content for child in shown if child.type == "html_inline"} <= {"<br>"}
    blocks = "".join(token.content for token in tokens if token.type == "html_block")
    assert blocks.count("<details") == blocks.count("</details>")
    cells = [token.type for token in tokens].count("td_open")
    columns = [5 if "figure" in group.kinds[0] else 3 for group in GROUPS for one in changes if one.kind in group.kinds]
    assert cells == sum(columns)
    for language in ("en", "zh"):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", render_changes(review(*changes), language))  # type: ignore[arg-type]


def test_a_comment_never_grows_too_long_and_says_what_is_missing() -> None:
    many = [FIGURE._replace(subject=f"层{at}" * 40) for at in range(2_000)]
    many += [BROKEN._replace(subject=f"链{at}") for at in range(5)]
    many += [GONE._replace(old=f"节{at}" * 100) for at in range(3_000)]
    for language in ("en", "zh"):
        text = render_changes_markdown(review(*many), language)  # type: ignore[arg-type]
        assert LIMIT * 0.8 < len(text) <= LIMIT
        assert len(text.encode()) < 262_144
        assert all(f"`链{at}`" in text for at in range(5)), "a small group is not starved by a large one"
        missing = [int(number) for number in re.findall(r"(?:…and|另有) (\d+) ", text)]
        rows = sum(line.startswith("| ") and "---" not in line for line in text.splitlines()) - 3
        assert rows + sum(missing) == len(many)
        assert "--format json" in text
