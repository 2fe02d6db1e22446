"""Rules by code, name or prefix, as people write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from convergence_docs.config import Config
from convergence_docs.diagnostic import Language, RuleInfo
from convergence_docs.errors import Fault
from convergence_docs.rule_pages import all_infos, rule_page
from convergence_docs.rules import discover


def infos_in(language: Language) -> tuple[RuleInfo, ...]:
    """Every rule, and everything that the engine itself may find, their pages in one language."""
    pages = {rule.code: rule_page(rule, language) for rule in discover()}
    return tuple(info._replace(page=pages.get(info.code, info.page)) for info in all_infos(discover()))


def codes_of(word: str) -> set[str]:
    """The codes that a code, a name or a prefix of letters stands for.

    Raises:
        Fault: it stands for none; likely ones are proposed.
    """
    infos = all_infos(discover())
    upper, lower = word.upper(), word.lower()
    codes = {info.code for info in infos if upper == info.code or lower == info.name}
    if not codes and upper.isalpha():
        codes = {info.code for info in infos if info.code.startswith(upper)}
    if codes:
        return codes
    near = get_close_matches(lower, [info.name for info in infos], 3) or get_close_matches(
        upper, [info.code for info in infos], 3
    )
    raise Fault(
        en=f"There is no rule '{word}'.",
        zh=f"没有“{word}”这条规则。",
        hint_en=f"Did you mean {', '.join(near)}?" if near else "'convergence-docs rules' lists them all.",
        hint_zh=f"是否想用 {'、'.join(near)}？" if near else "用 convergence-docs rules 查看全部规则。",
    )


def narrowed(configs: Iterable[Config], select: Sequence[str], ignore: Sequence[str]) -> tuple[Config, ...]:
    """The configurations with every rule off that is not selected, or is ignored.

    What the engine itself finds (a file that cannot be read) can be ignored by name, but is not dropped by selecting
    other rules: a check that could not look must say so. A rule that is off unless the settings give it a severity is
    on where it is selected by its own code or name.
    """
    off: set[str] = set()
    if select:
        on = set().union(*map(codes_of, select))
        off = {rule.code for rule in discover()} - on
    off = off.union(*map(codes_of, ignore))
    last_word = ("*", dict.fromkeys(sorted(off)))
    return tuple(
        replace(config, settings=replace(config.settings, paths=(*config.settings.paths, last_word)))
        for config in (turned_on(config, select) for config in configs)
    )


def turned_on(config: Config, select: Iterable[str]) -> Config:
    """The configuration with rules on that are off unless asked for, and are asked for by their own code or name."""
    words = {word.casefold() for word in select}
    named = {
        rule.name: rule.severity
        for rule in discover()
        if rule.is_opt_in and not words.isdisjoint((rule.code.casefold(), rule.name))
    }
    if not named:
        return config
    return replace(config, settings=replace(config.settings, severity={**named, **config.settings.severity}))
