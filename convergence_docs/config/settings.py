"""The checker's own settings: ``extra.convergence`` in ``mkdocs.yml``, or a settings file with the same keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from convergence_docs.config.document import Document, read_document
from convergence_docs.config.record import Config, DiagramSettings, Settings
from convergence_docs.diagnostic import Severity
from convergence_docs.errors import ConfigFault

KEYS = (
    "severity",
    "paths",
    "options",
    "vocabulary",
    "max_bytes",
    "trusted",
    "site",
    "baseline",
    "external",
    "diagrams",
    "redirects",
)
_DIAGRAM_KEYS = ("verify", "seconds", "characters")
_SEVERITIES = ("error", "warning", "notice", "off")

Path = tuple[str | int, ...]


class Known(NamedTuple):
    """What settings may say of a rule: its name, and its options with their defaults."""

    name: str
    options: Mapping[str, Any]


def read_settings(document: Document, at: Path) -> Settings:
    """The settings below ``at``; everything but the names of rules and options is checked here.

    Raises:
        ConfigFault: a key is unknown, or a value is of the wrong kind.
    """
    values: Any = document.values
    for part in at:
        values = _mapping(document, at, values).get(str(part))
        if values is None:
            return Settings()
    mapping = _mapping(document, at, values)
    for key in mapping:
        if key not in KEYS:
            raise _unknown(document, (*at, key), key, KEYS)
    return Settings(
        severity=_severities(document, (*at, "severity"), mapping.get("severity")),
        paths=tuple(_paths(document, (*at, "paths"), mapping.get("paths"))),
        options=_options(document, (*at, "options"), mapping.get("options")),
        vocabulary=_text(document, (*at, "vocabulary"), mapping.get("vocabulary")),
        max_bytes=_size(document, (*at, "max_bytes"), mapping.get("max_bytes")),
        trusted=_texts(document, (*at, "trusted"), mapping.get("trusted")),
        site=_mapping(document, (*at, "site"), mapping.get("site")),
        baseline=_text(document, (*at, "baseline"), mapping.get("baseline")),
        external=_mapping(document, (*at, "external"), mapping.get("external")),
        redirects=_text(document, (*at, "redirects"), mapping.get("redirects")),
        diagrams=_diagrams(document, (*at, "diagrams"), mapping.get("diagrams")),
    )


def check_names(config: Config, known: Mapping[str, Known]) -> None:
    """Refuse settings that name rules or options that do not exist, or give an option a value of the wrong kind.

    Args:
        config: whose settings.
        known: rules by code.

    Raises:
        ConfigFault: with the dotted path and the likeliest names.
    """
    settings = config.settings
    names = {one.name for one in known.values()}
    by_word = {**known, **{one.name: one for one in known.values()}}
    words: list[tuple[str, ...]] = [("severity", word) for word in settings.severity]
    words += [("paths", glob, word) for glob, severities in settings.paths for word in severities]
    for path in words:
        if path[-1] not in by_word:
            raise _unknown(_reread(config), _rooted(config, path), path[-1], names | set(known))
    for word, options in settings.options.items():
        rule = by_word.get(word)
        if rule is None:
            raise _unknown(_reread(config), _rooted(config, ("options", word)), word, names | set(known))
        for option, value in options.items():
            here = ("options", word, option)
            if option not in rule.options:
                raise _unknown(_reread(config), _rooted(config, here), option, rule.options)
            if (kind := _misfit(value, rule.options[option])) is not None:
                raise _wrong(_reread(config), _rooted(config, here), kind)


def _reread(config: Config) -> Document:
    """The document that the settings came from: positions are needed only once something is wrong."""
    where = config.settings_file or config.config_file
    return read_document(where, config.boundary) if where else Document({}, ())


def _rooted(config: Config, path: Path) -> Path:
    return path if config.settings_file else ("extra", "convergence", *path)


_KINDS = {
    "mapping": ("a mapping", "键值映射"),
    "text": ("a text", "文本"),
    "texts": ("a list of texts", "文本列表"),
    "list": ("a list", "列表"),
    "truth": ("true or false", "true 或 false"),
    "size": ("a whole number above 0", "大于 0 的整数"),
    "number": ("a number", "数字"),
    "amount": ("a number above 0", "大于 0 的数字"),
}


def _misfit(value: Any, default: Any) -> str | None:
    """The kind that ``value`` should be of, going by the default; ``None`` where it is."""
    if isinstance(default, bool):
        return None if isinstance(value, bool) else "truth"
    if isinstance(default, int | float):
        return None if isinstance(value, int | float) and not isinstance(value, bool) else "number"
    if isinstance(default, str):
        return None if isinstance(value, str) else "text"
    if isinstance(default, Mapping):
        return None if isinstance(value, Mapping) else "mapping"
    if isinstance(default, list | tuple | set | frozenset):
        if default and all(isinstance(one, str) for one in default):
            return None if isinstance(value, list) and all(isinstance(one, str) for one in value) else "texts"
        return None if isinstance(value, list) else "list"
    return None


def _wrong(document: Document, path: Path, kind: str) -> ConfigFault:
    en, zh = _KINDS[kind]
    return document.fault(path, f"'{{path}}' must be {en}.", f"“{{path}}”必须是{zh}。")


def _unknown(document: Document, path: Path, word: Any, known: Iterable[str]) -> ConfigFault:
    from difflib import get_close_matches

    choices = sorted(known)
    folded = {choice.lower(): choice for choice in choices}
    near = [folded[one] for one in get_close_matches(str(word).lower(), folded, 3, 0.6)]
    if near:
        hint_en, hint_zh = f"Did you mean {' or '.join(near)}?", f"是否想写 {' 或 '.join(near)}？"
    elif len(choices) <= 12:
        hint_en, hint_zh = (
            f"Known here: {', '.join(choices) or 'nothing'}.",
            f"此处可用：{'、'.join(choices) or '无'}。",
        )
    else:
        hint_en = "'convergence-docs rules' lists all rules."
        hint_zh = "用 convergence-docs rules 查看全部规则。"
    return document.fault(path, "'{path}' is unknown.", "“{path}”无法识别。", hint_en, hint_zh)


def _mapping(document: Document, path: Path, value: Any) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise _wrong(document, path, "mapping")
    return {str(key): inner for key, inner in value.items()}


def _severities(document: Document, path: Path, value: Any) -> dict[str, Severity | None]:
    return {word: _severity(document, (*path, word), said) for word, said in _mapping(document, path, value).items()}


def _severity(document: Document, path: Path, said: Any) -> Severity | None:
    if said is False or said == "off":  # YAML reads a bare off as false
        return None
    if not isinstance(said, str) or said not in _SEVERITIES:
        known = "、".join(_SEVERITIES)
        raise document.fault(
            path,
            f"'{{path}}' must be one of {', '.join(_SEVERITIES)}.",
            f"“{{path}}”只能是 {known} 之一。",
        )
    return Severity(said)


def _paths(document: Document, path: Path, value: Any) -> Iterable[tuple[str, Mapping[str, Severity | None]]]:
    """Globs with severities: a mapping, or a list of mappings where the order shall be seen."""
    parts: Sequence[tuple[Path, Any]] = [(path, value)]
    if isinstance(value, list):
        parts = [((*path, at), one) for at, one in enumerate(value)]
    for here, one in parts:
        for glob, severities in _mapping(document, here, one).items():
            yield glob, _severities(document, (*here, glob), severities)


def _options(document: Document, path: Path, value: Any) -> dict[str, Mapping[str, Any]]:
    return {word: _mapping(document, (*path, word), said) for word, said in _mapping(document, path, value).items()}


def _text(document: Document, path: Path, value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise _wrong(document, path, "text")
    return value


def _texts(document: Document, path: Path, value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _wrong(document, path, "texts")
    return tuple(value)


def _diagrams(document: Document, path: Path, value: Any) -> DiagramSettings:
    mapping = _mapping(document, path, value)
    for key in mapping:
        if key not in _DIAGRAM_KEYS:
            raise _unknown(document, (*path, key), key, _DIAGRAM_KEYS)
    default = DiagramSettings()
    verify, seconds = mapping.get("verify", default.verify), mapping.get("seconds", default.seconds)
    if not isinstance(verify, bool):
        raise _wrong(document, (*path, "verify"), "truth")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds < float("inf"):
        raise _wrong(document, (*path, "seconds"), "amount")
    characters = mapping.get("characters")
    return DiagramSettings(
        verify=verify,
        seconds=float(seconds),
        characters=default.characters if characters is None else _size(document, (*path, "characters"), characters),
    )


def _size(document: Document, path: Path, value: Any) -> int:
    if value is None:
        return Settings().max_bytes
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise _wrong(document, path, "size")
    return value
