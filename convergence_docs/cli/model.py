"""``convergence-docs model``: the whole book as JSON or as a database."""

from __future__ import annotations

from argparse import Namespace

from convergence_docs import engine
from convergence_docs.cli.output import emit_pieces, warn
from convergence_docs.cli.place import place_in
from convergence_docs.config import find_configs
from convergence_docs.diagnostic import Language
from convergence_docs.errors import Fault
from convergence_docs.export import stream_model
from convergence_docs.reports.cells import sanitised


def run(arguments: Namespace, language: Language) -> int:
    """Print the model of one site.

    Raises:
        Fault: the path belongs to more than one site, or a database has no file to go to.
    """
    if arguments.format == "sqlite" and arguments.output is None:
        raise Fault(
            en="A database cannot be written to standard output.",
            zh="数据库不能写到标准输出。",
            hint_en="Name a file: --output book.sqlite",
            hint_zh="请指定文件：--output book.sqlite",
        )
    configs = find_configs([arguments.path], arguments.config)
    if len(configs) != 1:
        raise Fault(
            en="These are several sites.",
            zh="这里有多个站点。",
            hint_en="Name the mkdocs.yml or the folder of one of them.",
            hint_zh="请指定其中一个站点的 mkdocs.yml 或文件夹。",
            where=arguments.path,
        )
    read = engine.read_book(configs[0])
    if arguments.format == "sqlite":
        _write_database(arguments.output, read)
    else:
        emit_pieces(stream_model(read.book, read.pages, read.vocabulary), arguments.output)
    for finding in read.not_read():
        warn(f"{sanitised(place_in(configs[0].docs_root)(finding.path))}: {finding.message.to(language)}")
    return 0


def _write_database(file: str, read: engine.Readout) -> None:
    try:
        from convergence_docs.database import write_database
    except ImportError as error:
        if error.name not in ("sqlite3", "_sqlite3"):
            raise
        raise Fault(
            en="This Python was built without SQLite.",
            zh="此 Python 在编译时没有包含 SQLite。",
            hint_en="Use another Python, or --format json.",
            hint_zh="请换用其他 Python，或使用 --format json。",
        ) from error
    write_database(file, read.book, read.pages, read.vocabulary)
