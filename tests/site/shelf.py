"""Small books for the tests of generated pages: chapters as text, read as a build reads them."""

from __future__ import annotations

from collections.abc import Mapping

from convergence_docs.claims import extract_claims
from convergence_docs.config import Config
from convergence_docs.model.book import Book, Site, make_entry
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.parse import parse_chapter
from convergence_docs.parse.vocabulary import parse_vocabulary
from convergence_docs.site.book.archive import Archive, gather
from convergence_docs.site.frame import Frame
from convergence_docs.site.settings import SiteSettings
from convergence_docs.text import decode

VOCABULARY = """
layers:
  - {id: mathematical, name: 数学层, definition: 共用的数学对象。}
  - {id: architectural, name: 架构层, aliases: [架构层收敛], english: architectural layer, definition: 结构的选择。}
  - {id: capability, name: 能力层}
levels:
  - {id: L2, name: 部分收敛, aliases: [L2], interval: "(0.50, 0.80]"}
  - {id: L3, name: 高度收敛, aliases: [L3], interval: "(0.80, 0.95]"}
  - {id: L4, name: 完全收敛, aliases: [L4], interval: "(0.95, 1]"}
dimensions:
  - {id: adoption, name: 采用率, type: percentage}
  - {id: certainty, name: 确定性, type: rating, scale: 5}
  - {id: convergence-degree, name: 收敛度, type: percentage}
  - {id: mechanism, name: 作用机制, type: text}
  - {id: effect, name: 收敛效果, type: text}
drivers:
  - id: technical
    name: 技术收敛驱动力
    factors:
      - {id: scaling-law, name: Scaling Law, definition: 损失按幂律下降。}
technologies:
  - {id: transformer, name: Transformer}
"""
LAYERS = """# 架构层

## 一、状态

| 层 | 采用率 | 确定性 | 收敛度 |
| --- | --- | --- | --- |
| **数学层** | 100% | ★★★★★ | 100% |
| **架构层** | 95%以上 | ★★★★★ | 95% |
| **能力层** | 60% | ★★★☆☆ | 60% |

## 二、对照

| 维度 | 架构层 | 能力层 |
| --- | --- | --- |
| 收敛度 | 95% | 60% |
"""
DRIVERS = """# 驱动力

Transformer 与架构层在同一节里。技术收敛驱动力也在。

| 因素 | 作用机制 | 收敛效果 |
| --- | --- | --- |
| Scaling Law | 规模效应 | 架构同质化 |
"""
FILES = {"a.md": LAYERS, "b/驱动力.md": DRIVERS}
EVERYTHING = SiteSettings(matrix="matrix", terms="terms", tables=True)


def vocabulary() -> Vocabulary:
    """The vocabulary of these books."""
    return parse_vocabulary(VOCABULARY, "vocabulary.yml")


def book_of(files: Mapping[str, str], words: Vocabulary | None) -> Book:
    """The book that these chapters are."""
    entries = {}
    for path, text in sorted(files.items()):
        chapter = parse_chapter(decode(text.encode(), path), github=False)
        entries[path] = make_entry(chapter, extract_claims(chapter, words), vocabulary=words)
    return Book(entries=entries, site=Site(files=frozenset(files)))


def archive_of(files: Mapping[str, str], words: Vocabulary | None, settings: SiteSettings = EVERYTHING) -> Archive:
    """What generated pages are made from."""
    sources = {path: decode(text.encode(), path) for path, text in files.items()}
    return gather(
        book_of(files, words), words, Config(docs_root="/nowhere", boundary="/nowhere"), settings, sources.get
    )


def frame(files: Mapping[str, str] = FILES) -> Frame:
    """A page in Chinese, from which every file is one folder up."""
    return Frame("zh", lambda path: f"../{path}", {path: path for path in files}, "terms")
