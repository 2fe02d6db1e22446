"""The walls of the house, read from the code: who may import whom, who may print, how long things may be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "convergence_docs"
HOOKS = ROOT / "hooks"

LAYERS: dict[str, int] = {
    "__init__": 0,
    "errors": 0,
    "text": 0,
    "slug": 0,
    "regex": 0,
    "escapes": 0,
    "diagnostic": 1,
    "config": 1,
    "yaml_document": 1,
    "mended": 1,
    "restructured": 1,
    "model": 2,
    "parse": 3,
    "rules": 3,
    "suppress": 3,
    "reports": 3,
    "export": 3,
    "claims": 3,
    "diff": 3,
    "repair": 3,
    "baseline": 3,
    "load": 4,
    "cache": 4,
    "engine": 4,
    "incident": 4,
    "linkage": 4,
    "surroundings": 4,
    "placing": 4,
    "runner": 4,
    "recall": 4,
    "examination": 4,
    "workers": 4,
    "codec": 4,
    "survey": 4,
    "session": 4,
    "reading": 4,
    "site_memory": 4,
    "reach": 4,
    "verify": 4,
    "verify_github": 4,
    "rule_pages": 4,
    "schemas": 4,
    "revisions": 4,
    "snapshot": 4,
    "history": 4,
    "database": 4,
    "rehearsal": 4,
    "comparing": 4,
    "mend": 4,
    "writing": 4,
    "mermaid": 4,
    "restructure": 4,
    "journal": 4,
    "fingerprints": 4,
    "ratchet": 4,
    "changed": 4,
    "suggestions": 4,
    "external": 4,
    "drawing": 4,
    "site": 5,
    "cli": 5,
    "__main__": 5,
    "hooks": 6,
}
"""A module may import its own unit and lower layers; some also their neighbours. A new one says here where it lives."""

SOCIABLE = {0, 1, 2, 4}
"""Layers whose units may import each other. Those of layer 3 never do, nor do site and cli (5)."""

FOREIGN: dict[str, set[str]] = {
    "yaml": {"config", "yaml_document", "parse"},
    "pyromark": {"parse"},
    "markdown": {"site", "verify"},
    "markdown_it": {"verify_github"},
    "mdit_py_plugins": {"verify_github"},
    "pymdownx": {"site", "verify"},
    "mkdocs": {"site", "cli", "hooks"},
    "material": {"site", "hooks"},
    "jsonschema": set(),
    "latex2mathml": {"site"},
    "py_mini_racer": {"mermaid"},
    "mermaidx": set(),
    "argparse": {"cli"},
    "logging": {"site", "hooks"},
}
"""Modules from outside that not everybody may import, and who may."""

LONGEST_MODULE = 350
LONGEST_FUNCTION = 60
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "base", "misc", "common"}


def modules() -> Iterator[tuple[str, str, ast.Module]]:
    """Every module: its unit (first name below the package), its dotted name, its tree."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        yield parts[0], ".".join(("convergence_docs", *parts)), ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(HOOKS.rglob("*.py")):
        yield (
            "hooks",
            ".".join(path.relative_to(ROOT).with_suffix("").parts),
            ast.parse(path.read_text(encoding="utf-8")),
        )


MODULES = list(modules())


