"""YAML from hostile hands: values with positions, in bounded time and memory.

The C parser of PyYAML composes nested nodes by C recursion and crashes the interpreter on deep nesting, and its
loader lets the last of two equal keys win in silence. So events are composed here, without recursion, and what makes
a document dangerous or ambiguous is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import yaml

from convergence_docs.errors import ConfigFault
from convergence_docs.text import SourceText, Span

MAX_DEPTH = 40
"""Collections within collections; real documents have fewer than ten."""
MAX_NODES = 50_000
"""Nodes after aliases are written out."""

# libyaml's loader where PyYAML was built with it, else the pure Python one, which gives the same events.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlProblem(Exception):
    """Why a document is refused.

    Attributes:
        span: where, in the text that was read, plus the offset that the reader was given.
        kind: ``syntax``, ``duplicate-key``, ``too-large``, ``too-deep``, ``cycle``, ``tag`` or ``value``.
        detail: the key, or the YAML library's words; may be empty.
    """

    def __init__(self, span: Span, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.span = span
        self.kind = kind
        self.detail = detail


class YamlDocument(NamedTuple):
    """A document's value (plain Python), and its node tree, whose marks hold character offsets."""

    value: Any
    root: yaml.Node | None


TagReader = Callable[[str, Any], Any]
"""Makes a value of a tag (``!ENV``, ``tag:yaml.org,2002:python/name:x.y``) and the plain value after it."""


IsForeign = Callable[[tuple[str, ...]], bool]
"""Tells of a mapping, by the keys that lead to it, whether it is somebody else's, who may repeat keys in it."""


def read_yaml(
    text: str, offset: int = 0, tags: TagReader | None = None, is_foreign: IsForeign | None = None
) -> YamlDocument:
    """Read the one document that ``text`` holds; an empty text gives ``None``.

    Args:
        text: the document.
        offset: what to add to every offset that a `YamlProblem` reports, for text cut out of a file.
        tags: what to make of tags that plain YAML does not know; without it they are refused. It may raise a
            ``ValueError``, which becomes a `YamlProblem` of kind ``value`` in the right place.
        is_foreign: in which mappings the last of two equal keys counts, as YAML readers have it; else they are refused.

    Raises:
        YamlProblem: the text is no YAML, holds more than one document, or is dangerous or ambiguous.
    """
    try:
        root = _compose(text, is_foreign)
        if root is not None:
            _measure(root, {}, set())
        return YamlDocument(None if root is None else _Constructor(tags).construct_document(root), root)
    except YamlProblem as problem:
        start, end = problem.span
        raise YamlProblem(Span(start + offset, end + offset), problem.kind, problem.detail) from None
    except yaml.constructor.ConstructorError as error:
        at = error.problem_mark.index if error.problem_mark else 0
        kind = "tag" if "constructor for the tag" in (error.problem or "") else "value"
        raise YamlProblem(_point(text, at, offset), kind, error.problem or "") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlProblem(_point(text, mark.index if mark else 0, offset), "syntax", error.problem or "") from None
    except yaml.reader.ReaderError as error:
        raise YamlProblem(_point(text, error.position, offset), "syntax", error.reason) from None


_SAID = {
    "syntax": ("this is not YAML: {detail}", "YAML 语法有误：{detail}"),
    "duplicate-key": ("the key '{detail}' occurs twice", "键“{detail}”重复"),
    "too-large": ("the aliases write out to more than {detail} values", "别名展开后超过 {detail} 个值"),
    "too-deep": ("more than {detail} levels of nesting", "嵌套超过 {detail} 层"),
    "cycle": ("a value holds itself through an alias", "别名使一个值包含了它自身"),
    "tag": ("this tag is not allowed: {detail}", "不允许的标签：{detail}"),
    "value": ("this value cannot be read: {detail}", "这个值无法读取：{detail}"),
}


def fault_of(problem: YamlProblem, source: SourceText) -> ConfigFault:
    """The fault of use that ``problem`` is in a configuration file."""
    line, column = source.position(problem.span.start)
    en, zh = (said.format(detail=problem.detail) for said in _SAID[problem.kind])
    return ConfigFault(
        en=en,
        zh=zh,
        hint_en="mend the file at this place",
        hint_zh="请在此处改正该文件",
        where=f"{source.path}:{line}:{column}",
    )


def span_of(node: yaml.Node) -> Span:
    """The characters of a node, as libyaml counts them: a block collection ends where the next token begins."""
    start, end = node.start_mark, node.end_mark
    return Span(start.index, max(end.index, start.index)) if start and end else Span(0, 0)


def _point(text: str, at: int, offset: int) -> Span:
    at = min(at, len(text))
    return Span(offset + at, offset + min(at + 1, len(text)))


