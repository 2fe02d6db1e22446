"""Which link targets lie where the listing of a docs folder does not look: outside it, or in folders left out."""

from __future__ import annotations

from collections.abc import Iterable, Set
from posixpath import dirname, join, normpath

from convergence_docs.escapes import unquote
from convergence_docs.load import Listing
from convergence_docs.model.book import Entry


def beyond(entries: Iterable[Entry], listing: Listing, *, is_mkdocs: bool) -> Set[str]:
    """Targets, relative to the docs root, of which only the disk knows whether they exist.

    A site publishes nothing of what it leaves out, so there only targets outside the docs root count; a plain folder
    is read where everything on disk can be reached.
    """
    found: set[str] = set()
    has_no_gaps = is_mkdocs or not listing.skipped
    for entry in entries:
        folder, depth = dirname(entry.path), entry.path.count("/")
        for link in entry.links:
            destination = link.destination
            if not destination or destination[0] in "#/?":
                continue
            if "." not in destination or ":" in destination.partition("/")[0]:
                continue
            if has_no_gaps and _is_surely_within(destination, depth):
                continue
            path = normpath(join(folder, unquote(destination.partition("#")[0].partition("?")[0])))
            if path.startswith("../") or (not is_mkdocs and _is_left_out(path, listing)):
                found.add(path)
    return found


def _is_surely_within(destination: str, depth: int) -> bool:
    """Whether a path climbs no higher than the ``depth`` folders around it, and names nothing hidden: most do."""
    climbed = 0
    while destination.startswith("../", 3 * climbed):
        climbed += 1
    first = destination[3 * climbed : 3 * climbed + 1]
    return (
        climbed <= depth
        and first not in ("", ".")
        and destination.find("/.", 3 * climbed) < 0
        and "%" not in destination
    )


def _is_left_out(path: str, listing: Listing) -> bool:
    if path in listing.files:
        return False
    if path.rpartition("/")[2].startswith(".") and path != ".":
        return True
    return any(path == folder or path.startswith(folder + "/") for folder in listing.skipped)
