"""What the people of the walk type: the demo's own answers, as they are typed into fields."""

from datetime import date
from typing import Any

from tests.journeys.driver import as_typed
from zhiheng.cases.demo.answers import answers
from zhiheng.cases.demo.player import picture
from zhiheng.cases.models import Case
from zhiheng.rulebook import api as rulebook

FINE = 800000
REPORT = {
    "source": "PHONE", "description": "楼下饭店排出的油烟直往家里窜，开窗就呛人",
    "place": "城东街道清波路18号后巷", "happened": "每天傍晚五点到八点", "target": "面馆",
    "informant_name": "热心群众", "informant_phone": "13900000000",
}  # fmt: skip
CHECK = {
    "check_findings": "到现场查看，后厨排烟管直通居民窗下，没有净化设施。",
    "initial_evidence": "true", "in_jurisdiction": "true", "within_limitation": "true",
    "check_suggestion": "FILE",
}  # fmt: skip


def usual(step_id: str, **changes: Any) -> dict[str, Any]:
    """The usual answers to a step of the newest case, some of them changed."""
    facts = rulebook.current().all_facts
    case = newest()
    given = answers(case=case, step_id=step_id, on=date.today(), fine=FINE)
    typed = {
        n: v if facts[n].type == "date" else as_typed(v, facts[n].type) for n, v in given.items()
    }
    return {**typed, **(upload("后厨") if step_id == "add_photo" else {}), **changes}


def newest() -> Case:
    """The case that was opened last."""
    return Case.objects.select_related("dossier", "subject").latest("dossier_id")


def photo(name: str) -> dict[str, Any]:
    """A drawn picture as a phone sends it."""
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": picture(name).read()}


def upload(name: str) -> dict[str, Any]:
    """A photograph with what is said about it."""
    return {
        "file": photo(name), "evidence_title": f"{name}照片", "evidence_kind": "AUDIOVISUAL",
        "evidence_source": "执法人员现场拍摄", "proves": "油烟直排居民窗下",
    }  # fmt: skip
