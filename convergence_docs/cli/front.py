"""The door: from words on a command line to an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from convergence_docs.cli.language import choose_language
from convergence_docs.cli.output import warn
from convergence_docs.cli.parser import make_parser
from convergence_docs.diagnostic import Language
from convergence_docs.errors import Fault

CLEAN, FINDINGS, FAULT = 0, 1, 2
"""Exit codes: nothing to mend, something to mend, a call that cannot be served."""

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code and raises nothing.

    Set ``CONVERGENCE_DOCS_DEBUG`` to see the traceback of a fault of this program itself.
    """
    words = sys.argv[1:] if argv is None else list(argv)
    language = choose_language(words, os.environ)
    try:
        arguments = make_parser(language).parse_args(words)
        command = import_module(f"convergence_docs.cli.{arguments.command.replace('-', '_')}")
        return int(command.run(arguments, language))
    except SystemExit as end:  # argparse ends so after --help and --version
        return end.code if isinstance(end.code, int) else CLEAN
    except Fault as fault:
        warn(_worded(fault, language))
        return FAULT
    except KeyboardInterrupt:
        warn("已中断。" if language == "zh" else "Interrupted.")
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("CONVERGENCE_DOCS_DEBUG"):
            raise
        warn(_worded(_own_fault(error), language))
        return FAULT


def _own_fault(error: Exception) -> Fault:
    what = f"{type(error).__name__}: {error}"
    return Fault(
        en=f"This program failed: {what}",
        zh=f"本程序自身出错：{what}",
        hint_en="Set CONVERGENCE_DOCS_DEBUG=1 to see where, and report it.",
        hint_zh="设置环境变量 CONVERGENCE_DOCS_DEBUG=1 可以看到出错位置，请报告此问题。",
    )


def _worded(fault: Fault, language: Language) -> str:
    from convergence_docs.reports.cells import sanitised

    label, help_label, colon = ("错误", "建议：", "：") if language == "zh" else ("error", "help: ", ": ")
    where = fault.where.removeprefix(os.getcwd() + os.sep)
    said = f"{label}{colon}{where}{colon if where else ''}{fault.title[language]}"
    hint = fault.hint[language]
    return sanitised(said) + (f"\n  {help_label}{sanitised(hint)}" if hint else "")
