"""Other ways to write what a site says: characters in their other form, and the names that the vocabulary has for one
thing. Only what can lead to something on the site is shipped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from convergence_docs.model.vocabulary import Vocabulary
from convergence_docs.site.search.normal import normalise

_VARIANTS = Path(__file__).with_name("variants.txt")


def make_words(texts: Iterable[str], vocabulary: Vocabulary | None) -> dict[str, Any]:
    """The table for a site with these normalised texts: ``variants``, pairs of a character and the one that the site
    has in its place, and ``names``, a list for each thing with more than one of which the site has any.
    """
    kept = tuple(texts)
    holders = Counter(chain.from_iterable(map(set, kept)))
    groups = [_distinct((*term.names, term.english)) for term in vocabulary.terms] if vocabulary else []
    names = [
        group for group in groups if len(group) > 1 and any(normalise(name) in text for text in kept for name in group)
    ]
    return {"variants": "".join(variants(holders)), "names": names}


def variants(holders: Mapping[str, int]) -> Iterator[str]:
    """Pairs of a character and its other form, where more of a site's texts have that one.

    A site in simplified characters may quote a few traditional ones; those still mean the usual form.

    Args:
        holders: how many texts have each character; nothing for those that none has.
    """
    lines = _VARIANTS.read_text("utf-8").splitlines()
    pairs = "".join(line for line in lines if not line.startswith("#"))
    known: set[str] = set()
    for traditional, simplified in zip(pairs[::2], pairs[1::2], strict=True):
        for one, other in ((traditional, simplified), (simplified, traditional)):
            if holders.get(other, 0) > holders.get(one, 0) and one not in known:
                known.add(one)
                yield one + other


def _distinct(names: Iterable[str]) -> list[str]:
    return list({normalise(name): name for name in names if name}.values())
