"""The tree of RFC 9162: vectors of others, and properties of ours."""

import base64
import json
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shared_data import SHARED
from zhiheng.ledger import merkle, tiles

VECTORS = SHARED / "merkle"


def vectors(kind):
    found = sorted((VECTORS / kind).rglob("*.json"))
    if not found:
        return [pytest.param(None, marks=pytest.mark.skip(reason="测试向量 merkle 不在此机器上"))]
    return [pytest.param(path, id=str(path.relative_to(VECTORS))) for path in found]


def read(path):
    vector = json.loads(path.read_text())

    def unpack(text):
        return base64.b64decode(text or "")

    return vector, unpack, [unpack(each) for each in vector["proof"] or []]


def expect(vector, check):
    if vector["wantErr"]:
        with pytest.raises(merkle.BadProof):
            check()
    else:
        check()


@pytest.mark.parametrize("path", vectors("inclusion"))
def test_inclusion_vectors(path):
    vector, unpack, proof = read(path)
    expect(
        vector,
        lambda: merkle.verify_inclusion(
            leaf=unpack(vector["leafHash"]),
            index=vector["leafIdx"],
            size=vector["treeSize"],
            proof=proof,
            root=unpack(vector["root"]),
        ),
    )


@pytest.mark.parametrize("path", vectors("consistency"))
def test_consistency_vectors(path):
    vector, unpack, proof = read(path)
    expect(
        vector,
        lambda: merkle.verify_consistency(
            first=vector["size1"],
            second=vector["size2"],
            first_root=unpack(vector["root1"]),
            second_root=unpack(vector["root2"]),
            proof=proof,
        ),
    )


LEAVES = [merkle.leaf_hash(number.to_bytes(4, "big")) for number in range(1200)]


class Grown:
    """A tree kept in tiles, grown in steps."""

    def __init__(self, steps):
        self.size, self.tiles = 0, {}
        for step in steps:
            edge = {place: self.tiles[place] for place in tiles.edge_of(self.size)}
            new = LEAVES[self.size : self.size + step]
            for place, row in tiles.appended(size=self.size, edge=edge, leaves=new).items():
                assert row.startswith(self.tiles.get(place, b""))
                self.tiles[place] = row
            self.size += len(new)

    def hash_of(self, leaves):
        needed = {place: self.tiles[place] for place in tiles.places_of([leaves])}
        return tiles.hash_of(tiles=needed, leaves=leaves)


steps = st.lists(st.integers(1, 300), min_size=1, max_size=4)


@given(steps=steps)
@settings(max_examples=40, deadline=None)
def test_tiles_give_the_root_of_the_definition_however_they_grew(steps):
    tree = Grown(steps)
    frontier = merkle.Frontier()
    for leaf in LEAVES[: tree.size]:
        frontier.append(leaf)
    expected = merkle.root_of(LEAVES[: tree.size])
    assert tree.hash_of((0, tree.size)) == expected == frontier.root()


@given(steps=steps, data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_proof_of_inclusion_holds_for_its_leaf_alone(steps, data):
    tree = Grown(steps)
    size = data.draw(st.integers(1, tree.size))
    index = data.draw(st.integers(0, size - 1))
    claim = {
        "leaf": LEAVES[index],
        "index": index,
        "size": size,
        "proof": merkle.inclusion_proof(index=index, size=size, hash_of=tree.hash_of),
        "root": merkle.root_of(LEAVES[:size]),
    }
    merkle.verify_inclusion(**claim)
    other = data.draw(st.sampled_from(["leaf", "index", "root", "longer", "changed"]))
    if other == "leaf":
        claim["leaf"] = sha256(b"other").digest()
    elif other == "index":
        claim["index"] = data.draw(st.integers(0, size).filter(lambda at: at != index))
    elif other == "root":
        claim["root"] = sha256(b"other").digest()
    elif other == "longer":
        claim["proof"] = [*claim["proof"], claim["root"]]
    else:
        claim["proof"] = [sha256(each).digest() for each in claim["proof"]] or [claim["root"]]
    with pytest.raises(merkle.BadProof):
        merkle.verify_inclusion(**claim)


@given(steps=steps, data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_proof_of_consistency_holds_for_its_trees_alone(steps, data):
    tree = Grown(steps)
    second = data.draw(st.integers(1, tree.size))
    first = data.draw(st.integers(1, second))
    claim = {
        "first": first,
        "second": second,
        "first_root": merkle.root_of(LEAVES[:first]),
        "second_root": merkle.root_of(LEAVES[:second]),
        "proof": merkle.consistency_proof(first=first, second=second, hash_of=tree.hash_of),
    }
    merkle.verify_consistency(**claim)
    claim[data.draw(st.sampled_from(["first_root", "second_root"]))] = sha256(b"other").digest()
    with pytest.raises(merkle.BadProof):
        merkle.verify_consistency(**claim)


@pytest.mark.parametrize("size", [1, 255, 256, 257, 512, 1200])
def test_a_proof_reads_few_tiles(size):
    ranges = merkle.inclusion_ranges(index=size - 1, size=size)
    assert len(tiles.places_of([*ranges, (0, size)])) <= 4


def test_ten_million_leaves_need_at_most_six_tiles():
    size = 10_000_000
    for index in range(0, size, 99_991):
        ranges = merkle.inclusion_ranges(index=index, size=size)
        assert len(tiles.places_of(ranges)) <= 6


def test_the_empty_tree():
    assert merkle.root_of([]) == merkle.Frontier().root() == sha256(b"").digest()
    assert tiles.hash_of(tiles={}, leaves=(0, 0)) == merkle.EMPTY_ROOT
    with pytest.raises(merkle.BadProof):
        merkle.inclusion_ranges(index=0, size=0)
    with pytest.raises(merkle.BadProof):
        merkle.consistency_ranges(first=0, second=3)
