"""The rules, one file each. Adding a file adds a rule: `discover` finds it."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from convergence_docs.rules.rule import Rule


@cache
def discover() -> tuple[Rule, ...]:
    """Every rule of this package, sorted by code.

    Raises:
        LookupError: a module named like a rule holds none, or two rules share a code or a name.
    """
    rules: dict[str, Rule] = {}
    names: set[str] = set()
    for module in iter_modules(__path__):
        if not module.name[:3].isalpha() or not module.name[3:6].isdigit():
            continue
        rule = getattr(import_module(f"{__name__}.{module.name}"), "check", None)
        if not isinstance(rule, Rule):
            raise LookupError(f"{module.name} holds no rule named 'check'")
        if rule.code in rules or rule.name in names:
            raise LookupError(f"{module.name}: {rule.code} or {rule.name} is taken")
        rules[rule.code] = rule
        names.add(rule.name)
    return tuple(rules[code] for code in sorted(rules))
