"""``convergence-docs explain``: the page of one rule."""

from __future__ import annotations

from argparse import Namespace

from convergence_docs.cli.output import emit
from convergence_docs.cli.selection import codes_of
from convergence_docs.diagnostic import Language
from convergence_docs.rule_pages import all_infos, incident_page, rule_text
from convergence_docs.rules import discover


def run(arguments: Namespace, language: Language) -> int:
    """Print the page of a rule, or of every rule that a prefix stands for."""
    codes = codes_of(arguments.rule)
    rules = {rule.code: rule for rule in discover()}
    texts = []
    for info in all_infos(discover()):
        if info.code in rules and info.code in codes:
            texts.append(rule_text(rules[info.code], language))
        elif info.code in codes:
            texts.append(incident_page(info, language).removeprefix("# "))
    emit(("\n" + "-" * 72 + "\n\n").join(texts))
    return 0
