"""The arguments of every command, with help in the reader's language."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

from convergence_docs import __version__
from convergence_docs.cli.output import PLAIN_WIDTH, emit, line_width
from convergence_docs.cli.rendering import FORMATS
from convergence_docs.cli.wording import ERRORS, HELP, Topic
from convergence_docs.diagnostic import Language
from convergence_docs.errors import Fault
from convergence_docs.schemas import NAMES


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Lays help out; told its width, because argparse would load ``shutil`` and three compressors to ask for it."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=min(line_width(), PLAIN_WIDTH) - 2)


class Parser(argparse.ArgumentParser):
    """An `argparse.ArgumentParser` that speaks two languages and raises its errors as faults."""

    def __init__(self, *, language: Language = "en", **settings: Any) -> None:
        super().__init__(add_help=False, formatter_class=Formatter, **settings)
        self.language = language
        self.waiting: list[Callable[[], object]] = []
        """What makes the arguments, of which only those of the command that is asked for are needed."""
        self._positionals.title = HELP["positionals"].to(language)
        self._optionals.title = HELP["options"].to(language)
        self.wait("-h", "--help", action="help", help=HELP["help"].to(language))
        self.wait("--lang", choices=("en", "zh"), help=HELP["lang"].to(language))

    def wait(self, *names: str, **settings: Any) -> None:
        """Add an argument once there is something to parse."""
        self.waiting.append(partial(self.add_argument, *names, **settings))

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse, with all arguments made; argparse asks this of the command that is meant, and of no other."""
        for make in self.waiting:
            make()
        self.waiting.clear()
        return super().parse_known_args(args, namespace)

    def format_help(self) -> str:
        """The help text, its label of usage in the reader's language."""
        return super().format_help().replace("usage: ", HELP["usage"].to(self.language), 1)

    def _print_message(self, message: str, file: object = None) -> None:
        """Print help as everything else is printed: on a stream that cannot encode it, too."""
        del file
        emit(message)

    def error(self, message: str) -> NoReturn:
        """Raise what argparse has to say as a `Fault`."""
        raise Fault(
            en=message[:1].upper() + message[1:] + ".",
            zh=_in_chinese(message) + "。",
            hint_en=f"See: {self.prog} --help",
            hint_zh=f"用法见：{self.prog} --help",
        )


def make_parser(language: Language) -> Parser:
    """The parser of all commands. The namespace it makes names its ``command``."""
    parser = Parser(
        language=language,
        prog="convergence-docs",
        description=HELP["program"].to(language),
        epilog=HELP["exit"].to(language),
    )
    parser.wait(
        "--version", action="version", version=f"convergence-docs {__version__}", help=HELP["version"].to(language)
    )
    commands = parser.add_subparsers(
        dest="command", required=True, metavar=HELP["command"].to(language), title=HELP["commands"].to(language)
    )

    def command(name: str) -> Parser:
        text = HELP[f"do {name}"].to(language)
        return commands.add_parser(name, language=language, help=text, description=text)

    _add_check(command("check"), language)
    _add_fix(command("fix"), language)
    _add_baseline(command("baseline"), language)
    _add_renumber(command("renumber"), language)
    insert = command("insert-section")
    _add(insert, language, "chapter", "chapter-file", metavar="CHAPTER")
    _add(insert, language, "title", "title", metavar="TITLE")
    _add_spot(insert, language)
    move = command("move-section")
    _add(move, language, "chapter", "chapter-file", metavar="CHAPTER")
    _add(move, language, "heading", "heading", metavar="HEADING")
    _add_spot(move, language)
    new = command("new")
    new.epilog = HELP["exit"].to(language)
    _add(new, language, "chapter", "new-chapter", metavar="CHAPTER")
    _add(new, language, "--title", "new-title", metavar="TITLE")
    _add_rewriting(new, language)
    place = command("move")
    place.epilog = HELP["exit"].to(language)
    _add(place, language, "old", metavar="OLD")
    _add(place, language, "new", metavar="NEW")
    _add_rewriting(place, language)
    explain = command("explain")
    _add(explain, language, "rule", metavar=HELP["CODE"].to(language))
    _add(command("rules"), language, "--format", "rules-format", choices=("table", "json"), default="table")
    model = command("model")
    _add(model, language, "path", "model-path", nargs="?", default=".", metavar="PATH")
    _add(model, language, "--format", "model-format", choices=("json", "sqlite"), default="json")
    _add(model, language, "--config", metavar="FILE")
    _add(model, language, "--output", metavar="FILE")
    _add_claims(command("claims"), language)
    _add_diff(command("diff"), language)
    _add(command("schema"), language, "schema", choices=NAMES, nargs="?", default="model")
    command("version")
    return parser


