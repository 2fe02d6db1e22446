"""Which addresses a book's links lead to, each with the places that name it, and which of them may be asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from convergence_docs.external.wishes import Wishes
from convergence_docs.model.book import Book
from convergence_docs.text import Span

_WEB = re.compile(r"https?://", re.IGNORECASE)
_LOCAL = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".intranet")
_RESERVED = (".example", ".invalid", ".test", "example.com", "example.org", "example.net")
"""Names that stand for no site (RFC 2606, RFC 6761)."""


class Naming(NamedTuple):
    """A place that names an address: chapter, and where the address stands in it."""

    path: str
    span: Span


class Gathered(NamedTuple):
    """Addresses to ask for with the places that name them, and how many are not asked for."""

    wanted: dict[str, tuple[Naming, ...]]
    left_out: int


def gather(book: Book, wishes: Wishes, is_meant: Callable[[Naming], bool]) -> Gathered:
    """What the chapters' links lead to on the web. Fragments are left out: only the page is asked for."""
    found: dict[str, list[Naming]] = {}
    for path, entry in book.entries.items():
        for link in entry.links:
            if _WEB.match(link.destination):
                found.setdefault(address_of(link.destination), []).append(Naming(path, link.destination_span))
    wanted: dict[str, tuple[Naming, ...]] = {}
    left_out = 0
    for address in sorted(found):
        places = tuple(dict.fromkeys(place for place in found[address] if is_meant(place)))
        if not places:
            continue
        if may_be_asked(address, wishes):
            wanted[address] = places
        else:
            left_out += 1
    return Gathered(wanted, left_out)


def address_of(destination: str) -> str:
    """What is asked for: without the fragment, in ASCII where RFC 3986 wants it."""
    return quote(destination.partition("#")[0].strip(), safe="%/:=&?~+!$,;'@()*[]._-|")


def may_be_asked(address: str, wishes: Wishes) -> bool:
    """Whether an address is one that the settings let be asked for."""
    if any(fnmatchcase(address, glob) for glob in wishes.deny):
        return False
    if wishes.allow and not any(fnmatchcase(address, glob) for glob in wishes.allow):
        return False
    return wishes.private or not is_private(address)


def is_private(address: str) -> bool:
    """Whether an address is, going by its characters, of a private network, of this machine, or of no site at all."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".").lower()
    except ValueError:
        return False  # no address at all: that is to be told
    if host == "localhost" or _ends(host, (*_LOCAL, *_RESERVED)):
        return True
    try:
        return not ip_address(host).is_global
    except ValueError:
        return False


def _ends(host: str, endings: Iterable[str]) -> bool:
    return any(host == one.lstrip(".") or host.endswith(one if one[0] == "." else f".{one}") for one in endings)
