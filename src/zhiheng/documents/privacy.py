"""Personal facts in a document are kept as cipher text and opened only to print it."""

from typing import Any

from zhiheng.kernel import ciphers

SENSITIVE = frozenset({"id_full", "id_number", "phone", "citizen_id", "contact", "email"})
MARK = "sealed:"


def seal_facts(*, facts: Any) -> Any:
    """The facts with every sensitive text encrypted (SM4-GCM), whatever the nesting."""
    if isinstance(facts, dict):
        return {key: _seal_one(key=key, value=value) for key, value in facts.items()}
    if isinstance(facts, list):
        return [seal_facts(facts=value) for value in facts]
    return facts


def _seal_one(*, key: str, value: Any) -> Any:
    if key in SENSITIVE and isinstance(value, str) and value and not value.startswith(MARK):
        return MARK + ciphers.seal_field(value)
    return seal_facts(facts=value)


def open_facts(*, facts: Any) -> Any:
    """The facts as they were before `seal_facts`."""
    if isinstance(facts, dict):
        return {key: open_facts(facts=value) for key, value in facts.items()}
    if isinstance(facts, list):
        return [open_facts(facts=value) for value in facts]
    if isinstance(facts, str) and facts.startswith(MARK):
        return ciphers.open_field(facts.removeprefix(MARK))
    return facts
