"""Labelled places of powers, and how the reader of powers scores on them."""

from typing import Any

import yaml

from benchmarks import _clauses
from benchmarks._clauses import Score
from zhiheng.laws.clauses import find_powers

LABELS = _clauses.LABELS.with_name("powers.yaml")


def labels() -> list[dict[str, Any]]:
    """Every labelled place; all were labelled before the reader was run on them."""
    rows: list[dict[str, Any]] = yaml.safe_load(LABELS.read_text(encoding="utf-8"))
    return rows


def scored() -> Score:
    """Hits, false alarms and misses: `power` over both kinds, and each kind by itself."""
    rows, total = labels(), Score()
    texts = _clauses.texts(rows)
    for row in rows:
        said = {one.kind for one in find_powers(texts[row["sha"]])}
        truth = set(row["kinds"])
        for field, kinds in (
            ("power", {"INSPECTION", "COERCION"}),
            ("inspection", {"INSPECTION"}),
            ("coercion", {"COERCION"}),
        ):
            total.add({field: truth & kinds}, {field: said & kinds})
    return total


def figures() -> dict[str, float]:
    """Precision, recall and F1 of each field, by name."""
    found, score = {}, scored()
    for field in ("power", "inspection", "coercion"):
        for name, value in zip(("precision", "recall", "f1"), score.of(field), strict=True):
            found[f"{field}_{name}"] = value
    return found | {"power_places": len(labels())}
