"""Tiles: rows of the tree cut into pieces of 256 hashes, so that a proof reads few rows.

Pure. Tile (level, index) holds, one after the other, the roots of the full subtrees of
256^level leaves numbered 256·index … 256·index + 255. Everything in between is computed from
one tile: at most 255 hashes. Appending touches the last tile of each level: O(log n) rows.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from zhiheng.ledger.merkle import HASH_SIZE, Range, fold, full_subtrees

BITS = 8
WIDTH = 1 << BITS
PAIR = 2 * HASH_SIZE
FULL = WIDTH * HASH_SIZE
Place = tuple[int, int]
Tiles = Mapping[Place, bytes]


def top_of(row: bytes) -> bytes:
    """The root over 2^k hashes that stand one after the other."""
    while len(row) > HASH_SIZE:
        row = b"".join(
            [sha256(b"\x01" + row[at : at + PAIR]).digest() for at in range(0, len(row), PAIR)]
        )
    return row


def places_of(ranges: Iterable[Range]) -> set[Place]:
    """The tiles that must be read to know the hashes of these ranges of leaves."""
    return {_place(full) for start, end in ranges for full in full_subtrees(start=start, end=end)}


def hash_of(*, tiles: Tiles, leaves: Range) -> bytes:
    """The hash of a range of leaves that is a subtree of the tree.

    Raises:
        KeyError: a tile is missing; `places_of` names those that are needed.
    """
    start, end = leaves
    return fold(_full(tiles=tiles, full=full) for full in full_subtrees(start=start, end=end))


def edge_of(size: int) -> list[Place]:
    """The tiles that are begun and not full in a tree of this size."""
    places, level = [], 0
    while size:
        if size & (WIDTH - 1):
            places.append((level, size >> BITS))
        size, level = size >> BITS, level + 1
    return places


def appended(*, size: int, edge: Tiles, leaves: Iterable[bytes]) -> dict[Place, bytes]:
    """The tiles that change when leaf hashes are appended to a tree of this size.

    Args:
        size: leaves before.
        edge: at least the tiles of `edge_of(size)`.
        leaves: leaf hashes.
    """
    changed: dict[Place, bytes] = {}
    level, row = 0, list(leaves)
    while row:
        index, begun = size >> BITS, size & (WIDTH - 1)
        hashes = edge[level, index][: begun * HASH_SIZE] if begun else b""
        hashes += b"".join(row)
        row = []
        for at in range(0, len(hashes), FULL):
            tile = hashes[at : at + FULL]
            changed[level, index + at // FULL] = tile
            if len(tile) == FULL:
                row.append(top_of(tile))
        size, level = size >> BITS, level + 1
    return changed


def _height(full: Range) -> int:
    return (full[1] - full[0]).bit_length() - 1


def _place(full: Range) -> Place:
    level = _height(full) // BITS
    return level, full[0] >> (BITS * level) >> BITS


def _full(*, tiles: Tiles, full: Range) -> bytes:
    """The hash of a full subtree, from the one tile that covers it."""
    level, rest = divmod(_height(full), BITS)
    offset = (full[0] >> (BITS * level)) & (WIDTH - 1)
    tile = tiles[_place(full)]
    part = tile[offset * HASH_SIZE : (offset + (1 << rest)) * HASH_SIZE]
    if len(part) != HASH_SIZE << rest:
        raise KeyError(_place(full))
    return top_of(part)