def imports_of(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every module that the code names in an import, and the line, wherever in the code it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: relative imports hide where they lead"
            name = node.module or ""
            if name == "convergence_docs":
                yield from ((f"{name}.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield name, node.lineno
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("import_module", "__import__") and isinstance(node.args[0].value, str):
                yield node.args[0].value, node.lineno


def unit_of(name: str) -> str | None:
    """The unit that an imported name belongs to; ``None`` for a foreign one."""
    first, _, rest = name.partition(".")
    if first == "hooks":
        return "hooks"
    if first != "convergence_docs":
        return None
    unit = rest.partition(".")[0]
    return unit if unit in LAYERS else "__init__"


def complaints(unit: str, name: str, tree: ast.AST) -> list[str]:
    """What is wrong with the imports of one module."""
    found = []
    for imported, line in imports_of(tree):
        target = unit_of(imported)
        where = f"{name}:{line} imports {imported}"
        if target is None:
            allowed = FOREIGN.get(imported.partition(".")[0])
            if allowed is not None and unit not in allowed:
                found.append(f"{where}, which belongs to {', '.join(sorted(allowed)) or 'tests'}")
        elif LAYERS[target] > LAYERS[unit]:
            found.append(f"{where}: layer {LAYERS[target]} from layer {LAYERS[unit]}")
        elif unit == "model" and LAYERS[target] == 1:
            found.append(f"{where}: the model knows nothing of diagnostics and settings")
        elif target != unit and LAYERS[target] == LAYERS[unit] and LAYERS[unit] not in SOCIABLE and unit != "__main__":
            found.append(f"{where}: neighbours in layer {LAYERS[unit]} never import each other")
        elif re.match(r"convergence_docs\.rules\.[a-z]{3}\d{3}_", imported) and name.startswith(
            "convergence_docs.rules."
        ):
            found.append(f"{where}: a rule never imports another rule")
    return found


def test_every_unit_has_a_layer() -> None:
    assert {unit for unit, _, _ in MODULES} <= LAYERS.keys()


@pytest.mark.parametrize(("unit", "name", "tree"), MODULES, ids=[name for _, name, _ in MODULES])
def test_imports_go_down(unit: str, name: str, tree: ast.Module) -> None:
    assert complaints(unit, name, tree) == []


def test_the_probe_sees_what_is_there() -> None:
    seen = {
        imported for _, name, tree in MODULES if name == "convergence_docs.engine" for imported, _ in imports_of(tree)
    }
    assert "convergence_docs.diagnostic" in seen
    lazily = {
        imported
        for _, name, tree in MODULES
        if name == "convergence_docs.cli.rendering"
        for imported, _ in imports_of(tree)
    }
    assert "convergence_docs.reports.terminal" in lazily, "imports inside functions must be seen"


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        ("text", "from convergence_docs.diagnostic import Finding"),
        ("model", "from convergence_docs.diagnostic import Edit"),
        ("model", "def f():\n    import convergence_docs.engine"),
        ("parse", "from convergence_docs import suppress"),
        ("reports", "from importlib import import_module\nimport_module('convergence_docs.rules')"),
        ("rules", "from mkdocs.config import Config"),
        ("rules", "import pyromark"),
        ("rules", "from convergence_docs.rules.lnk001_missing_file import check"),
        ("engine", "from convergence_docs.cli import main"),
        ("engine", "import logging"),
        ("site", "from convergence_docs.cli.output import emit"),
    ],
)
def test_the_probe_sees_a_violation(unit: str, code: str) -> None:
    assert complaints(unit, f"convergence_docs.{unit}.planted", ast.parse(code))


def uses_of(tree: ast.AST, *names: str) -> list[int]:
    """The lines that call one of the built-in functions."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]


def test_only_the_command_line_prints() -> None:
    printing = {unit for unit, _, tree in MODULES if uses_of(tree, "print")}
    assert printing == {"cli"}


def test_rules_and_reports_open_no_file() -> None:
    opening = [
        f"{name}: {lines}"
        for unit, name, tree in MODULES
        if (lines := uses_of(tree, "open"))
        and unit in ("rules", "reports", "model", "parse", "export", "suppress", "rule_pages")
    ]
    assert opening == []
    touching = [
        f"{name}:{line}"
        for unit, name, tree in MODULES
        for imported, line in imports_of(tree)
        if unit in ("rules", "reports", "model") and imported.partition(".")[0] in ("os", "pathlib", "io", "shutil")
    ]
    assert touching == []
    assert any(uses_of(tree, "open") for unit, _, tree in MODULES if unit == "cache"), "the probe sees no open at all"


UNSAFE = {
    "yaml": {"load", "load_all", "safe_load", "safe_load_all", "full_load", "unsafe_load", "compose", "compose_all"},
    "pickle": {"load", "loads"},
    "builtins": {"eval", "exec"},
}
"""What must not be let near hostile text: ``yaml``'s own constructors recurse in C until the process dies."""


def unsafe_calls(tree: ast.AST) -> list[int]:
    """The lines that evaluate text or build objects from it by a way that hostile text can abuse."""
    attributes = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in UNSAFE.get(getattr(node.value, "id", ""), ())
    ]
    return attributes + uses_of(tree, *UNSAFE["builtins"])


def test_nothing_evaluates_or_constructs_hostile_text() -> None:
    assert unsafe_calls(ast.parse("import yaml\nyaml.safe_load('x')\neval('1')")) == [2, 3]
    assert {name: lines for _, name, tree in MODULES if (lines := unsafe_calls(tree))} == {}


def test_modules_and_functions_stay_small() -> None:
    long = []
    for _, name, tree in MODULES:
        last = max((node.end_lineno or 0 for node in tree.body), default=0)
        long += [f"{name}: {last} lines"] if last > LONGEST_MODULE else []
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                long += [f"{name}.{node.name}: {length} lines"] if length > LONGEST_FUNCTION else []
    assert long == []


def test_rules_stay_smaller() -> None:
    """A rule's page, in two languages, may take a third of its file; the code may not."""
    rules = [path for path in (PACKAGE / "rules").glob("*.py") if re.match(r"[a-z]{3}\d{3}_", path.name)]
    assert rules
    long = []
    for path in rules:
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        page = ast.parse(text).body[0].end_lineno or 0
        long += [f"{path.name}: {lines} lines, {lines - page} of code"] if lines > 150 or lines - page > 100 else []
    assert long == []


def test_names_say_what_is_inside() -> None:
    vague = [path for path in (*PACKAGE.rglob("*"), *HOOKS.rglob("*")) if path.stem in VAGUE_NAMES]
    assert vague == []


def test_records_are_frozen() -> None:
    thawed = []
    for unit, name, tree in MODULES:
        for node in ast.walk(tree):
            if unit in ("model", "diagnostic", "config", "text") and isinstance(node, ast.ClassDef):
                for decorator in node.decorator_list:
                    called = decorator.func if isinstance(decorator, ast.Call) else decorator
                    keywords = {k.arg: k.value for k in decorator.keywords} if isinstance(decorator, ast.Call) else {}
                    frozen = keywords.get("frozen")
                    if getattr(called, "id", "") == "dataclass" and not (
                        isinstance(frozen, ast.Constant) and frozen.value
                    ):
                        thawed.append(f"{name}.{node.name}")
    assert thawed == []


def test_the_page_on_architecture_names_every_unit_in_its_layer() -> None:
    page = (ROOT / "docs" / "project" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d) \| ((?:`\w+` ?)+)\|", page, flags=re.M)
    told = {name: int(layer) for layer, names in rows for name in re.findall(r"`(\w+)`", names)}
    assert told == {unit: layer for unit, layer in LAYERS.items() if unit != "__init__"}
