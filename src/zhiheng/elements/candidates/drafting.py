"""What an item says, made from what was found in its clause."""

from typing import Any

HEARD_ALWAYS = frozenset({"DOWNGRADE", "REVOKE_LICENCE", "HALT", "CLOSE", "BAN_WORK", "RESTRICT"})
_PARTIES = {"UNIT": "单位", "PERSON": "个人", "RESPONSIBLE": "直接责任人员", "ANY": ""}
_WHEN = {
    "BASE": "", "REFUSAL": "拒不改正", "AGGRAVATED": "情节严重", "THRESHOLD": "按数额", "OTHER": "",
}  # fmt: skip


def item_values(finding: dict[str, Any]) -> dict[str, Any]:
    """Fields of `Item` that follow from a finding (as JSON): kinds, fines, orders, hearing.

    The range on the item is that of the plain branch, in cents; every other fine is a rule beside.
    """
    kinds = list(dict.fromkeys(one["code"] for one in finding["kinds"]))
    low, high, used = _main_range(finding)
    fined = [one for one in finding["kinds"] if one["code"] == "FINE"]
    limbs = finding["limbs"]
    refusal = bool(fined) and all(limbs[one["limb"]]["when"] == "REFUSAL" for one in fined)
    return {
        "penalty_kinds": kinds,
        "fine_min_cents": low,
        "fine_max_cents": high,
        "fine_rules": [
            _rule(one, limbs) for number, one in enumerate(finding["amounts"]) if number != used
        ],
        "order_correction": finding["correction"] is not None,
        "refusal_required": refusal,
        "hearing_class": "ALWAYS" if HEARD_ALWAYS & set(kinds) else "BY_AMOUNT",
    }


def _main_range(finding: dict[str, Any]) -> tuple[int | None, int | None, int | None]:
    """The first fine in money that is not for the responsible, plain branches first."""
    own = [
        (finding["limbs"][one["limb"]]["when"] != "BASE", number, one)
        for number, one in enumerate(finding["amounts"])
        if one["party"] != "RESPONSIBLE" and one["high_cents"] is not None
    ]
    if not own:
        return None, None, None
    _, number, amount = min(own, key=lambda one: one[:2])
    return amount["low_cents"] or 0, amount["high_cents"], number


def _rule(amount: dict[str, Any], limbs: list[dict[str, Any]]) -> dict[str, Any]:
    rule = {
        "party": _PARTIES[amount["party"]],
        "when": _WHEN[limbs[amount["limb"]]["when"]],
        "min_cents": amount["low_cents"],
        "max_cents": amount["high_cents"],
    }
    if amount["high_hundredths"] is not None or amount["low_hundredths"] is not None:
        rule |= {
            "base": amount["base"],
            "min_hundredths": amount["low_hundredths"],
            "max_hundredths": amount["high_hundredths"],
        }
    return rule