class _Constructor(yaml.constructor.SafeConstructor):
    """The safe constructor; values that Python cannot hold (30 February, 5,000 digits) keep their place."""

    def __init__(self, tags: TagReader | None) -> None:
        super().__init__()
        self.tags = tags

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            if self.tags is None or node.tag in self.yaml_constructors:
                return super().construct_object(node, deep=True)
            return self.tags(node.tag, self._plain(node))
        except (ValueError, OverflowError) as error:
            raise YamlProblem(span_of(node), "value", str(error)) from None

    def _plain(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            return self.construct_mapping(node, deep=True)
        if isinstance(node, yaml.SequenceNode):
            return self.construct_sequence(node, deep=True)
        return node.value


def _compose(text: str, is_foreign: IsForeign | None) -> yaml.Node | None:
    """The node tree of ``text``, made without recursion."""
    resolver: Any = yaml.resolver.Resolver()
    anchors: dict[str, yaml.Node] = {}
    root: yaml.Node | None = None
    open_nodes: list[Any] = []
    events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            node = open_nodes.pop()
            _close(node, event, is_unique=is_foreign is None or not is_foreign(_way(open_nodes)))
        elif isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise YamlProblem(_of(event), "syntax", "a second document")
        elif isinstance(event, yaml.NodeEvent):
            if isinstance(event, yaml.AliasEvent):
                if event.anchor not in anchors:
                    raise YamlProblem(_of(event), "syntax", f"undefined alias *{event.anchor}")
                node = anchors[event.anchor]
            else:
                node = _open(event, resolver)
                if event.anchor:
                    anchors[event.anchor] = node
            if open_nodes:
                open_nodes[-1].value.append(node)
            else:
                root = node
            if isinstance(event, yaml.CollectionStartEvent):
                if len(open_nodes) >= MAX_DEPTH:
                    raise YamlProblem(_of(event), "too-deep", str(MAX_DEPTH))
                open_nodes.append(node)
    return root


def _open(event: Any, resolver: Any) -> yaml.Node:
    """The node that ``event`` starts, with its tag resolved; a collection is still empty."""
    kind: Any = yaml.SequenceNode
    if isinstance(event, yaml.ScalarEvent):
        kind = yaml.ScalarNode
    elif isinstance(event, yaml.MappingStartEvent):
        kind = yaml.MappingNode
    value = event.value if kind is yaml.ScalarNode else []
    tag = event.tag
    if tag is None or tag == "!":
        tag = resolver.resolve(kind, value, event.implicit)
    node: yaml.Node = kind(tag, value, event.start_mark, event.end_mark)
    return node


def _close(node: Any, event: Any, *, is_unique: bool) -> None:
    node.end_mark = event.end_mark
    if isinstance(node, yaml.MappingNode):
        node.value = _pairs(node, is_unique=is_unique)


def _way(open_nodes: list[Any]) -> tuple[str, ...]:
    """The keys that lead to the node that stands last in the innermost open one."""
    mappings = (node for node in open_nodes if isinstance(node, yaml.MappingNode))
    return tuple(str(node.value[-2].value) for node in mappings if len(node.value) > 1)


def _of(event: Any) -> Span:
    return Span(event.start_mark.index, max(event.end_mark.index, event.start_mark.index + 1))


def _pairs(node: yaml.MappingNode, *, is_unique: bool) -> list[tuple[yaml.Node, yaml.Node]]:
    """Keys with their values, from the flat list they were collected in.

    Raises:
        YamlProblem: a key occurs twice, and each must be unique.
    """
    flat: list[Any] = node.value
    seen: set[tuple[str, str]] = set()
    for key in flat[::2] if is_unique else ():
        if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
            name = (key.tag, key.value)
            if name in seen:
                raise YamlProblem(span_of(key), "duplicate-key", key.value)
            seen.add(name)
    return list(zip(flat[::2], flat[1::2], strict=True))


def _measure(node: yaml.Node, sizes: dict[int, int], path: set[int]) -> int:
    """How many nodes ``node`` comes to with every alias written out.

    Raises:
        YamlProblem: more than can be meant (a "bomb"), or endlessly many (a collection that holds itself).
    """
    if isinstance(node, yaml.ScalarNode):
        return 1
    known = sizes.get(id(node))
    if known is not None:
        return known
    if id(node) in path or len(path) > 4 * MAX_DEPTH:
        raise YamlProblem(span_of(node), "cycle")
    path.add(id(node))
    total = 1
    for child in node.value:
        parts = child if isinstance(child, tuple) else (child,)
        total += sum(_measure(part, sizes, path) for part in parts)
        if total > MAX_NODES:
            raise YamlProblem(span_of(node), "too-large", str(MAX_NODES))
    path.discard(id(node))
    sizes[id(node)] = total
    return total
