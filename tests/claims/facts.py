"""Claims in a form that reads well in a test, and the vocabulary that the tests share."""

from __future__ import annotations

from convergence_docs.claims import extract_claims
from convergence_docs.model.claims.claim import Claim
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.parse import parse_chapter
from convergence_docs.parse.vocabulary import parse_vocabulary
from convergence_docs.text import decode

VOCABULARY = parse_vocabulary(
    """
layers:
  - {id: ground, name: 地基层, aliases: [地基层收敛], english: ground layer, definition: 最下面一层。}
  - {id: wall, name: 墙体层, aliases: [墙体层收敛], english: wall layer, definition: 中间一层。}
levels:
  - {id: L0, name: 零散, aliases: [L0], english: loose, definition: 低。, interval: "[0, 0.50]"}
  - {id: L1, name: 一致, aliases: [L1], english: tight, definition: 高。, interval: "(0.50, 1]"}
dimensions:
  - {id: adoption, name: 采用率, aliases: [覆盖率], english: adoption, definition: 比例。, type: percentage}
  - {id: degree, name: 收敛度, aliases: [收敛程度], english: convergence degree, definition: 程度。, type: percentage}
  - {id: certainty, name: 确定性, english: certainty, definition: 星。, type: rating, scale: 5}
  - {id: dispute, name: 争议度, english: dispute, definition: 争议。, type: ordinal, scale: [无争议, 有争议]}
  - {id: level, name: 层级, english: level, definition: 级。, type: ordinal, scale: [L0, L1]}
  - {id: feature, name: 特征, english: feature, definition: 事实。, type: text}
  - {id: status, name: 2025 状态, aliases: [状态], english: status, definition: 现状。, type: text}
  - {id: mechanism, name: 作用机制, english: mechanism, definition: 过程。, type: text}
  - {id: effect, name: 收敛效果, english: effect, definition: 结果。, type: text}
drivers:
  - id: money
    name: 资金驱动力
    english: money
    definition: 钱。
    factors:
      - {id: bulk, name: 批量采购, english: bulk buying, definition: 买得多。}
technologies:
  - {id: brick, name: 红砖, aliases: [红砖砌法], english: brick, definition: 砖。}
  - {id: beam, name: 钢梁, english: steel beam, definition: 梁。}
""",
    "vocabulary.yml",
)


def claims_of(text: str, vocabulary: Vocabulary | None = VOCABULARY, *, details: bool = False) -> tuple[Claim, ...]:
    """The claims of a chapter, read as ``check`` reads it unless ``details`` are asked for."""
    source = decode(text.encode("utf-8", "surrogatepass"), "chapter.md")
    return extract_claims(parse_chapter(source, github=False, details=details), vocabulary)


def facts(text: str, vocabulary: Vocabulary | None = VOCABULARY) -> list[str]:
    """The claims of a chapter, each as ``subject | dimension = value``, with scope and year where there are some.

    Ids stand for what the vocabulary knows; names in brackets for what it does not.
    """
    return [_fact(claim) for claim in claims_of(text, vocabulary)]


def _fact(claim: Claim) -> str:
    subject = claim.subject_id or f"[{claim.subject}]"
    dimension = claim.dimension_id or f"[{claim.dimension}]"
    scope = f" ({claim.scope})" if claim.scope else ""
    year = f" @{claim.year}" if claim.year else ""
    problem = f" !{claim.value.problem}" if claim.value.problem else ""
    change = " Δ" if claim.value.is_change else ""
    return f"{subject} | {dimension} = {claim.value.text}{change}{scope}{year}{problem}"
