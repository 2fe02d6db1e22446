"""``convergence-docs model``: the whole book as JSON."""

from __future__ import annotations

from argparse import Namespace

from convergence_docs import engine
from convergence_docs.cli.output import emit_utf8
from convergence_docs.config import find_configs
from convergence_docs.diagnostic import Language
from convergence_docs.errors import Fault
from convergence_docs.export import render_model


def run(arguments: Namespace, language: Language) -> int:
    """Print the model of one site.

    Raises:
        Fault: the path belongs to more than one site.
    """
    del language
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
    emit_utf8(render_model(read.book, read.chapters, read.vocabulary), arguments.output)
    return 0
