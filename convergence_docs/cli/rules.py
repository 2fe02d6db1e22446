"""``convergence-docs rules``: the list of all rules."""

from __future__ import annotations

from argparse import Namespace
from json import dumps

from convergence_docs.cli.output import emit, emit_utf8
from convergence_docs.diagnostic import Language
from convergence_docs.rule_pages import all_infos
from convergence_docs.rules import discover


def run(arguments: Namespace, language: Language) -> int:
    """Print every rule: a table for people, or JSON."""
    if arguments.format == "json":
        emit_utf8(_as_json())
        return 0
    infos = all_infos(discover())
    name_width = max(len(info.name) for info in infos)
    for info in infos:
        severity = "off" if info.is_opt_in else info.severity
        emit(f"{info.code}  {severity:<7}  {info.name:<{name_width}}  {info.summary.to(language)}\n")
    return 0


def _as_json() -> str:
    rules = {rule.code: rule for rule in discover()}
    listed = []
    for info in all_infos(discover()):
        rule = rules.get(info.code)
        listed.append(
            {
                "code": info.code,
                "name": info.name,
                "severity": "off" if info.is_opt_in else info.severity.value,
                "since": rule.since if rule else "0.1.0",
                "summary": info.summary._asdict(),
                "options": {
                    name: {"default": option.default, "what": option.what._asdict()}
                    for name, option in (rule.options if rule else {}).items()
                },
            }
        )
    return dumps(listed, ensure_ascii=False, indent=2) + "\n"
