"""Which shards can hold a query: for every pair of neighbouring characters, hashed, a bit for each shard.

A query needs the rows of a few of its rarer pairs, and those lie in a few small files. Where a pair is in no shard's
row, the query is not there; where all its pairs are, it may be, and the shard is looked through. A Bloom filter with
one hash function (https://doi.org/10.1145/362686.362692), turned on its side.

`assets/search/sieve.js` reads it and holds the twins of `grams` and `bucket`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from convergence_docs.site.search.normal import is_chinese

_COMMON: Final = 400
"""How many of the most frequent characters are told, by which a query sees which of its pairs are rare."""
_BLOCK: Final = 12_000
"""Bytes of rows in a file, before it is deflated."""
_WHOLE: Final = 256_000
"""Bytes, deflated, up to which all rows are one file, which is fetched before anything is asked."""
_SIZES: Final = tuple(1 << power for power in range(17, 9, -1))


class Sieve(NamedTuple):
    """Rows of bits: ``buckets`` rows, ``rows`` of them in each block, ``(shards + 7) // 8`` bytes in each row."""

    buckets: int
    rows: int
    common: str
    blocks: tuple[bytes, ...]


def grams(text: str) -> set[str]:
    """Two neighbouring characters where one is Chinese, and three where none is; of normalised text."""
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    triples = {text[at : at + 3] for at in range(len(text) - 2)}
    kept = {pair for pair in pairs if is_chinese(pair[0]) or is_chinese(pair[1])}
    kept.update(triple for triple in triples if not any(map(is_chinese, triple)))
    return kept


def bucket(gram: str, buckets: int) -> int:
    """The row of a gram; ``buckets`` is a power of two."""
    value = 0
    for sign in gram:
        value = ((value ^ ord(sign)) * 0x9E3779B1) & 0xFFFFFFFF
        value ^= value >> 15
    return value & (buckets - 1)


def make_sieve(texts: Iterable[str], budget: int) -> Sieve:
    """The sieve of shards' normalised texts, as fine as ``budget`` bytes allow."""
    frequency: Counter[str] = Counter()
    found = []
    for text in texts:
        frequency.update(text)
        found.append(sorted({bucket(gram, _SIZES[0]) for gram in grams(text)}))
    common = "".join(sign for sign, _ in frequency.most_common(_COMMON) if sign >= " ")
    width = (len(found) + 7) // 8
    for buckets in _SIZES:
        table = bytearray(buckets * width)
        for shard, rows in enumerate(found):
            for row in rows:
                table[(row & (buckets - 1)) * width + shard // 8] |= 1 << (shard % 8)
        rows_each = max(1, min(buckets, _BLOCK // width))
        blocks = tuple(_blocks(bytes(table), rows_each * width))
        if buckets == _SIZES[-1] or _packed_size(blocks) <= budget:
            break
    if _packed_size([bytes(table)]) <= _WHOLE:
        return Sieve(buckets, buckets, common, (bytes(table),))
    return Sieve(buckets, rows_each, common, blocks)


def _blocks(table: bytes, size: int) -> Iterator[bytes]:
    return (table[at : at + size] for at in range(0, len(table), size))


def _packed_size(blocks: Iterable[bytes]) -> int:
    import zlib

    return sum(len(zlib.compress(block, 6)) for block in blocks)
