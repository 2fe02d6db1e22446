"""What a style sheet says of every element: the part of CSS that Mermaid's own style sheets need."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, Protocol

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIMPLE = re.compile(
    r"""\#(?P<id>[\w-]+) | \.(?P<class>[\w-]+)
    | \[(?P<name>[\w-]+)(?:(?P<how>[~^$*|]?=)["']?(?P<value>[^"'\]]*)["']?)?\]
    | :(?P<pseudo>[\w-]+)(?:\((?P<inside>[^()]*)\))? | (?P<tag>[\w-]+) | (?P<any>\*)""",
    re.VERBOSE,
)
_COMBINED = re.compile(r"\s*([>+~])\s*|\s+")


class Element(Protocol):
    """What selectors ask of an element."""

    @property
    def tag(self) -> str:
        """Its name, without a namespace."""

    @property
    def attributes(self) -> dict[str, str]:
        """As they were written."""

    @property
    def parent(self) -> Element | None:
        """The element around it."""

    @property
    def position(self) -> tuple[int, int]:
        """Which one it is of how many elements below its parent, from 0."""


class Declaration(NamedTuple):
    """A property's value, and what it wins against: the greater ``weight``; of equals, the later one."""

    name: str
    value: str
    weight: tuple[int, int, int, int, int]


class _Compound(NamedTuple):
    combinator: str
    tests: tuple[Callable[[Element], bool], ...]


class _Rule(NamedTuple):
    chain: tuple[_Compound, ...]
    declarations: tuple[Declaration, ...]


class StyleSheet:
    """Rules, found by what their last part asks for. At-rules and what is not understood match nothing."""

    def __init__(self, text: str) -> None:
        self._by_key: dict[str, list[_Rule]] = defaultdict(list)
        for order, (selectors, body) in enumerate(_rules(_COMMENT.sub("", text))):
            said = tuple(parse_declarations(body))
            for selector in _split(selectors, ","):
                parsed = _selector(selector.strip())
                if parsed and said:
                    key, specificity, chain = parsed
                    weighed = tuple(
                        Declaration(name, value, (important, *specificity, order)) for name, value, important in said
                    )
                    self._by_key[key].append(_Rule(chain, weighed))

    def declarations(self, element: Element) -> Iterator[Declaration]:
        """All that is declared for an element, in no order."""
        keys = [f"#{element.attributes.get('id', '')}", element.tag.lower(), "*"]
        keys += [f".{name}" for name in element.attributes.get("class", "").split()]
        for key in keys:
            for rule in self._by_key.get(key, ()):
                if _matches(element, rule.chain, len(rule.chain) - 1):
                    yield from rule.declarations


def parse_declarations(text: str) -> Iterator[tuple[str, str, int]]:
    """The name, the value and whether it is important (1 or 0) of each declaration in a ``style`` attribute."""
    for part in _split(text, ";"):
        name, colon, value = part.partition(":")
        value, bang, word = value.strip().partition("!")
        if colon and value.strip() and (not bang or word.strip().lower() == "important"):
            yield name.strip().lower(), value.strip(), 1 if bang else 0


def _rules(text: str) -> Iterator[tuple[str, str]]:
    at, depth, start, selectors = 0, 0, 0, ""
    for match in re.finditer(r"[{}]", text):
        at = match.start()
        if match[0] == "{":
            if depth == 0:
                selectors, start = text[start:at].strip(), at + 1
            depth += 1
        else:
            depth = max(0, depth - 1)
            if depth == 0:
                if not selectors.startswith("@"):
                    yield selectors, text[start:at]
                start = at + 1


def _split(text: str, separator: str) -> Iterator[str]:
    depth, quote, start = 0, "", 0
    for at, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        elif character == separator and depth == 0:
            yield text[start:at]
            start = at + 1
    yield text[start:]


@lru_cache(maxsize=4096)
def _selector(text: str) -> tuple[str, tuple[int, int, int], tuple[_Compound, ...]] | None:
    chain: list[_Compound] = []
    counts = [0, 0, 0]
    key, at, combinator = "*", 0, ""
    while at < len(text):
        tests: list[Callable[[Element], bool]] = []
        key = "*"
        while match := _SIMPLE.match(text, at):
            test = _test(match.groupdict())
            if test is None:
                return None
            tests.append(test)
            at = match.end()
            rank = 0 if match["id"] else 2 if match["tag"] else 1
            counts[rank] += 0 if match["any"] else 1
            if match["id"] or (match["class"] and not key.startswith("#")) or (match["tag"] and key == "*"):
                key = match[0].lower() if match["tag"] else match[0]
        joined = _COMBINED.match(text, at)
        if not tests or (at < len(text) and not joined):
            return None
        chain.append(_Compound(combinator, tuple(tests)))
        if joined:
            combinator, at = joined[1] or " ", joined.end()
    return (key, (counts[0], counts[1], counts[2]), tuple(chain)) if chain else None


def _test(found: Mapping[str, str | None]) -> Callable[[Element], bool] | None:
    if found["any"]:
        return lambda _: True
    if (tag := found["tag"]) is not None:
        return lambda element: element.tag.lower() == tag.lower()
    if (identity := found["id"]) is not None:
        return lambda element: element.attributes.get("id") == identity
    if (word := found["class"]) is not None:
        return lambda element: word in element.attributes.get("class", "").split()
    if (name := found["name"]) is not None:
        return _attribute_test(name, found["how"] or "", found["value"] or "")
    if found["pseudo"] == "not":
        parsed = _selector((found["inside"] or "").strip())
        if parsed is None:
            return None
        chain = parsed[2]
        return lambda element: not _matches(element, chain, len(chain) - 1)
    if found["pseudo"] == "first-child":
        return lambda element: element.position[0] == 0
    if found["pseudo"] == "last-child":
        return lambda element: element.position[0] == element.position[1] - 1
    return None


def _attribute_test(name: str, how: str, value: str) -> Callable[[Element], bool]:
    tests: dict[str, Callable[[str], bool]] = {
        "": lambda _: True,
        "=": lambda said: said == value,
        "^=": lambda said: said.startswith(value),
        "$=": lambda said: said.endswith(value),
        "*=": lambda said: value in said,
        "~=": lambda said: value in said.split(),
        "|=": lambda said: said == value or said.startswith(f"{value}-"),
    }
    test = tests[how]
    return lambda element: name in element.attributes and test(element.attributes[name])


def _matches(element: Element, chain: tuple[_Compound, ...], at: int) -> bool:
    for test in chain[at].tests:
        if not test(element):
            return False
    if at == 0:
        return True
    above = element.parent
    if chain[at].combinator == ">":
        return above is not None and _matches(above, chain, at - 1)
    while chain[at].combinator == " " and above is not None:
        if _matches(above, chain, at - 1):
            return True
        above = above.parent
    return False
