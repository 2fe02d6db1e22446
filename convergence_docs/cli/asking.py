"""``check --external``: what other sites answer, beside what the chapters show by themselves."""

from __future__ import annotations

from convergence_docs.changed import Touch
from convergence_docs.config import Config
from convergence_docs.diagnostic import Report
from convergence_docs.external import check_external, with_external
from convergence_docs.external.addresses import Naming
from convergence_docs.load import Bytes, read
from convergence_docs.model.book import Book
from convergence_docs.text import SourceText, decode


def ask_besides(config: Config, book: Book, report: Report, is_touched: Touch, *, use_cache: bool) -> Report:
    """The report with what other sites answer for the links on the lines that are looked at."""
    sources: dict[str, SourceText | None] = {}

    def is_meant(naming: Naming) -> bool:
        path = naming.path
        if config.selected and not any(path == one or path.startswith(one + "/") for one in config.selected):
            return False
        if path not in sources:
            found = read(config, path)
            sources[path] = decode(found.data, path) if isinstance(found, Bytes) else None
        source = sources[path]
        if source is None:
            return False
        return is_touched(path, source.position(naming.span.start).line, source.position(naming.span.end).line)

    return with_external(report, check_external(config, book, is_meant, use_cache=use_cache))
