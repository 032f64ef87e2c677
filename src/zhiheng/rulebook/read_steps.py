"""Reading the parts of a procedure: states, steps, events, invariants and blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from zhiheng.rulebook import draft as drafts
from zhiheng.rulebook.draft import Draft
from zhiheng.rulebook.expressions import compile_expression
from zhiheng.rulebook.model import Basis, Fact, Place, Value
from zhiheng.rulebook.source import Lined
from zhiheng.rulebook.tables import (
    Attachment,
    Becoming,
    Block,
    Event,
    Invariant,
    State,
    Step,
)


class StepReader:
    """Reads the parts of one procedure; knows its states and facts."""

    def __init__(
        self,
        draft: Draft,
        file: str,
        raw: Lined,
        facts: Mapping[str, Fact],
        states: Iterable[str] | None = None,
    ) -> None:
        self.draft = draft
        self.file = file
        self.raw = raw
        self.facts = facts
        self.codes = set(raw.get("states", ()) if states is None else states)

    def states(self) -> dict[str, State]:
        """Return the states; each belongs to a stage, one is initial and some are final."""
        found = {}
        bodies = self.raw["states"]
        self.code(self.raw["initial"], self.draft.place(self.file, self.raw, "initial"))
        for code, body in bodies.items():
            self.draft.known(
                word=body["stage"],
                choices=self.raw["stages"],
                place=self.draft.place(self.file, bodies, code),
                what="阶段",
                next_step="请从 stages 里选一个。",
            )
            becomes = body.get("becomes")
            found[code] = State(
                code,
                body["title"],
                body["stage"],
                body.get("final", False),
                body.get("end", ""),
                Becoming(becomes["procedure"], becomes["state"]) if becomes else None,
            )
        if not any(state.final for state in found.values()):
            self.draft.refuse(
                self.draft.place(self.file, self.raw, "states"),
                "程序没有终点。",
                "",
                "请给至少一个状态写 final: true。",
            )
        return found

    def code(self, code: str, place: Place) -> None:
        """Note a state that does not exist."""
        self.draft.known(
            word=code, choices=self.codes, place=place, what="状态", next_step="请从 states 里选。"
        )

    def at(self, body: Lined, key: str) -> Place:
        """Return the place of a key in this file."""
        return self.draft.place(self.file, body, key)

    def step(self, name: str, body: Lined) -> Step:
        """Return one step, with every name in it resolved."""
        place = self.draft.place(self.file, self.raw["steps"], name)
        self._states_of(body)
        self._rules_of(body)
        by = body["by"]
        return Step(
            id=name,
            title=body["title"],
            from_=tuple(body["from"]),
            to=body.get("to", ""),
            by=(by,) if isinstance(by, str) else tuple(by),
            guards=tuple(body.get("guards", ())),
            guards_after=tuple(body.get("guards_after", ())),
            asks=self._named(body, "asks"),
            sets=MappingProxyType(self._values(body, "sets")),
            clears=self._named(body, "clears"),
            chooses=MappingProxyType(self._choices(body)),
            produces=tuple(body.get("produces", ())),
            starts=tuple(body.get("starts", ())),
            meets=tuple(body.get("meets", ())),
            suspends=body.get("suspends", ""),
            resumes=body.get("resumes", ""),
            returns_to=body.get("returns_to", ""),
            primary=body.get("primary", False),
            asked_for=body.get("asked_for", False),
            exceptional=body.get("exceptional", False),
            basis=self._basis(body, "basis"),
            law=self._basis(body, "law"),
            note=body.get("note", ""),
            place=place,
        )

    def _states_of(self, body: Lined) -> None:
        for code in [*body["from"], *([body["to"]] if "to" in body else [])]:
            self.code(code, self.at(body, "from" if code in body["from"] else "to"))

    def _rules_of(self, body: Lined) -> None:
        """Check guards, deadlines and documents that a step names."""
        for key in ("guards", "guards_after"):
            for name in body.get(key, ()):
                if name not in self.draft.broken and self.draft.known(
                    word=name,
                    choices=self.draft.guards,
                    place=self.at(body, key),
                    what="护栏",
                    next_step="请改正编号，或在 rulebook/guards/ 写出它。",
                ):
                    self._declared(self.draft.guards[name].when.variables, self.at(body, key), name)
        for key in ("starts", "meets"):
            for name in body.get(key, ()):
                self.deadline(name, self.at(body, key))
        for code in body.get("produces", ()):
            if self.draft.documents is not None:
                self.draft.known(
                    word=code,
                    choices=self.draft.documents,
                    place=self.at(body, "produces"),
                    what="文书",
                    next_step=f"请改正编号，或建立 rulebook/documents/{code}/。",
                )

    def deadline(self, name: str, place: Place) -> None:
        """Note a deadline that does not exist."""
        names = [p.id for p in self.draft.parameters.values() if p.kind == "deadline"]
        self.draft.known(
            word=name,
            choices=names,
            place=place,
            what="期限",
            next_step="请改正编号，或在 rulebook/parameters/ 写出它（kind: deadline）。",
        )

    def _declared(self, names: Iterable[str], place: Place, what: str) -> None:
        for name in names:
            if name not in self.facts:
                self.draft.refuse(
                    place,
                    f"{what} 用到事实 {name}，本程序没有列出它。",
                    "",
                    "请在本程序的 facts 里加上它所在的文件。",
                )

    def _named(self, body: Lined, key: str) -> tuple[str, ...]:
        names = body.get(key, ())
        place = self.at(body, key)
        return tuple(name for name in names if self._is_mine(name, place))

    def _is_mine(self, name: str, place: Place) -> bool:
        return self.draft.known(
            word=name,
            choices=self.facts,
            place=place,
            what="事实",
            next_step="请改正名称，或在 rulebook/facts/ 声明它，并列入本程序的 facts。",
        )

    def _values(self, body: Lined, key: str) -> dict[str, Value]:
        raw = body.get(key)
        return drafts.read_values(
            draft=self.draft, raw=raw, file=self.file, place=self.at(body, key)
        )

    def _choices(self, body: Lined) -> dict[str, tuple[Value, ...]]:
        found: dict[str, tuple[Value, ...]] = {}
        chooses = body.get("chooses") or Lined()
        for name, values in chooses.items():
            place = self.at(chooses, name)
            if self._is_mine(name, place):
                found[name] = tuple(
                    drafts.read_value(
                        draft=self.draft, fact=self.facts[name], raw=value, place=place
                    )
                    for value in values
                )
        return found

    def _basis(self, body: Lined, key: str) -> tuple[Basis, ...]:
        return drafts.read_basis(
            draft=self.draft, raw=body.get(key), file=self.file, place=self.at(body, key)
        )

    def event(self, name: str, body: Lined) -> Event:
        """Return something that happens without an officer."""
        for code in [*body.get("from", ()), *([body["to"]] if "to" in body else [])]:
            self.code(code, self.at(body, "from" if code in body.get("from", ()) else "to"))
        when = None
        if "when" in body:
            when = drafts.read_predicate(
                draft=self.draft, source=body["when"], facts=self.facts, place=self.at(body, "when")
            )
        return Event(
            id=name,
            title=body["title"],
            from_=tuple(body.get("from", ())),
            to=body.get("to", ""),
            when=when,
            sets=MappingProxyType(self._values(body, "sets")),
            by=body["by"],
            place=Place(self.file, body.line),
        )

    def invariant(self, body: Lined) -> tuple[Invariant, ...]:
        """Return the invariant, or nothing when its predicate cannot be right."""
        must = drafts.read_predicate(
            draft=self.draft, source=body["must"], facts=self.facts, place=self.at(body, "must")
        )
        at = () if body["at"] == "always" else tuple(body["at"])
        for code in at:
            self.code(code, self.at(body, "at"))
        place = Place(self.file, body.line)
        found = Invariant(
            id=body["id"],
            title=body["title"],
            at=at,
            must=must or compile_expression("true"),
            basis=self._basis(body, "basis"),
            covers=tuple(body.get("covers", ())),
            place=place,
        )
        return (found,) if must else ()

    def taken(self, raw: Lined) -> tuple[str, ...]:
        """Return the facts taken over from the main procedure; no step may set or ask them."""
        names = self._named(raw, "takes")
        for step, body in raw["steps"].items():
            for name in names:
                if name in (*body.get("asks", ()), *(body.get("sets") or ())):
                    self.draft.refuse(
                        self.at(raw["steps"], step),
                        f"步骤 {step} 写入了 {name}，而它由主程序带来（takes）。",
                        "",
                        "请从 takes 里去掉，或者不在这里写入。",
                    )
        return names

    def attachment(self, body: Lined | None) -> Attachment | None:
        """Return how the procedure joins others; what it names is checked when all is read."""
        if body is None:
            return None
        return Attachment(
            opens=body["opens"],
            to=MappingProxyType({name: tuple(codes) for name, codes in body["to"].items()}),
            many=body.get("many", False),
            pending=body.get("pending", ""),
            ends=MappingProxyType(dict(body.get("ends") or {})),
            settled=tuple(body.get("settled", ())),
        )

    def block(self, body: Lined) -> Block:
        """Return a sub-procedure used between two states."""
        for key in ("in", "out"):
            self.code(body[key], self.at(body, key))
        return Block(body["id"], body["in"], body["out"])
