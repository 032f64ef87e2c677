#!/usr/bin/env python3
"""验证一份存证证明；不需要本项目，只需要 Python 与 cryptography。

怎样验证
    python verify_proof.py 证明.json                        证明本身与签名
    python verify_proof.py 证明.json --file 照片.jpg        这个文件就是当时登记的文件
    python verify_proof.py 证明.json --act 行为.json        这条行为记录就是当时登记的记录
    python verify_proof.py 证明.json --key 公钥             签名出自您事先知道的公钥（十六进制）
    python verify_proof.py --growth 增长.json --old 旧头.json  日志只增加过，没有改写过

证明说明什么：某个摘要（SHA-256）在签名的时刻已经在日志里，此后没有被改动。文件内容是否真实、
程序是否合法，不由它说明。

Checks a proof from the log without the project. Exit 0: it holds; 1: it does not; 2: unreadable.
The tree is that of RFC 9162: a leaf is SHA-256(0x00 ‖ digest), a node SHA-256(0x01 ‖ left ‖
right). A head is text (origin, size, root in Base64, time; each line ended), signed with Ed25519.
An act's digest is SHA-256 over five lines: zhiheng-act-v1, number of the dossier, number of the
act, time of record, SHA-256 of the content as JSON (keys sorted, no blanks, UTF-8).
"""

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Refused(Exception):
    """The proof does not hold."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def need(holds: bool, sentence: str) -> None:
    """Refuse with the sentence unless it holds."""
    if not holds:
        raise Refused(sentence)


def check_inclusion(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> None:
    """RFC 9162, 2.1.3.2."""
    need(0 <= index < size, "叶的位置超出树的大小 / leaf index beyond the tree")
    place, last = index, size - 1
    for sibling in path:
        need(last != 0, "证明过长 / proof too long")
        if place & 1 or place == last:
            leaf = node_hash(sibling, leaf)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            leaf = node_hash(leaf, sibling)
        place, last = place >> 1, last >> 1
    need(last == 0, "证明过短 / proof too short")
    need(leaf == root, "算出的根与签名的根不一致 / the root differs")


def check_growth(first: dict, second: dict, path: list[bytes]) -> None:
    """RFC 9162, 2.1.4.2."""
    small, large = first["size"], second["size"]
    roots = bytes.fromhex(first["root"]), bytes.fromhex(second["root"])
    need(0 < small <= large, "大小不合 / sizes are not 0 < first <= second")
    if small == large:
        need(not path and roots[0] == roots[1], "大小相同而根不同 / same size, other root")
        return
    need(bool(path), "缺少证明 / proof missing")
    nodes = path if small & (small - 1) else [roots[0], *path]
    place, last = small - 1, large - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = nodes[0]
    for sibling in nodes[1:]:
        need(last != 0, "证明过长 / proof too long")
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    need(last == 0, "证明过短 / proof too short")
    need((old, new) == roots, "算出的根与签名的根不一致 / the roots differ")


def check_head(head: dict, key: str | None) -> None:
    """The head says what its signed text says, and the signature is good."""
    _, size, root, *_ = head["body"].split("\n")
    same = int(size) == head["size"] and base64.b64decode(root).hex() == head["root"]
    need(same, "日志头与其签名文本不一致 / head differs from the text signed")
    wrong_key = "公钥不是您给出的公钥 / signed with another key"
    need(key is None or key.lower() == head["public_key"], wrong_key)
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(head["public_key"])).verify(
            bytes.fromhex(head["signature"]), head["body"].encode()
        )
    except InvalidSignature:
        raise Refused("签名无效 / bad signature") from None


def act_digest(act: dict) -> str:
    """The digest of an act from what was sealed."""
    content = json.dumps(act["content"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    lines = [
        "zhiheng-act-v1",
        act["number"],
        str(act["seq"]),
        act["recorded_at"],
        hashlib.sha256(content.encode()).hexdigest(),
    ]
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def check_proof(options: argparse.Namespace) -> str:
    """Check a proof of inclusion, and the file or the act that it is said to be about."""
    proof = json.loads(Path(options.proof).read_text(encoding="utf-8"))
    head, digest = proof["head"], proof["digest"]
    if options.file:
        with open(options.file, "rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        need(found == digest, "文件与登记的摘要不符：文件被改动过，或不是这个文件 / another file")
    if options.act:
        act = json.loads(Path(options.act).read_text(encoding="utf-8"))
        need(act_digest(act) == digest, "行为记录与登记的摘要不符 / another act")
    sizes_agree = proof["tree_size"] == head["size"]
    need(sizes_agree, "证明与日志头大小不同 / proof and head differ in size")
    check_head(head, options.key)
    check_inclusion(
        leaf_hash(bytes.fromhex(digest)),
        proof["leaf_index"],
        proof["tree_size"],
        [bytes.fromhex(each) for each in proof["path"]],
        bytes.fromhex(head["root"]),
    )
    return (
        f"摘要 {digest} 在日志第 {proof['leaf_index']} 片叶，日志头大小 {head['size']}，"
        f"签名时间 {head['body'].splitlines()[3]}，公钥 {head['public_key']}"
    )


def check_consistency(options: argparse.Namespace) -> str:
    """Check that the log has only grown since the head that somebody kept."""
    growth = json.loads(Path(options.growth).read_text(encoding="utf-8"))
    first, second = growth["first"], growth["second"]
    if options.old:
        old = json.loads(Path(options.old).read_text(encoding="utf-8"))
        kept = (old["size"], old["root"]) == (first["size"], first["root"])
        need(kept, "旧日志头与您保存的不同 / the earlier head is not the one you kept")
    for head in (first, second):
        check_head(head, options.key)
    check_growth(first, second, [bytes.fromhex(each) for each in growth["path"]])
    return f"日志从 {first['size']} 片叶增长到 {second['size']} 片叶，此前的内容没有改动"


def main() -> int:
    """Read the arguments, check, and say it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("proof", nargs="?", help="证明文件 / proof (JSON)")
    parser.add_argument("--file", help="要核对的文件 / the file itself")
    parser.add_argument("--act", help="要核对的行为记录 / the act as sealed (JSON)")
    parser.add_argument("--key", help="事先知道的公钥 / public key you trust (hex)")
    parser.add_argument("--growth", help="日志增长证明 / proof of growth (JSON)")
    parser.add_argument("--old", help="您保存的旧日志头 / the head you kept (JSON)")
    options = parser.parse_args()
    if not options.proof and not options.growth:
        parser.error("请给出证明文件 / name a proof")
    try:
        told = check_consistency(options) if options.growth else check_proof(options)
    except Refused as reason:
        print(f"不符 FAILED：{reason}")
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"无法读取 UNREADABLE：{error!r}。请重新下载证明文件。/ Download the proof again.")
        return 2
    print(f"相符 OK：{told}。")
    if options.key is None:
        print(
            "提示：请用 --key 给出您从别处得知的公钥 / Pass --key with a key known from elsewhere."
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
