from xml.etree import ElementTree as ET

import pytest

from zhiheng.rulebook.bpmn import DC, DD, DI, MODEL, bpmn
from zhiheng.rulebook.diagram import mermaid, svg
from zhiheng.rulebook.layout import arrange


@pytest.fixture(params=["penalty.mini", "penalty.ordinary", "clue.intake"])
def drawn(request, mini, real):
    book = mini if request.param == "penalty.mini" else real
    return book, book.procedure(request.param)


def test_bpmn_is_whole_every_node_drawn_and_every_flow_joined(drawn):
    book, procedure = drawn
    root = ET.fromstring(bpmn(rulebook=book, procedure=procedure))
    assert root.tag == f"{{{MODEL}}}definitions"
    process = root.find(f"{{{MODEL}}}process")
    nodes = {
        e.get("id"): e.tag.split("}")[1] for e in process if e.tag != f"{{{MODEL}}}sequenceFlow"
    }
    assert {f"step_{name}": "userTask" for name in procedure.steps}.items() <= nodes.items()
    ends = {f"state_{c}" for c, state in procedure.states.items() if state.final}
    assert {id for id, tag in nodes.items() if tag == "endEvent"} == ends
    assert sum(tag == "startEvent" for tag in nodes.values()) == 1
    assert len(process.findall(f"{{{MODEL}}}exclusiveGateway")) == len(procedure.states) - len(ends)
    flows = process.findall(f"{{{MODEL}}}sequenceFlow")
    joined = {(f.get("sourceRef"), f.get("targetRef")) for f in flows}
    assert {end for flow in joined for end in flow} == set(nodes), "no node stands alone"
    shapes = root.findall(f".//{{{DI}}}BPMNShape")
    assert {shape.get("bpmnElement") for shape in shapes} == set(nodes)
    assert all(shape.find(f"{{{DC}}}Bounds") is not None for shape in shapes)
    edges = root.findall(f".//{{{DI}}}BPMNEdge")
    assert {edge.get("bpmnElement") for edge in edges} == {f.get("id") for f in flows}
    assert all(len(edge.findall(f"{{{DD}}}waypoint")) == 2 for edge in edges)
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_bpmn_shapes_do_not_cover_each_other(drawn):
    book, procedure = drawn
    root = ET.fromstring(bpmn(rulebook=book, procedure=procedure))
    boxes = [
        tuple(int(bounds.get(key)) for key in ("x", "y", "width", "height"))
        for bounds in root.iter(f"{{{DC}}}Bounds")
    ]
    for index, (x, y, width, height) in enumerate(boxes):
        for a, b, w, h in boxes[:index]:
            apart = x >= a + w or a >= x + width or y >= b + h or b >= y + height
            assert apart, f"{(x, y)} covers {(a, b)}"


def test_a_task_carries_role_guards_and_articles(mini):
    text = bpmn(rulebook=mini, procedure=mini.procedure("penalty.mini"))
    assert "办理：agency_head" in text
    assert "〔《行政处罚法》第四十五条第二款〕" in text


def test_the_main_road_runs_from_left_to_right(real):
    procedure = real.procedure("penalty.ordinary")
    place = arrange(procedure=procedure).place
    road = ["PROPOSED", "FILED", "INVESTIGATED", "REVIEWED", "NOTICE_ISSUED", "NOTIFIED", "DECIDED",
            "SERVED", "PERFORMED", "CLOSED", "ARCHIVED"]  # fmt: skip
    columns = [place[code][0] for code in road]
    assert columns == sorted(set(columns))


def test_the_picture_names_every_state_and_step_and_marks_where_one_is(drawn):
    _, procedure = drawn
    picture = svg(procedure=procedure, here=procedure.initial)
    ET.fromstring(picture)
    assert picture.count('class="n h"') == 1
    for state in procedure.states.values():
        assert state.title in picture
    for step in procedure.steps.values():
        assert step.title in picture


def test_mermaid_has_every_step_once_per_pair_of_states(mini):
    text = mermaid(procedure=mini.procedure("penalty.mini"))
    assert text.startswith("stateDiagram-v2\n")
    assert "  PROPOSED --> FILED : 批准立案\n" in text
    assert "  DECIDED --> [*]\n" in text
    assert "  NOTIFIED --> NOTIFIED : 记录申辩、复核申辩、放弃申辩\n" in text
