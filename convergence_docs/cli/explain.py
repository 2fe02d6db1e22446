"""``convergence-docs explain``: the page of one rule."""

from __future__ import annotations

from argparse import Namespace

from convergence_docs.cli.output import emit
from convergence_docs.cli.selection import all_infos, codes_of
from convergence_docs.diagnostic import Language
from convergence_docs.rule_pages import rule_text
from convergence_docs.rules import discover


def run(arguments: Namespace, language: Language) -> int:
    """Print the page of a rule, or of every rule that a prefix stands for."""
    codes = codes_of(arguments.rule)
    rules = {rule.code: rule for rule in discover()}
    texts = []
    for info in all_infos():
        if info.code in rules and info.code in codes:
            texts.append(rule_text(rules[info.code], language))
        elif info.code in codes:
            texts.append(f"{info.code} {info.name}\n{info.summary.to(language)}\n\n{info.page}".rstrip() + "\n")
    emit(("\n" + "-" * 72 + "\n\n").join(texts))
    return 0
