"""Penalty clauses found in the texts of statutes: precision and recall per field, and speed.

    python -m benchmarks.clauses [--quick]

Scored on the held-out part of the labels (`src/zhiheng/laws/clauses/tests/labels.yaml`), read and
labelled by hand before the reader was run on it and never used to tune it. `peer_regex_…` is a
dozen plain expressions over the same words; `peer_given_…` the rough extraction that comes with
the shared data, where it has the same paragraph (it knows no items, no transfer, no subjects).
`power_…` is how well places
that empower to inspect or to force are told (`powers.yaml`, 72 places, none used to tune).
Speed is over all places of all texts in the shared data, one process.
"""

import time
from typing import Any

from benchmarks import _bench, _clauses, _powers
from benchmarks._clauses import Said, Score

FIELDS = ("clause", *_clauses.SETS, *_clauses.FLAGS, "subject")
NAMES = {"bodies": "body", "fines": "amount", "kinds": "kind"}


def main() -> None:
    """Score, time, print."""
    options = _bench.arguments(__doc__ or "", scales=("quick", "full"), default="full")
    rows = _clauses.labels(part="held")
    words = _clauses.texts(rows)
    _bench.tell(f"{len(rows)} 处标注（从未用于调试）")
    scores = {
        "": _clauses.score(rows, lambda row: _clauses.ours(words[row["sha"]])),
        "peer_regex_": _clauses.score(rows, lambda row: _clauses.plain_regex(words[row["sha"]])),
    }
    given = _clauses.given(rows)
    figures: dict[str, Any] = {}
    for prefix, score in scores.items():
        figures |= _figures(prefix, score, full=not prefix)
    shared = [row for row in rows if row["sha"] in given]
    ours_there = _clauses.score(shared, lambda row: _clauses.ours(words[row["sha"]]))
    theirs = _clauses.score(shared, lambda row: given[row["sha"]])
    for field in ("kinds", "fines", "bodies"):
        figures[f"peer_given_{NAMES[field]}_f1"] = theirs.of(field)[2]
        figures[f"on_given_{NAMES[field]}_f1"] = ours_there.of(field)[2]
    figures["peer_given_places"] = len(shared)
    speed, clauses, read = _speed(limit=3_000 if options.scale == "quick" else None)
    _tell(scores)
    _bench.report(
        benchmark="clauses",
        scale=options.scale,
        rows=len(rows),
        held_clauses=sum(row.get("clause") is not False for row in rows),
        clauses_per_second=round(speed),
        clauses_found=clauses,
        places_read=read,
        **figures,
        **_powers.figures(),
    )


def _figures(prefix: str, score: Score, *, full: bool) -> dict[str, float]:
    """F1 of every field; of our own reader precision and recall as well."""
    found = {}
    for field in FIELDS:
        name = NAMES.get(field, field)
        precision, recall, f1 = score.of(field)
        found[f"{prefix}{name}_f1"] = f1
        if full:
            found |= {f"{name}_precision": precision, f"{name}_recall": recall}
    return found


def _tell(scores: dict[str, Score]) -> None:
    for field in FIELDS:
        said = [
            f"{name or '本项目'} P {p:.3f} R {r:.3f} F1 {f:.3f}"
            for name, score in scores.items()
            for p, r, f in (score.of(field),)
        ]
        _bench.tell(f"{field:12} " + "   ".join(said))


def _speed(*, limit: int | None) -> tuple[float, int, int]:
    """Clauses taken apart a second, how many there are, and how many places were read for it."""
    from zhiheng.laws.clauses import find, places

    texts = [
        place.text
        for name in _clauses.FILES
        for row in _clauses.lines(name)
        for place in places(row["text"])
    ][:limit]
    _bench.tell(f"读 {len(texts):,} 处")
    began = time.perf_counter()
    found = sum(find(text) is not None for text in texts)
    return found / (time.perf_counter() - began), found, len(texts)


__all__ = ["Said", "main"]

if __name__ == "__main__":
    main()
