"""Read configuration files: YAML with MkDocs' tags and INHERIT, nothing imported and nothing run."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from convergence_docs.config.record import PythonName
from convergence_docs.errors import ConfigFault
from convergence_docs.text import decode

if TYPE_CHECKING:
    import yaml

MAX_BYTES = 4_000_000
MAX_PARENTS = 10
_PYTHON = "tag:yaml.org,2002:python/"

_KINDS = {
    "syntax": ("This is not valid YAML: {detail}.", "不是有效的 YAML：{detail}。"),
    "duplicate-key": ("The key '{detail}' occurs twice.", "键“{detail}”出现了两次。"),
    "too-large": ("Aliases make this more than {detail} values.", "别名展开后超过 {detail} 个值。"),
    "too-deep": ("Values are nested more than {detail} levels deep.", "嵌套超过 {detail} 层。"),
    "cycle": ("A value contains itself.", "某个值包含了它自身。"),
    "value": ("A value cannot be read: {detail}.", "某个值无法读取：{detail}。"),
    "tag": ("A tag is unknown: {detail}.", "未知的标签：{detail}。"),
}


class FromEnvironment(str):
    """A text that ``!ENV`` took from the environment: it may be a secret, so no message repeats it."""

    __slots__ = ()


class Layer(NamedTuple):
    """One file that was read: its path, its text and its node tree."""

    path: str
    text: str
    root: yaml.Node | None


class Document(NamedTuple):
    """A configuration: its values, and the files they come from, the file itself first, then its parents."""

    values: dict[str, Any]
    layers: tuple[Layer, ...]

    def where(self, path: Sequence[str | int]) -> str:
        """``file:line:column`` of a dotted path's last part that some layer holds."""
        best = (0, self.layers[0].path)
        for layer in self.layers:
            depth, place = _locate(layer, path)
            if depth > best[0]:
                best = (depth, place)
        return best[1]

    def fault(self, path: Sequence[str | int], en: str, zh: str, hint_en: str = "", hint_zh: str = "") -> ConfigFault:
        """A fault about the value at ``path``; both sentences may hold ``{path}``."""
        dotted = ".".join(map(str, path))
        en, zh = en.replace("{path}", dotted), zh.replace("{path}", dotted)
        return ConfigFault(en=en, zh=zh, hint_en=hint_en, hint_zh=hint_zh, where=self.where(path))


def read_document(path: str, boundary: str) -> Document:
    """Read a configuration file and what it inherits from.

    Args:
        path: the file.
        boundary: the folder that parents must lie in.

    Raises:
        ConfigFault: a file cannot be read or does not hold a mapping, or parents go in circles.
    """
    layers: list[Layer] = []
    maps: list[dict[str, Any]] = []
    seen: set[str] = set()
    current: str | None = os.path.abspath(path)
    while current is not None:
        real = os.path.realpath(current)
        if real in seen or len(seen) >= MAX_PARENTS:
            raise ConfigFault(
                en="INHERIT goes in circles or too deep.", zh="INHERIT 循环或层级过多。", where=layers[-1].path
            )
        seen.add(real)
        layer, values = _read_layer(current, layers[-1].path if layers else "")
        layers.append(layer)
        parent = values.pop("INHERIT", None)
        maps.append(values)
        current = _parent(parent, layer, boundary)
    merged: dict[str, Any] = {}
    for values in reversed(maps):
        merged = _merged(merged, values)
    return Document(merged, tuple(layers))


def _parent(parent: Any, layer: Layer, boundary: str) -> str | None:
    if parent is None:
        return None
    document = Document({}, (layer,))
    if not isinstance(parent, str):
        raise document.fault(("INHERIT",), "'{path}' must name a file.", "“{path}”必须是文件名。")
    where = os.path.normpath(os.path.join(os.path.dirname(layer.path), parent))
    inside = os.path.realpath(boundary).rstrip(os.sep) + os.sep
    if "\0" in where or not os.path.realpath(where).startswith(inside):
        raise document.fault(
            ("INHERIT",),
            "'{path}' leads out of the repository; nothing outside is read.",
            "“{path}”指向仓库之外；仓库之外的文件不会被读取。",
        )
    return where


