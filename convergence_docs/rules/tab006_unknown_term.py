"""A layer table uses a name that the vocabulary does not know. | 层级表使用了词汇表之外的名称。

## What it checks

Where the site has a vocabulary, the names of dimensions and layers in layer tables, and of factors in driver tables,
are names or aliases of its terms. A table counts as one only if most of its names are known.

站点有词汇表时，层级表中的维度与层级名称、驱动力表中的因素名称，都是词汇表中的名称或别名。只有多数名称已知的表格才算
在内。

## Why it matters

A layer under a second name is a second layer to whoever reads the tables together: it is missing from every
comparison.

同一层用了第二个名称，对于把各表放在一起读的人来说就成了另一层，每次比较都会漏掉它。

## Example

```yaml vocabulary
layers:
  - {id: architectural, name: 架构层}
  - {id: mathematical, name: 数学层}
dimensions:
  - {id: adoption, name: 采用率}
  - {id: certainty, name: 确定性}
```

```md
# 题目

| 维度 | 架构层 | 数学层 |
| --- | --- | --- |
| 采用率 | 95% | 100% |
| 确定率 | 高 | 高 |
```

## Use instead

```yaml vocabulary
layers:
  - {id: architectural, name: 架构层}
  - {id: mathematical, name: 数学层}
dimensions:
  - {id: adoption, name: 采用率}
  - {id: certainty, name: 确定性}
```

```md
# 题目

| 维度 | 架构层 | 数学层 |
| --- | --- | --- |
| 采用率 | 95% | 100% |
| 确定性 | 高 | 高 |
```

## Options

None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convergence_docs.diagnostic import Diagnostic, Severity, Wording
from convergence_docs.model.chapter import Chapter
from convergence_docs.model.nodes import Table
from convergence_docs.model.tables.layer_table import Label, Orientation, read_driver_table, read_layer_table
from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.rules.rule import Context, chapter_rule

_LAYERS = ("layer", "level", "model")
_KINDS = {"dimension": "维度", "layer": "层", "level": "层级", "model": "模型", "factor": "因素", "driver": "驱动力"}
_MESSAGES = {
    kind: Wording(f"The vocabulary has no {kind} '{{name}}'.", f"词汇表中没有名为“{{name}}”的{chinese}。")
    for kind, chinese in _KINDS.items()
}
_NEAR = Wording(
    "Did you mean '{near}'? Else add the name to the vocabulary, as an alias or as a term.",
    "是否指“{near}”？否则请将其作为别名或新词条补入词汇表。",
)


@chapter_rule(
    code="TAB006",
    name="unknown-term",
    severity=Severity.WARNING,
    since="0.1.0",
    messages={**_MESSAGES, **{f"{kind}-near": message for kind, message in _MESSAGES.items()}},
    hints={
        "default": Wording(
            "Use a term of the vocabulary, or add this one to it.", "请使用词汇表中的名称，或将其补入词汇表。"
        ),
        **{f"{kind}-near": _NEAR for kind in _KINDS},
    },
)
def check(chapter: Chapter, context: Context) -> Iterator[Diagnostic]:
    """Find names of dimensions, layers and factors that are not in the vocabulary."""
    vocabulary = context.vocabulary
    if vocabulary is None or not vocabulary.terms:
        return
    for table in chapter.tables:
        for labels, kinds in _axes(table, vocabulary):
            known = [label.term.kind for label in labels if label.term is not None]
            unknown = [label for label in labels if label.term is None and label.text]
            if not unknown or 2 * len(known) < len(labels):
                continue
            kind = max(known, key=known.count)
            for label in unknown:
                near = vocabulary.nearest(label.text, *kinds)
                yield Diagnostic(
                    span=label.span,
                    case=f"{kind}-near" if near else kind,
                    arguments={"name": label.text, "near": near.name} if near else {"name": label.text},
                )


def _axes(table: Table, vocabulary: Vocabulary) -> Iterator[tuple[Sequence[Label], tuple[str, ...]]]:
    """The names of a table that should be terms, with the kinds of term that they should be."""
    view = read_layer_table(table, vocabulary)
    if view is not None:
        yield view.dimensions, ("dimension",)
        # A comparison of technologies may bring in new ones; a layer is one of a few.
        if view.orientation is not Orientation.SINGLE and all(
            subject.term is None or subject.term.kind in _LAYERS for subject in view.subjects
        ):
            yield view.subjects, _LAYERS
        return
    drivers = read_driver_table(table, vocabulary)
    if drivers is not None:
        yield [row.factor for row in drivers.rows], ("factor", "driver")
