"""How a faulty destination is to be written instead, as data that a rule can word."""

from __future__ import annotations

from typing import NamedTuple

from convergence_docs.model.book import Book
from convergence_docs.model.layout import layout
from convergence_docs.model.links.destination import respell
from convergence_docs.model.links.proposal import Reason, propose_path
from convergence_docs.model.links.target import Target
from convergence_docs.model.nodes import LinkKind

_SEPARATOR = "; "


class Mending(NamedTuple):
    """What to write in a destination's place.

    Attributes:
        case: why: ``same-name`` and ``same-number`` where that settles it, else ``near-name``; ``several`` where more
            than one may be meant; ``scheme``; ``absolute``; ``unknown`` where nothing comes near, and then the rest is
            empty.
        spelling: the destinations to write; one string.
        is_certain: whether ``spelling`` is one destination, and surely the right one.
        is_raw: whether it stands in HTML that MkDocs leaves as it is.
    """

    case: str
    spelling: str
    is_certain: bool
    is_raw: bool = False


def mend(book: Book, page: str, target: Target) -> Mending:
    """How to mend a link of ``page`` that leads nowhere."""
    if target.meant and ("://" in target.meant[0] or target.meant[0].startswith("mailto:")):
        return Mending("scheme", target.meant[0], True)
    if target.meant and target.link.destination.startswith("/") and not target.link.is_image:
        return _mending(book, "absolute", page, target, target.meant, is_certain=True)
    if target.meant:
        return _mending(book, "same-name", page, target, target.meant, is_certain=len(target.meant) == 1)
    proposal = propose_path(book, target.path)
    names = tuple(name for name in proposal.names if name != page) if proposal else ()
    if proposal is None or not names:
        return Mending("unknown", "", False)
    case = proposal.reason if proposal.is_certain else Reason.NEAR_NAME
    return _mending(book, str(case), page, target, names, is_certain=proposal.is_certain)


def mend_as_meant(book: Book, page: str, target: Target) -> Mending:
    """How to mend a link of ``page`` whose ``meant`` names the files that it should lead to."""
    return _mending(book, "meant", page, target, target.meant, is_certain=len(target.meant) == 1)


def _mending(book: Book, case: str, page: str, target: Target, paths: tuple[str, ...], *, is_certain: bool) -> Mending:
    is_raw = book.site.is_mkdocs and target.link.kind in (LinkKind.HTML_LINK, LinkKind.HTML_IMAGE)
    if is_raw:
        # MkDocs never rewrites raw HTML: it must say what a browser needs, which is wrong on GitHub.
        site = layout(book)
        page, is_certain = f"{site.base_url(page)}/".lstrip("/"), False
        paths = tuple(site.url_of(path) for path in paths)
    spellings = (respell(target.link.destination, path, page) for path in paths)
    return Mending(case if len(paths) == 1 else "several", _SEPARATOR.join(spellings), is_certain, is_raw)