def _read_layer(path: str, child: str) -> tuple[Layer, dict[str, Any]]:
    from convergence_docs.yaml_document import YamlProblem, read_yaml

    text = _read_text(path, child)
    try:
        value, root = read_yaml(text, tags=_read_tag, is_foreign=_is_foreign)
    except YamlProblem as problem:
        en, zh = _KINDS.get(problem.kind, ("{detail}", "{detail}"))
        detail = problem.detail.rstrip(".")
        line, column = _position(text, problem.span.start)
        raise ConfigFault(
            en=en.replace("{detail}", detail), zh=zh.replace("{detail}", detail), where=f"{path}:{line}:{column}"
        ) from None
    if value is None:
        value = {}
    if not isinstance(value, dict):
        raise ConfigFault(
            en="This file must hold a mapping of keys to values.",
            zh="该文件的内容必须是键值映射。",
            where=f"{path}:1:1",
        )
    return Layer(path, text, root), {str(key): inner for key, inner in value.items()}


def _is_foreign(way: tuple[str, ...]) -> bool:
    """Whether a mapping holds others' options, in which MkDocs lets a key occur twice: not ours, and not the file's."""
    return bool(way) and way[:2] != ("extra", "convergence")[: len(way)]


def _read_text(path: str, child: str) -> str:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(handle, "rb") as file:
            is_file = stat.S_ISREG(os.fstat(handle).st_mode)
            data = file.read(MAX_BYTES + 1) if is_file else b""
    except OSError as error:
        hint_en = f"'{child}' inherits from it." if child else ""
        hint_zh = f"“{child}”通过 INHERIT 引用了它。" if child else ""
        said = error.strerror or type(error).__name__
        raise ConfigFault(
            en=f"The configuration cannot be read: {said}.",
            zh=f"配置文件无法读取：{said}。",
            hint_en=hint_en,
            hint_zh=hint_zh,
            where=path,
        ) from None
    if not is_file:
        raise ConfigFault(en="The configuration is no ordinary file.", zh="配置文件不是普通文件。", where=path)
    if len(data) > MAX_BYTES:
        raise ConfigFault(
            en=f"The configuration is larger than {MAX_BYTES} bytes.", zh=f"配置文件超过 {MAX_BYTES} 字节。", where=path
        )
    source = decode(data, path)
    if source.problem is not None:
        raise ConfigFault(
            en=f"The configuration is not UTF-8 text ({source.problem.kind}).",
            zh=f"配置文件不是 UTF-8 文本（{source.problem.kind}）。",
            hint_en="Save it as UTF-8.",
            hint_zh="请以 UTF-8 编码保存。",
            where=path,
        )
    return source.text


def _read_tag(tag: str, value: Any) -> Any:
    """What a tag that YAML does not know stands for, going by its name alone."""
    if tag == "!ENV":
        return _from_environment(value)
    if tag == "!relative":
        return value if isinstance(value, str) else ""
    if tag == _PYTHON + "tuple" and isinstance(value, list):
        return tuple(value)
    if tag.startswith(_PYTHON):
        kind, _, name = tag.removeprefix(_PYTHON).partition(":")
        keywords = value.get("kwds", {}) if isinstance(value, dict) and kind.startswith("object/") else {}
        return PythonName(name or kind, keywords if isinstance(keywords, dict) else {})
    raise ValueError(f"{tag} is none of !ENV, !relative and !!python/...")


def _from_environment(value: Any) -> Any:
    names = value if isinstance(value, list) else [value]
    default = names[-1] if isinstance(value, list) and len(names) > 1 else None
    for name in names[:-1] if isinstance(value, list) and len(names) > 1 else names:
        found = (
            os.environ.get(name) if isinstance(name, str) and name and "=" not in name and "\0" not in name else None
        )
        if found is not None:
            # pyyaml_env_tag lets a variable be a boolean or a number, as YAML would read it.
            plain = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False, "": None}
            if found.lower() in plain:
                return plain[found.lower()]
            return int(found) if found.isascii() and found.isdigit() and len(found) < 10 else FromEnvironment(found)
    return default


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Mappings merge key by key, everything else is replaced, as MkDocs does it. Depth is bounded by the reader."""
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        result[key] = _merged(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return result


def _locate(layer: Layer, path: Sequence[str | int]) -> tuple[int, str]:
    node: Any = layer.root
    depth, mark = 0, None
    for part in path:
        value = getattr(node, "value", None)
        step = None
        if isinstance(value, list) and isinstance(part, int) and part < len(value) and not isinstance(value[0], tuple):
            step = value[part], value[part].start_mark
        elif isinstance(value, list):
            pairs = (pair for pair in value if isinstance(pair, tuple))
            step = next(((inner, key.start_mark) for key, inner in pairs if str(key.value) == str(part)), None)
        if step is None:
            break
        node, mark = step
        depth += 1
    return depth, f"{layer.path}:{mark.line + 1}:{mark.column + 1}" if mark else layer.path


def _position(text: str, offset: int) -> tuple[int, int]:
    start = text.rfind("\n", 0, offset) + 1
    return text.count("\n", 0, offset) + 1, offset - start + 1
