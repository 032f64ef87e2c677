"""The Merkle tree of RFC 9162, section 2.1: hashes, proofs, and their verification.

Pure: no database, no clock, no Django. Leaves come as leaf hashes, SHA-256(0x00 ‖ entry); a
node is SHA-256(0x01 ‖ left ‖ right). A subtree is named by the half-open range of its leaves.

Conventions where the RFC leaves room:

- the root of the empty tree is SHA-256 of nothing (the RFC says so);
- nothing is included in the empty tree, and no consistency proof starts from it: such a proof
  would hold for every tree and prove nothing, so `verify_consistency` refuses `first = 0`;
- equal sizes need equal roots and an empty proof.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

Range = tuple[int, int]
HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()


class BadProof(ValueError):
    """The proof does not show what it claims."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node above two others."""
    return sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, straight from the definition."""
    if not hashes:
        return EMPTY_ROOT
    if len(hashes) == 1:
        return hashes[0]
    middle = split(len(hashes))
    return node_hash(root_of(hashes[:middle]), root_of(hashes[middle:]))


def split(size: int) -> int:
    """The largest power of two below a size of at least two: where a subtree divides."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_ranges(*, index: int, size: int) -> list[Range]:
    """The subtrees whose hashes prove that leaf `index` is in the tree of `size`, bottom up.

    Raises:
        BadProof: there is no such leaf.
    """
    if not 0 <= index < size:
        raise BadProof(f"没有第 {index} 片叶：树的大小是 {size}。")
    ranges, start, end = [], 0, size
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(*, first: int, second: int) -> list[Range]:
    """The subtrees whose hashes prove that the tree of `second` leaves extends that of `first`.

    Raises:
        BadProof: the sizes are not 0 < first ≤ second.
    """
    if not 0 < first <= second:
        raise BadProof(f"无法从大小 {first} 证明到 {second}。")
    ranges, start, end, whole = [], 0, second, True
    while first != end:
        middle = start + split(end - start)
        if first <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start, whole = middle, False
    if not whole:
        ranges.append((start, end))
    return ranges[::-1]


def full_subtrees(*, start: int, end: int) -> list[Range]:
    """The full binary subtrees that make up a subtree of the tree, from left to right."""
    ranges = []
    while start < end:
        width = 1 << ((end - start).bit_length() - 1)
        ranges.append((start, start + width))
        start += width
    return ranges


def fold(hashes: Iterable[bytes]) -> bytes:
    """One hash from those of full subtrees, left to right, each smaller than the one before."""
    parts = list(hashes)
    if not parts:
        return EMPTY_ROOT
    folded = parts.pop()
    while parts:
        folded = node_hash(parts.pop(), folded)
    return folded


def inclusion_proof(*, index: int, size: int, hash_of: Callable[[Range], bytes]) -> list[bytes]:
    """The proof for leaf `index`; `hash_of` gives the hash of a range of leaves."""
    return [hash_of(each) for each in inclusion_ranges(index=index, size=size)]


def consistency_proof(*, first: int, second: int, hash_of: Callable[[Range], bytes]) -> list[bytes]:
    """The proof that a tree extends another."""
    return [hash_of(each) for each in consistency_ranges(first=first, second=second)]


def verify_inclusion(
    *, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that a leaf hash stands at `index` in the tree with this root (RFC 9162, 2.1.3.2).

    Raises:
        BadProof: it is not shown.
    """
    if not 0 <= index < size:
        raise BadProof("叶的位置超出树的大小。")
    _check_hashes([leaf, *proof])
    place, last, running = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise BadProof("证明过长。")
        if place & 1 or place == last:
            running = node_hash(sibling, running)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            running = node_hash(running, sibling)
        place, last = place >> 1, last >> 1
    if last != 0:
        raise BadProof("证明过短。")
    if running != root:
        raise BadProof("证明算出的根与给出的根不一致。")


def verify_consistency(
    *, first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the second tree extends the first (RFC 9162, 2.1.4.2).

    Raises:
        BadProof: it is not shown.
    """
    if not 0 < first <= second:
        raise BadProof("大小不合：需 0 < 前 ≤ 后。")
    if first == second:
        if proof or first_root != second_root:
            raise BadProof("大小相同时根应相同、证明应为空。")
        return
    if not proof:
        raise BadProof("缺少证明。")
    _check_hashes(proof)
    path = list(proof) if first & (first - 1) else [first_root, *proof]
    if _climb(first=first, second=second, path=path) != (first_root, second_root):
        raise BadProof("证明算出的根与给出的根不一致。")


def _climb(*, first: int, second: int, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Both roots that a path of consistency leads to."""
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise BadProof("证明过长。")
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    if last != 0:
        raise BadProof("证明过短。")
    return old, new


def _check_hashes(hashes: Sequence[bytes]) -> None:
    if any(len(each) != HASH_SIZE for each in hashes):
        raise BadProof("哈希长度不是 32 字节。")


class Frontier:
    """The tree while it grows, leaf after leaf, remembering only its full subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self._hashes: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Put a leaf hash at the end."""
        running, place = leaf, self.size
        while place & 1:
            running, place = node_hash(self._hashes.pop(), running), place >> 1
        self._hashes.append(running)
        self.size += 1

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        return fold(self._hashes)
