"""Where procedures meet: one goes on in another, or runs beside it; checked when all is read."""

from __future__ import annotations

from collections.abc import Iterator

from zhiheng.rulebook.book import Rulebook
from zhiheng.rulebook.draft import Draft
from zhiheng.rulebook.model import Place
from zhiheng.rulebook.tables import Attachment, Procedure


def check_joins(*, draft: Draft) -> None:
    """Refuse states, steps and facts of other procedures that are not there."""
    for versions in draft.procedures.values():
        for procedure in versions.values():
            for state in procedure.states.values():
                if state.becomes:
                    _check_state(
                        draft, procedure.place, state.becomes.procedure, (state.becomes.state,)
                    )
            if procedure.attaches:
                _check_attachment(draft, procedure, procedure.attaches)


def _check_attachment(draft: Draft, procedure: Procedure, joins: Attachment) -> None:
    opening = procedure.steps.get(joins.opens)
    if opening is None or procedure.initial not in opening.from_:
        draft.refuse(
            procedure.place,
            f"attaches.opens 写的“{joins.opens}”不是从初始状态开始的步骤。",
            "",
            "请改成从 initial 出发的步骤。",
        )
    for name in (*([joins.pending] if joins.pending else []), *joins.ends.values()):
        draft.known(
            word=name, choices=draft.facts, place=procedure.place, what="事实",
            next_step="请在 rulebook/facts/ 声明它。",
        )  # fmt: skip
    for code in joins.ends:
        if not draft.known(
            word=code, choices=procedure.states, place=procedure.place, what="状态",
            next_step="请从 states 里选。",
        ):  # fmt: skip
            continue
        if not procedure.states[code].final:
            draft.refuse(
                procedure.place,
                f"attaches.ends 写的“{code}”不是终点。",
                "",
                "请只写 final 的状态。",
            )
    for code in joins.settled:
        draft.known(
            word=code, choices=procedure.states, place=procedure.place, what="状态",
            next_step="请在 states 里声明它。",
        )  # fmt: skip
    for name, codes in joins.to.items():
        _check_state(draft, procedure.place, name, codes)


def _check_state(draft: Draft, place: Place, name: str, codes: tuple[str, ...]) -> None:
    if not draft.known(
        word=name, choices=draft.procedures, place=place, what="程序", next_step="请改正程序编号。"
    ):
        return
    for found in draft.procedures[name].values():
        for code in codes:
            draft.known(
                word=code, choices=found.states, place=place, what=f"程序 {name} 的状态",
                next_step="请改正状态。",
            )  # fmt: skip


def attachable(book: Rulebook, *, procedure: str, state: str) -> Iterator[Procedure]:
    """Yield the procedures that may begin beside a main procedure in this state."""
    for name in book.procedures:
        found = book.procedure(name)
        if found.attaches and state in found.attaches.to.get(procedure, ()):
            yield found


def attached(book: Rulebook) -> Iterator[Procedure]:
    """Yield every procedure that runs beside another."""
    for name in book.procedures:
        found = book.procedure(name)
        if found.attaches:
            yield found
