"""Read a vocabulary: YAML text in, `Vocabulary` out, every fault with its line, its column and what to do."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, NamedTuple

import yaml

from convergence_docs.errors import ConfigFault
from convergence_docs.model.claims.declaration import make_difference
from convergence_docs.model.claims.difference import KEYS as DIFFERENCE_KEYS
from convergence_docs.model.claims.difference import Difference
from convergence_docs.model.claims.topic import KINDS as SUBJECTS
from convergence_docs.model.vocabulary import SCALES, NameClash, Term, Vocabulary, make_vocabulary
from convergence_docs.regex import regex
from convergence_docs.text import SourceText
from convergence_docs.yaml_document import YamlProblem, fault_of, read_yaml, span_of

SECTIONS = {
    "layers": "layer",
    "levels": "level",
    "dimensions": "dimension",
    "drivers": "driver",
    "technologies": "technology",
    "models": "model",
}
_COMMON = ("id", "name", "aliases", "english", "definition")
_KEYS = {
    **dict.fromkeys((*SECTIONS.values(), "factor"), _COMMON),
    "level": (*_COMMON, "interval"),
    "dimension": (*_COMMON, "type", "scale"),
    "driver": (*_COMMON, "factors"),
}
_INTERVAL = regex(r"([\[(])\s*(\d{1,9}(?:\.\d{1,9})?)\s*(%?)\s*,\s*(\d{1,9}(?:\.\d{1,9})?)\s*(%?)\s*([\])])")


def parse_vocabulary(text: str, path: str) -> Vocabulary:
    """Read the vocabulary that ``text`` holds. ``path`` is how faults name the file.

    Raises:
        ConfigFault: the text is no YAML, or no vocabulary; says where, and what to do.
    """
    source = SourceText(path, text)
    try:
        root = read_yaml(text).root
    except YamlProblem as problem:
        raise fault_of(problem, source) from None
    reader = _Reader(source)
    if root is not None:
        for key, value in reader.pairs(root, (*SECTIONS, "differences"), "vocabulary"):
            if key == "differences":
                reader.differences = reader.items(value)
                continue
            for item in reader.items(value):
                reader.read_term(item, SECTIONS[key])
    return reader.finish()


class _Made(NamedTuple):
    term: Term
    node: yaml.Node


class _Reader:
    """Reads terms off the node tree and keeps where each was written."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.made: list[_Made] = []
        self.differences: list[yaml.Node] = []

    def fault(self, node: yaml.Node, en: str, zh: str, hint_en: str = "", hint_zh: str = "") -> ConfigFault:
        return ConfigFault(en=en, zh=zh, hint_en=hint_en, hint_zh=hint_zh, where=self.place(node))

    def place(self, node: yaml.Node) -> str:
        line, column = self.source.position(span_of(node).start)
        return f"{self.source.path}:{line}:{column}"

    def pairs(self, node: yaml.Node, known: tuple[str, ...], what: str) -> list[tuple[str, yaml.Node]]:
        """The keys and values of a mapping whose keys are all ``known``."""
        if not isinstance(node, yaml.MappingNode):
            raise self.fault(
                node,
                f"a {what} must be a mapping of keys to values",
                f"{what} 应当是键值对",
                f"write one of: {', '.join(known)}",
                f"可用的键：{'、'.join(known)}",
            )
        pairs = []
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name not in known:
                near = get_close_matches(name, known, n=1)
                raise self.fault(
                    key,
                    f"a {what} has no key '{name}'",
                    f"{what} 没有键“{name}”",
                    f"did you mean '{near[0]}'?" if near else f"known keys: {', '.join(known)}",
                    f"是否想写“{near[0]}”？" if near else f"可用的键：{'、'.join(known)}",
                )
            pairs.append((name, value))
        return pairs

    def items(self, node: yaml.Node) -> list[yaml.Node]:
        """The items of a list; an empty value is an empty list."""
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        if isinstance(node, yaml.ScalarNode) and not node.value:
            return []
        raise self.fault(
            node, "a list is expected here", "此处应为列表", "begin each item with '- '", "每一项以“- ”开头"
        )

    def word(self, node: yaml.Node) -> str:
        """A scalar as written, whatever YAML takes it for: ``2025`` and ``on`` are names like others."""
        if isinstance(node, yaml.ScalarNode) and node.value.strip():
            return str(node.value).strip()
        raise self.fault(node, "a word is expected here", "此处应为文字", "write one line of text", "请写一行文字")

    def require(self, parts: dict[str, yaml.Node], keys: tuple[str, ...], node: yaml.Node, what: str) -> None:
        """Refuse a mapping that lacks one of ``keys``."""
        for key in keys:
            if key not in parts:
                raise self.fault(
                    node, f"a {what} without '{key}'", f"{what} 缺少“{key}”", f"add '{key}:'", f"补上“{key}:”"
                )

    def read_term(self, node: yaml.Node, kind: str, driver: str = "") -> None:
        parts = dict(self.pairs(node, _KEYS[kind], kind))
        self.require(parts, ("id", "name"), node, kind)
        identity = self.word(parts["id"])
        aliases = [self.word(alias) for alias in self.items(parts["aliases"])] if "aliases" in parts else []
        scale, steps = self.read_scale(parts)
        term = Term(
            kind=kind,
            id=identity,
            names=(self.word(parts["name"]), *aliases),
            english=self.word(parts["english"]) if "english" in parts else "",
            scale=scale,
            steps=steps,
            interval=self.read_interval(parts["interval"]) if "interval" in parts else None,
            definition=self.word(parts["definition"]) if "definition" in parts else "",
            driver=driver,
            span=span_of(parts.get("interval", node)),
        )
        for earlier in self.made:
            if (earlier.term.kind, earlier.term.id) == (kind, identity):
                raise self.fault(
                    parts["id"],
                    f"the id '{identity}' is taken",
                    f"标识“{identity}”已被占用",
                    f"it is given at {self.place(earlier.node)}; choose another",
                    f"已用于 {self.place(earlier.node)}，请另选一个",
                )
        self.made.append(_Made(term, node))
        for factor in self.items(parts["factors"]) if "factors" in parts else ():
            self.read_term(factor, "factor", identity)

    def read_scale(self, parts: dict[str, yaml.Node]) -> tuple[str, tuple[str, ...]]:
        kind = self.word(parts["type"]) if "type" in parts else ""
        if kind and kind not in SCALES:
            raise self.fault(
                parts["type"],
                f"a dimension cannot be of type '{kind}'",
                f"维度类型不能是“{kind}”",
                f"choose one of: {', '.join(SCALES)}",
                f"可选：{'、'.join(SCALES)}",
            )
        scale = parts.get("scale")
        if scale is None:
            return kind, ()
        if isinstance(scale, yaml.SequenceNode) and kind in ("ordinal", ""):
            return kind or "ordinal", tuple(self.word(step) for step in scale.value)
        size = self.word(scale) if isinstance(scale, yaml.ScalarNode) else ""
        if kind in ("rating", "") and re.fullmatch(r"[1-9][0-9]?", size):
            return "rating", (size,)
        raise self.fault(
            scale,
            "this scale does not fit its dimension",
            "这个尺度与维度类型不符",
            "a rating has a size (scale: 5), an ordinal its steps from low to high (scale: [low, high])",
            "rating 写星数（scale: 5），ordinal 从低到高列出各档（scale: [低, 高]）",
        )

    def read_interval(self, node: yaml.Node) -> tuple[float, float, bool, bool]:
        match = _INTERVAL.fullmatch(node.value.strip()) if isinstance(node, yaml.ScalarNode) else None
        if match and match[3] == match[5]:
            by = 1 if match[3] else 100
            low, high = round(float(match[2]) * by, 9), round(float(match[4]) * by, 9)
            is_empty = low > high or (low == high and (match[1], match[6]) != ("[", "]"))
            if not is_empty and high <= 100:
                return low, high, match[1] == "(", match[6] == ")"
        raise self.fault(
            node,
            "an interval is expected here",
            "此处应为区间",
            'write it in quotes, from 0 to 1 or in percent: "(0.95, 1]" leaves 0.95 out and takes 1 in',
            "请加引号书写，取值 0 至 1 或百分数：“(0.95, 1]”表示不含 0.95、含 1",
        )

    def read_differences(self, vocabulary: Vocabulary) -> tuple[Difference, ...]:
        """The differences on purpose; what they speak of must be known, or they would let nothing stand."""
        found = []
        for node in self.differences:
            parts = dict(self.pairs(node, DIFFERENCE_KEYS, "difference"))
            self.require(parts, ("subject", "dimension"), node, "difference")
            for key, kinds in (("subject", SUBJECTS), ("dimension", ("dimension",))):
                name = self.word(parts[key])
                if vocabulary.find(name, *kinds) is None:
                    near = vocabulary.nearest(name, *kinds)
                    raise self.fault(
                        parts[key],
                        f"'{name}' is no {key} of this vocabulary",
                        f"“{name}”不是本词汇表中的 {key}",
                        f"did you mean '{near.name}'?" if near else "add it to the vocabulary first",
                        f"是否想写“{near.name}”？" if near else "请先在词汇表中登记",
                    )
            lists: dict[str, Any] = {key: self.words(parts[key]) for key in ("values", "chapters") if key in parts}
            words = {key: self.word(value) for key, value in parts.items() if key not in lists}
            found.append(make_difference({**words, **lists}, span_of(node), vocabulary))
        return tuple(found)

    def words(self, node: yaml.Node) -> list[str]:
        """The words of a list; one word alone is a list of it."""
        return [self.word(item) for item in node.value] if isinstance(node, yaml.SequenceNode) else [self.word(node)]

    def finish(self) -> Vocabulary:
        try:
            vocabulary = make_vocabulary((made.term for made in self.made), self.source.path)
            return replace(vocabulary, differences=self.read_differences(vocabulary))
        except NameClash as clash:
            nodes = {id(made.term): made.node for made in self.made}
            first = self.place(nodes[id(clash.first)])
            raise self.fault(
                nodes[id(clash.second)],
                f"'{clash.name}' already names '{clash.first.name}'",
                f"“{clash.name}”已是“{clash.first.name}”的名称",
                f"take it from '{clash.second.name}', or from the term at {first}",
                f"请从“{clash.second.name}”中删去，或从 {first} 处的词条中删去",
            ) from None
