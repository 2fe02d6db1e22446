"""Two books in memory, and what a change between them means."""

from __future__ import annotations

from collections.abc import Mapping

from convergence_docs.claims import extract_claims
from convergence_docs.diff import compare
from convergence_docs.model.book import Book, Site, make_entry
from convergence_docs.model.change import Change, ChangeKind, Comparison, Side
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.parse import parse_chapter
from convergence_docs.parse.vocabulary import parse_vocabulary
from convergence_docs.text import decode

VOCABULARY = parse_vocabulary(
    """
layers:
  - {id: architectural, name: 架构层, aliases: [架构层收敛]}
  - {id: mathematical, name: 数学层, aliases: [数学层收敛]}
dimensions:
  - {id: adoption, name: 采用率, type: percentage}
  - {id: certainty, name: 确定性, type: rating, scale: 5}
""",
    "vocabulary.yml",
)

Files = Mapping[str, str]


def side(files: Files, vocabulary: Vocabulary | None = None) -> Side:
    """The book that ``files`` are; those that are not Markdown are just there."""
    chapters = {
        path: parse_chapter(decode(text.encode(), path), github=False)
        for path, text in sorted(files.items())
        if path.endswith(".md")
    }
    entries = {path: make_entry(one, extract_claims(one, vocabulary)) for path, one in chapters.items()}
    return Side(book=Book(entries=entries, site=Site(files=frozenset(files), is_mkdocs=True)), chapters=chapters)


def compared(before: Files, after: Files, vocabulary: Vocabulary | None = None) -> Comparison:
    """The whole comparison."""
    return compare(side(before, vocabulary), side(after, vocabulary))


def changes(before: Files | str, after: Files | str, vocabulary: Vocabulary | None = None) -> list[Change]:
    """What changed; a text alone is the chapter ``a.md``."""
    one = {"a.md": before} if isinstance(before, str) else before
    other = {"a.md": after} if isinstance(after, str) else after
    return list(compared(one, other, vocabulary).changes)


def kinds(found: list[Change]) -> list[ChangeKind]:
    """Their kinds."""
    return [change.kind for change in found]
