"""What decides where links lead, beside the chapters that they stand in."""

from __future__ import annotations

from collections.abc import Mapping, Set

from convergence_docs import codec
from convergence_docs.cache import digest_of
from convergence_docs.config import Config
from convergence_docs.config.ignore import make_matcher
from convergence_docs.config.untracked import make_untracked
from convergence_docs.load import Listing
from convergence_docs.model.book import Site
from convergence_docs.survey import Survey


def make_site(
    config: Config,
    listing: Listing,
    *,
    there: Set[str],
    generated: frozenset[str],
    generators: tuple[tuple[str, str], ...],
) -> Site:
    """The site of a listing.

    Args:
        config: its configuration.
        listing: its files.
        there: what exists beyond the listing, of what links name.
        generated: pages that the build of this project's own site adds.
        generators: folders that other site generators make pages of.
    """
    files = listing.files
    return Site(
        files=files | {path for path in there if not path.startswith("../")} | generated,
        nav=config.nav,
        use_directory_urls=config.use_directory_urls,
        absolute_links_from_docs=config.absolute_links_from_docs,
        is_mkdocs=config.is_mkdocs,
        outside=frozenset(path for path in there if path.startswith("../")),
        unlisted=frozenset(filter(make_matcher(config.unlisted), files)) if config.unlisted else frozenset(),
        generators=generators,
        is_untracked=make_untracked(config.untracked),
        anchors_unverified=config.doubts.get("anchors", ""),
    )


def surroundings_of(survey: Survey, listing: str, outside: Mapping[str, bool]) -> str:
    """The digest of what links may depend on beside their own chapter and the configuration.

    Args:
        survey: a pass over all chapters, each examined or remembered: their faces count.
        listing: the digest of the names of all files.
        outside: which targets outside the listing exist.
    """
    faces = (record.body.partition(b"\t")[0] for record in survey.records.values())
    return digest_of(b"\n".join((listing.encode(), codec.dump(sorted(outside.items())), *faces)))
