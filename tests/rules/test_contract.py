"""What every rule owes its readers: a page that tells the truth, wordings in two languages, a spec, matching names."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest

from convergence_docs.diagnostic import Wording
from convergence_docs.incident import INCIDENTS
from convergence_docs.rule_pages import FAMILIES, SECTIONS, is_chinese, page_names, rule_page, rule_pages, rule_text
from convergence_docs.rules import discover
from convergence_docs.rules.rule import Rule
from tests.rules.test_specs import World, read_world
from tests.worlds import findings

RULES = discover()
EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PACKAGE = Path(__file__).parents[2] / "convergence_docs" / "rules"


def test_there_are_rules_of_every_family() -> None:
    assert {rule.code[:3] for rule in RULES} == FAMILIES.keys() - {info.code[:3] for info in INCIDENTS}


def sections(rule: Rule) -> dict[str, str]:
    """The page's sections by title, in order."""
    parts = re.split(r"^## (.+)$", _without_code(rule.page), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _without_code(page: str) -> str:
    """The page with headings inside fences shielded, so that they open no section."""
    return re.sub(r"^(`{3,}).*?^\1$", lambda m: re.sub(r"^(#+ )", "\x01\\1", m[0], flags=re.M), page, flags=re.M | re.S)


def world_of(rule: Rule, section: str) -> World:
    """The files that a section's fenced blocks declare, and their circumstances."""
    return read_world(sections(rule)[section].replace("\x01", ""), rule.code)


@EVERY_RULE
def test_code_name_and_file_agree(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3}\d{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    (check,) = filter(None, _checks(rule))
    stem = f"{rule.code.lower()}_{rule.name.replace('-', '_')}"
    assert check.__module__ == f"convergence_docs.rules.{stem}"
    assert (PACKAGE / f"{stem}.py").is_file()


def _checks(rule: Rule) -> tuple[object, ...]:
    return rule.chapter_check, rule.diagram_check, rule.book_check, rule.allowance_check


@EVERY_RULE
def test_a_rule_has_one_kind_of_check(rule: Rule) -> None:
    assert sum(check is not None for check in _checks(rule)) == 1


@EVERY_RULE
def test_the_page_has_all_sections_in_order(rule: Rule) -> None:
    assert list(sections(rule)) == list(SECTIONS)
    assert all(body.strip() for body in sections(rule).values())


@EVERY_RULE
@pytest.mark.parametrize("title", ["What it checks", "Why it matters"])
def test_prose_is_in_both_languages(rule: Rule, title: str) -> None:
    paragraphs = [part for part in sections(rule)[title].strip().split("\n\n") if part]
    assert {is_chinese(part) for part in paragraphs} == {True, False}, paragraphs


@EVERY_RULE
def test_the_summary_is_in_both_languages(rule: Rule) -> None:
    assert rule.summary.en
    assert not CHINESE.search(rule.summary.en)
    assert CHINESE.search(rule.summary.zh)


@EVERY_RULE
def test_the_example_is_found(rule: Rule) -> None:
    world = world_of(rule, "Example")
    assert world.files, "the example holds no chapter"
    assert findings(world.files, select=[rule.code], **world.circumstances)


@EVERY_RULE
def test_what_to_use_instead_is_not_found(rule: Rule) -> None:
    world = world_of(rule, "Use instead")
    assert world.files, "the better way holds no chapter"
    found = findings(world.files, select=[rule.code], **world.circumstances)
    assert [(one.path, one.line, one.message.en) for one in found] == []


@EVERY_RULE
def test_options_are_documented_by_name(rule: Rule) -> None:
    text = sections(rule)["Options"]
    assert set(re.findall(r"^[-*] `([a-z_]+)`", text, flags=re.M)) == set(rule.options)
    for option in rule.options.values():
        assert CHINESE.search(option.what.zh)


@EVERY_RULE
def test_wordings_agree(rule: Rule) -> None:
    assert rule.messages
    assert set(rule.hints) <= {*rule.messages, "default"}
    for wording in (*rule.messages.values(), *rule.hints.values()):
        assert fields(wording.en) == fields(wording.zh), wording
        assert CHINESE.search(wording.zh), wording
        assert not CHINESE.search(wording.en), wording
        assert not re.search("[“”‘’，。：；？！（）]", wording.en), f"Chinese punctuation: {wording.en}"
        for text in wording:
            assert text == text.strip(), wording
            assert text[-1] in ".。?？!！:：)）", f"not a sentence: {text!r}"


@EVERY_RULE
def test_a_hint_says_what_to_do(rule: Rule) -> None:
    for case in rule.messages:
        assert case in rule.hints or "default" in rule.hints, f"the case {case!r} has no hint"


@EVERY_RULE
def test_there_is_a_spec(rule: Rule) -> None:
    assert Path(__file__).with_name(f"{rule.code.lower()}.md").is_file()


def test_every_spec_has_a_rule() -> None:
    codes = {rule.code.lower() for rule in RULES}
    assert {spec.stem for spec in Path(__file__).parent.glob("*.md")} <= codes


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_are_made_of_every_rule(language: str) -> None:
    pages = rule_pages(RULES, language)  # type: ignore[arg-type]
    assert len(pages) == len(RULES) + len(INCIDENTS) + 1
    assert set(page_names(RULES)) == pages.keys()
    for incident in INCIDENTS:
        page = pages[f"{incident.code}-{incident.name}.md"]
        assert incident.summary.to(language) in page  # type: ignore[arg-type]
        assert bool(CHINESE.search(page)) == (language == "zh")
        assert page.count("\n## ") == 3
    for rule in RULES:
        assert pages[f"{rule.code}-{rule.name}.md"].startswith(f"# {rule.code} {rule.name}\n")
        assert f"{rule.code}-{rule.name}.md" in pages["index.md"]
        assert rule.summary.to(language) in rule_text(rule, language)  # type: ignore[arg-type]


def fields(template: str) -> set[str]:
    """The names of a template's fields."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_fields_are_seen() -> None:
    assert fields("{a} and {b!r}, not {{c}}") == {"a", "b"}
    assert fields(Wording("none", "无").en) == set()


"""What beside the files an example needs: facts of the site by rule code."""


def test_pages_speak_the_reader_s_language() -> None:
    both = "English words come first.\n\n中文在后，用 `code` 也无妨。"
    assert is_chinese("中文在后，用 `code` 也无妨。")
    assert not is_chinese("See `架构层` in the table.")
    page = f"Summary. | 概述。\n\n## What it checks\n\n{both}\n\n## Why it matters\n\nOnly English.\n"
    rule = replace(RULES[0], page=page)
    english, chinese = rule_page(rule, "en"), rule_page(rule, "zh")
    assert "English words" in english
    assert "中文在后" not in english
    assert "English words" not in chinese
    assert "中文在后" in chinese
    assert "Only English." in chinese, "better another language than nothing"
    assert "## 检查什么" in chinese
