"""When two addresses are surely the same source: versions of a preprint, spellings of a DOI, of a host, of a scheme."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import quote, unquote, urlsplit

_NEW_ID = r"\d{4}\.\d{4,5}"
_OLD_ID = r"[a-z-]+(?:\.[A-Z]{2})?/\d{7}"
_ARXIV: Final = re.compile(rf"/(?:abs|pdf|html|format)/({_NEW_ID}|{_OLD_ID})(?:v\d+)?(?:\.pdf)?/?")
_ARXIV_DOI: Final = re.compile(rf"10\.48550/arxiv\.({_NEW_ID}|{_OLD_ID})(?:v\d+)?", re.IGNORECASE)
_DOI: Final = re.compile(r"10\.\d{4,9}/\S+")
_DOI_PATH: Final = re.compile(r"/doi/(?:(?:abs|full|pdf|epdf|pdfplus)/)?(10\.\d{4,9}/[^?#]+)")
_WRITTEN_ARXIV: Final = re.compile(rf"\barXiv:\s*({_NEW_ID}|{_OLD_ID})(?:v\d+)?", re.IGNORECASE)
_WRITTEN_DOI: Final = re.compile(r"\bdoi:\s*(10\.\d{4,9}/[^\s，。；、）)\]>]+)", re.IGNORECASE)
_UNESCAPED: Final = re.compile(r"[A-Za-z0-9._~-]")
_ESCAPE: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_LONGEST_LABEL: Final = 60


class Address(NamedTuple):
    """A source's address: what it has in common with its variants, where it leads, and how it is named.

    ``is_identifier`` tells whether it names a publication (a DOI, a preprint) rather than a page.
    """

    key: str
    url: str
    label: str
    is_identifier: bool = False


def read_address(url: str) -> Address | None:
    """The address that a destination is; ``None`` where it is none of the web."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    if host in ("arxiv.org", "www.arxiv.org") and (match := _ARXIV.fullmatch(parts.path)):
        return arxiv(match[1])
    written = unquote(parts.path)
    if host in ("doi.org", "dx.doi.org", "www.doi.org") and _DOI.fullmatch(written[1:]):
        return doi(written[1:])
    if match := _DOI_PATH.fullmatch(written):
        return doi(match[1])
    usual = {"http": 80, "https": 443}[parts.scheme.lower()]
    place = host if port in (None, usual) else f"{host}:{port}"
    path = _ESCAPE.sub(_lighter, parts.path) or "/"
    rest = path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    name = place.removeprefix("www.") + unquote(rest).rstrip("/")
    label = name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1]}…"
    return Address(f"web:{place}{rest}", url.strip(), label)


def _lighter(match: re.Match[str]) -> str:
    """An escape that hides nothing, undone; any other in capitals (RFC 3986, section 6.2.2)."""
    character = chr(int(match[0][1:], 16))
    return character if _UNESCAPED.fullmatch(character) else match[0].upper()


def arxiv(name: str) -> Address:
    """A preprint, whatever its version."""
    return Address(f"arxiv:{name}", f"https://arxiv.org/abs/{name}", f"arXiv:{name}", is_identifier=True)


def doi(name: str) -> Address:
    """A publication by its DOI, in which capitals mean nothing (ISO 26324)."""
    if match := _ARXIV_DOI.fullmatch(name):
        return arxiv(match[1])
    return Address(f"doi:{name.lower()}", f"https://doi.org/{quote(name, safe='/().;:-_')}", f"doi:{name}", True)


def without_written(text: str, address: Address) -> str:
    """The text without the identifier that it names, where that is this address."""
    for pattern, read in ((_WRITTEN_DOI, doi), (_WRITTEN_ARXIV, arxiv)):
        match = pattern.search(text)
        if match and read(match[1].rstrip(".")).key == address.key:
            return " ".join((text[: match.start()] + text[match.end() :]).split())
    return text


def written_address(text: str) -> Address | None:
    """The publication that a text names by ``doi:`` or ``arXiv:``, without a link."""
    if match := _WRITTEN_DOI.search(text):
        return doi(match[1].rstrip("."))
    match = _WRITTEN_ARXIV.search(text)
    return arxiv(match[1]) if match else None