def _add_check(check: Parser, language: Language) -> None:
    check.epilog = HELP["exit"].to(language)
    _add(check, language, "paths", nargs="*", metavar="PATH")
    _add(check, language, "--config", metavar="FILE")
    _add(check, language, "--format", choices=FORMATS, default="terminal")
    _add(check, language, "--output", metavar="FILE")
    _add(check, language, "--also", metavar="FORMAT=FILE", type=_format_and_file, action="append", default=[])
    _add(check, language, "--select", metavar=HELP["CODES"].to(language), action="append", default=[])
    _add(check, language, "--ignore", metavar=HELP["CODES"].to(language), action="append", default=[])
    _add(check, language, "--changed", nargs="?", const="", metavar="BASE")
    _add(check, language, "--baseline", "baseline-file", metavar="FILE")
    _add(check, language, "--no-baseline", action="store_true")
    _add(check, language, "--strict-baseline", action="store_true")
    _add(check, language, "--strict", action="store_true")
    _add(check, language, "--verify", action="store_true")
    _add(check, language, "--external", action="store_true")
    _add(check, language, "--no-cache", action="store_true")
    _add(check, language, "--jobs", metavar="N", type=_positive)
    _add(check, language, "--color", choices=("auto", "always", "never"), default="auto")


def _add_fix(fix: Parser, language: Language) -> None:
    fix.epilog = HELP["exit"].to(language)
    _add(fix, language, "path", "fix-path", nargs="?", default=".", metavar="PATH")
    _add(fix, language, "--select", "fix-select", metavar=HELP["CODES"].to(language), action="append", default=[])
    _add(fix, language, "--unsafe", action="store_true")
    _add(fix, language, "--interactive", action="store_true")
    _add_rewriting(fix, language)


def _add_baseline(baseline: Parser, language: Language) -> None:
    _add(baseline, language, "path", "baseline-path", nargs="?", default=".", metavar="PATH")
    _add(baseline, language, "--prune", action="store_true")
    _add(baseline, language, "--output", "baseline-output", metavar="FILE")
    _add(baseline, language, "--config", metavar="FILE")
    _add(baseline, language, "--no-cache", action="store_true")
    _add(baseline, language, "--jobs", metavar="N", type=_positive)


def _add_renumber(renumber: Parser, language: Language) -> None:
    renumber.epilog = HELP["exit"].to(language)
    _add(renumber, language, "path", "fix-path", nargs="?", default=".", metavar="PATH")
    _add_rewriting(renumber, language)


def _add_spot(parser: Parser, language: Language) -> None:
    parser.epilog = HELP["exit"].to(language)
    spot = parser.add_mutually_exclusive_group(required=True)
    for side in ("after", "before"):
        spot.add_argument(f"--{side}", metavar="HEADING", help=HELP[side].to(language))
    _add_rewriting(parser, language)


def _add_rewriting(parser: Parser, language: Language) -> None:
    _add(parser, language, "--diff", action="store_true")
    _add(parser, language, "--config", metavar="FILE")
    _add(parser, language, "--no-cache", action="store_true")
    _add(parser, language, "--jobs", metavar="N", type=_positive)


def _add_claims(claims: Parser, language: Language) -> None:
    _add(claims, language, "path", "paths", nargs="?", default=".", metavar="PATH")
    _add(claims, language, "--subject", metavar=HELP["NAME"].to(language))
    _add(claims, language, "--dimension", metavar=HELP["NAME"].to(language))
    _add(claims, language, "--chapter", metavar=HELP["PATTERN"].to(language), action="append", default=[])
    _add(claims, language, "--source", choices=("table", "list", "prose", "diagram"))
    _add(claims, language, "--format", "claims-format", choices=("table", "csv", "json", "jsonl"), default="table")
    _add(claims, language, "--output", metavar="FILE")
    _add(claims, language, "--config", metavar="FILE")


def _add_diff(diff: Parser, language: Language) -> None:
    _add(diff, language, "base", metavar="BASE")
    _add(diff, language, "head", nargs="?", metavar="HEAD")
    _add(diff, language, "--path", "diff-path", default=".", metavar="PATH")
    _add(diff, language, "--format", choices=("terminal", "json", "markdown"), default="terminal")
    _add(diff, language, "--output", metavar="FILE")
    _add(diff, language, "--exit-code", action="store_true")
    _add(diff, language, "--config", metavar="FILE")
    _add(diff, language, "--color", choices=("auto", "always", "never"), default="auto")


def _add(parser: Parser, language: Language, name: str, topic: Topic | None = None, **settings: Any) -> None:
    parser.wait(name, help=HELP[topic or name.lstrip("-")].to(language), **settings)


def _format_and_file(word: str) -> tuple[str, str]:
    name, _, file = word.partition("=")
    if name not in FORMATS or not file:
        raise argparse.ArgumentTypeError(f"FORMAT=FILE is needed, not '{word}'")
    return name, file


def _positive(word: str) -> int:
    if not word.isdecimal() or len(word) > 6 or int(word) < 1:
        raise argparse.ArgumentTypeError(f"a whole number above 0 is needed, not '{word}'")
    return int(word)


def _in_chinese(message: str) -> str:
    for pattern, chinese in ERRORS:
        match = re.fullmatch(pattern, message, re.S)
        if match:
            return chinese.format(*match.groups())
    return f"参数有误：{message}"
