"""Read a vocabulary: YAML text in, `Vocabulary` out, every fault with its line, its column and what to do."""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

import yaml

from convergence_docs.errors import ConfigFault
from convergence_docs.model.vocabulary import NameClash, Term, Vocabulary, make_vocabulary
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
_TYPES = ("percentage", "rating", "ordinal", "text")
_INTERVAL = re.compile(r"([\[(])\s*(\d+(?:\.\d+)?)\s*,\s*(\d+(?:\.\d+)?)\s*([\])])")


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
        for key, value in reader.pairs(root, tuple(SECTIONS), "vocabulary"):
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

    def read_term(self, node: yaml.Node, kind: str, driver: str = "") -> None:
        parts = dict(self.pairs(node, _KEYS[kind], kind))
        for key in ("id", "name"):
            if key not in parts:
                raise self.fault(
                    node, f"a {kind} without '{key}'", f"{kind} 缺少“{key}”", f"add '{key}:'", f"补上“{key}:”"
                )
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
        if kind and kind not in _TYPES:
            raise self.fault(
                parts["type"],
                f"a dimension cannot be of type '{kind}'",
                f"维度类型不能是“{kind}”",
                f"choose one of: {', '.join(_TYPES)}",
                f"可选：{'、'.join(_TYPES)}",
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
        if match and float(match[2]) <= float(match[3]):
            return float(match[2]), float(match[3]), match[1] == "(", match[4] == ")"
        raise self.fault(
            node,
            "an interval is expected here",
            "此处应为区间",
            'write it in quotes: "(0.95, 1]" leaves 0.95 out and takes 1 in',
            "请加引号书写：“(0.95, 1]”表示不含 0.95、含 1",
        )

    def refuse_overlaps(self) -> None:
        """Every value has one level at most."""
        levels = sorted(
            ((made.term.interval, made) for made in self.made if made.term.interval is not None), key=itemgetter(0)
        )
        for (before, first), (after, second) in pairwise(levels):
            touches_at_end = before[1] == after[0] and not before[3] and not after[2]
            if before[1] > after[0] or touches_at_end:
                raise self.fault(
                    second.node,
                    f"the interval of '{second.term.name}' overlaps with that of '{first.term.name}'",
                    f"“{second.term.name}”与“{first.term.name}”的区间有重叠",
                    "leave the shared end out of one of them, by a round bracket: (0.95, 1]",
                    "请用圆括号把共同的端点从其中一个区间去掉：(0.95, 1]",
                )

    def finish(self) -> Vocabulary:
        self.refuse_overlaps()
        try:
            return make_vocabulary(made.term for made in self.made)
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
