"""What the screens of the ledger may use."""

from dataclasses import dataclass

from zhiheng.web.faces import Table


@dataclass(frozen=True)
class LogPage:
    """The log, for anyone.

    Attributes:
        asked: what was typed into the field of proof.
        message: why there is no proof for it.
        facts: size, root, time, key of the newest head; empty while the log is.
        heads: earlier heads.
        older_href: where older heads begin.
    """

    asked: str
    message: str
    facts: tuple[tuple[str, str], ...]
    heads: Table | None
    older_href: str


@dataclass(frozen=True)
class ProofPage:
    """One proof, for anyone: digests only.

    Attributes:
        title: what is proved, in words.
        facts: digest, place, size, time, root, key.
        path: the hashes from leaf to root, hexadecimal.
        json_href: the proof as a file.
        verifier_href: the program that checks it; empty where it is not installed.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    path: tuple[str, ...]
    json_href: str
    verifier_href: str
