"""A procedure as BPMN 2.0 XML, for exchange with other platforms.

A state is a gateway (what may be done now?), a step a user task, an event a receive task, a
final state an end event. Guards, roles and articles travel as documentation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from zhiheng.rulebook.book import Rulebook
from zhiheng.rulebook.layout import arrange
from zhiheng.rulebook.tables import Procedure

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
OURS = "urn:zhiheng:rulebook"
COLUMN, ROW = 360, 110
TASK = (130, 70)
GATE = (50, 50)
ROUND = (36, 36)


@dataclass(slots=True)
class _Sheet:
    """The model and its drawing while they are written side by side."""

    process: ET.Element
    plane: ET.Element
    boxes: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)
    flows: dict[str, list[tuple[str, ET.Element]]] = field(default_factory=dict)
    count: int = 0

    def node(
        self, tag: str, id: str, name: str, x: int, y: int, size: tuple[int, int]
    ) -> ET.Element:
        element = ET.SubElement(self.process, f"{{{MODEL}}}{tag}", {"id": id, "name": name})
        shape = ET.SubElement(
            self.plane, f"{{{DI}}}BPMNShape", {"id": f"{id}_di", "bpmnElement": id}
        )
        if tag == "exclusiveGateway":
            shape.set("isMarkerVisible", "true")
        top = y - size[1] // 2
        self.boxes[id] = (x, top, *size)
        bounds = {"x": x, "y": top, "width": size[0], "height": size[1]}
        ET.SubElement(shape, f"{{{DC}}}Bounds", {k: str(v) for k, v in bounds.items()})
        return element

    def flow(self, source: str, target: str) -> None:
        self.count += 1
        id = f"flow_{self.count}"
        ET.SubElement(
            self.process,
            f"{{{MODEL}}}sequenceFlow",
            {"id": id, "sourceRef": source, "targetRef": target},
        )
        edge = ET.SubElement(self.plane, f"{{{DI}}}BPMNEdge", {"id": f"{id}_di", "bpmnElement": id})
        x, y, width, height = self.boxes[source]
        ends = [(x + width, y + height // 2)]
        x, y, width, height = self.boxes[target]
        ends.append((x, y + height // 2))
        for at in ends:
            ET.SubElement(edge, f"{{{DD}}}waypoint", {"x": str(at[0]), "y": str(at[1])})


def bpmn(*, rulebook: Rulebook, procedure: Procedure) -> str:
    """Return the procedure as BPMN 2.0 XML with positions."""
    for prefix, uri in (("", MODEL), ("bpmndi", DI), ("dc", DC), ("di", DD)):
        ET.register_namespace(prefix, uri)
    root = ET.Element(f"{{{MODEL}}}definitions", {"id": "definitions", "targetNamespace": OURS})
    name = procedure.id.replace(".", "_")
    process = ET.SubElement(
        root,
        f"{{{MODEL}}}process",
        {
            "id": name,
            "name": f"{procedure.title} 第 {procedure.version} 版",
            "isExecutable": "false",
        },
    )
    diagram = ET.SubElement(root, f"{{{DI}}}BPMNDiagram", {"id": "diagram"})
    plane = ET.SubElement(diagram, f"{{{DI}}}BPMNPlane", {"id": "plane", "bpmnElement": name})
    sheet = _Sheet(process, plane)
    _states(sheet, procedure)
    _steps(sheet, procedure, rulebook)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _states(sheet: _Sheet, procedure: Procedure) -> None:
    layout = arrange(procedure=procedure)
    row = 0
    sheet.node("startEvent", "start", "开始", 0, ROW, ROUND)
    for x, column in enumerate(layout.columns):
        row = 0
        for code in column:
            state = procedure.states[code]
            tag, size = ("endEvent", ROUND) if state.final else ("exclusiveGateway", GATE)
            sheet.node(tag, f"state_{code}", state.title, 120 + x * COLUMN, ROW * (1 + row), size)
            leaving = len(procedure.steps_from(code))
            row += max(1, leaving)
    sheet.flow("start", f"state_{procedure.initial}")


def _steps(sheet: _Sheet, procedure: Procedure, rulebook: Rulebook) -> None:
    taken: dict[int, int] = {}
    moves: list[tuple[str, str, str, tuple[str, ...], str, list[str]]] = [
        ("userTask", step.id, step.title, step.from_, step.to, _told(rulebook, procedure, step.id))
        for step in procedure.steps.values()
    ]
    moves += [
        ("receiveTask", e.id, e.title, e.from_, e.to, [f"由{e.by}"])
        for e in procedure.events.values()
    ]
    for tag, id, title, sources, target, notes in moves:
        if not sources:
            continue
        column = sheet.boxes[f"state_{sources[0]}"][0]
        row = taken[column] = taken.get(column, 0) + 1
        node = f"step_{id}"
        task = sheet.node(tag, node, title, column + 110, ROW * row, TASK)
        for note in notes:
            ET.SubElement(task, f"{{{MODEL}}}documentation").text = note
        for source in sources:
            sheet.flow(f"state_{source}", node)
        for code in _targets(sources, target):
            sheet.flow(node, f"state_{code}")


def _targets(sources: Iterable[str], target: str) -> tuple[str, ...]:
    """Return where a task leads; one that stays leads back to where it was taken."""
    return (target,) if target else tuple(sources)


def _told(rulebook: Rulebook, procedure: Procedure, step_id: str) -> list[str]:
    step = procedure.steps[step_id]
    notes = [f"办理：{'、'.join(step.by)}"]
    for name in (*step.guards, *step.guards_after):
        guard = rulebook.guards[name]
        articles = "、".join(basis.text for basis in guard.basis)
        notes.append(f"{guard.id} {guard.title}：{guard.when.source}〔{articles}〕")
    if step.produces:
        notes.append(f"文书：{'、'.join(step.produces)}")
    if step.starts:
        notes.append("起算：" + "、".join(rulebook.parameters[name].title for name in step.starts))
    return notes
