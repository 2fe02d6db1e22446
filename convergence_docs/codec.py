"""Records to JSON and back, by their own field types: what is a named tuple there is a list here.

JSON and not pickle, because a cache may come from anywhere: reading one can fail, but never run anything.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import cache
from json import JSONDecodeError, loads
from json.encoder import JSONEncoder
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from convergence_docs.diagnostic import Finding
from convergence_docs.text import Span

Decode = Callable[[Any], Any]
_FIELDS = tuple(Finding.__dataclass_fields__)
_values_of = attrgetter(*_FIELDS)
_encode = JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class Damaged(ValueError):
    """The bytes are not what this program wrote."""


def dump(value: Any) -> bytes:
    """JSON of plain values and named tuples, on one line."""
    return _encode(value).encode("utf-8", "surrogatepass")


def load(data: bytes) -> Any:
    """Plain values from JSON.

    Raises:
        Damaged: it is no JSON.
    """
    try:
        return loads(data.decode("utf-8", "surrogatepass"))
    except (JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Damaged(str(error)) from None


def plain(findings: tuple[Finding, ...]) -> list[tuple[Any, ...]]:
    """Findings as tuples that `dump` can take."""
    return [_values_of(finding) for finding in findings]


def revive_findings(values: list[list[Any]]) -> tuple[Finding, ...]:
    """Findings from what `plain` made of them, after JSON.

    Raises:
        Damaged: they are none.
    """
    decoders = _finding_decoders()
    try:
        for value in values:
            for at, decode in decoders:
                value[at] = decode(value[at])
        return tuple([Finding(**dict(zip(_FIELDS, value, strict=True))) for value in values])
    except (TypeError, ValueError, KeyError, IndexError) as error:
        raise Damaged(str(error)) from None


def revive(kind: type, value: Any) -> Any:
    """A named tuple of type ``kind`` from its JSON.

    Raises:
        Damaged: it is none.
    """
    decode = decoder(kind)
    try:
        return decode(value) if decode else value
    except (TypeError, ValueError, KeyError, IndexError) as error:
        raise Damaged(str(error)) from None


@cache
def _finding_decoders() -> tuple[tuple[int, Decode], ...]:
    hints = get_type_hints(Finding)
    pairs = ((at, decoder(hints[name])) for at, name in enumerate(_FIELDS))
    return tuple((at, decode) for at, decode in pairs if decode)


_make = tuple.__new__
"""Makes a named tuple in half the time of its own ``_make``, which counts the fields once more."""


def _span(value: list[int]) -> Span:
    start, end = value
    return _make(Span, (start, end))


def _links(values: list[list[Any]]) -> tuple[Any, ...]:
    """Links, of which a book holds more than of anything else: written out, in a third of the general way's time."""
    from convergence_docs.model.nodes import Link, LinkKind

    kinds = {kind.value: kind for kind in LinkKind}
    return tuple(
        [
            _make(
                Link,
                (
                    kinds[kind],
                    _make(Span, (start, end)),
                    text,
                    _make(Span, (text_start, text_end)),
                    destination,
                    _make(Span, (target_start, target_end)),
                    title,
                    label,
                    is_bracketed,
                ),
            )
            for (
                kind,
                (start, end),
                text,
                (text_start, text_end),
                destination,
                (target_start, target_end),
                title,
                label,
                is_bracketed,
            ) in values
        ]
    )


@cache
def decoder(kind: Any) -> Decode | None:
    """What turns the JSON of a value of type ``kind`` back into one; ``None`` where it already is one."""
    if kind is Span:
        return _span
    if getattr(kind, "__name__", "") == "Link":
        return lambda value: _links([value])[0]
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        return _tuple_decoder(inner)
    if origin in (Union, UnionType):
        decoders = [decode for one in inner if one is not NoneType and (decode := decoder(one))]
        return _optional(decoders[0]) if decoders else None
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {member.value: member for member in kind}.__getitem__
    if isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return _record_decoder(kind)
    return None


def _tuple_decoder(inner: tuple[Any, ...]) -> Decode:
    if len(inner) == 2 and inner[1] is Ellipsis:
        if getattr(inner[0], "__name__", "") == "Link":
            return _links
        decode = decoder(inner[0])
        return (lambda values: tuple([decode(value) for value in values])) if decode else tuple
    decoders = [decoder(one) for one in inner]
    if not any(decoders):
        return tuple
    return lambda values: tuple(
        [decode(value) if decode else value for decode, value in zip(decoders, values, strict=True)]
    )


def _optional(decode: Decode) -> Decode:
    return lambda value: None if value is None else decode(value)


def _record_decoder(kind: Any) -> Decode:
    hints = get_type_hints(kind)
    parts = [(at, decode) for at, name in enumerate(kind._fields) if (decode := decoder(hints[name]))]
    make, size = kind._make, len(kind._fields)
    if not parts:
        return make  # type: ignore[no-any-return]  # a class known only at run time is Any

    def revive_record(values: list[Any]) -> Any:
        for at, decode in parts:
            values[at] = decode(values[at])
        return make(values)

    revive_record.__doc__ = f"A {kind.__name__} of {size} fields."
    return revive_record
