"""Papers of gathering evidence: F-10, F-11, F-13, F-14, F-16, F-17 (行政处罚法 46, 55)."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from zhiheng.cases.captures import hour_of
from zhiheng.cases.papers.common import RIGHTS, Material, lines
from zhiheng.cases.papers.making import SHANGHAI, write
from zhiheng.kernel import codes
from zhiheng.rulebook import api as rulebook

COPY, ONE, BY_GIVER = "复制件", "1份", "由提供人注明"
KILO = 1024


def choice(name: str, value: Any) -> str:
    """A choice in words, by the fact that it answers."""
    return rulebook.display(fact=rulebook.current().all_facts[name], value=value)


def contact(m: Material) -> str:
    """Whom the addressee may ask."""
    return "、".join(each["name"] for each in m.officers)


def plan(m: Material) -> dict[str, Any]:
    """F-10 现场图 (行政诉讼证据规定 34: time, direction, who drew it)."""
    facts, item = m.facts, m.taken.extra["evidence"]
    return {
        **m.base(), "party": {"name": m.subject.name}, "officers": m.officers,
        "plan_title": facts["plan_title"], "drawn_at": m.at.isoformat(), "place": facts["photo_place"],
        "direction": facts["plan_direction"], "scale": facts["plan_scale"],
        "drawer": m.taken.actor.name, "present_person": facts["plan_present"],
        "witnesses": facts["plan_witnesses"], "legend": lines(facts["plan_legend"]),
        "file_sha256": item.file_sha256, "file_mime": item.mime,
    }  # fmt: skip


def summons(m: Material) -> dict[str, Any]:
    """F-11 询问通知书."""
    facts = m.facts
    return {
        **m.base(), "person": {
            "name": facts["summon_person"], "role": choice("summon_role", facts["summon_role"]),
        },
        "ask_at": moment(facts["summon_on"], facts["summon_time"]).isoformat(),
        "place": facts["summon_place"], "matters": facts["summon_matters"],
        "papers": lines(facts["summon_papers"]), "contact_person": contact(m),
    }  # fmt: skip


def statement(m: Material) -> dict[str, Any]:
    """F-13 自书材料: sex and age stand in the number of the identity card (行政诉讼证据规定 13)."""
    facts = m.facts
    number = str(facts["written_id"]).strip().upper()
    known = codes.is_citizen_id(number)
    return {
        **m.base(), "material_kind": facts["written_kind"], "person": {
            "name": facts["written_by"], "id_number": number, "address": facts["written_address"],
            "role": facts["written_role"], "occupation": facts["written_job"],
            "phone": facts["written_phone"],
            "gender": ("男" if codes.citizen_id_is_male(number) else "女") if known else "",
            "age": f"{codes.citizen_id_age(number, on=facts['written_on'])}岁" if known else "",
        },
        "written_on": facts["written_on"].isoformat(), "rights_told": RIGHTS,
        "content": facts["written_content"], "received_by": m.taken.actor.name,
        "received_on": m.on.isoformat(),
    }  # fmt: skip


def request(m: Material) -> dict[str, Any]:
    """F-14 调取证据通知书 with its list."""
    facts = m.facts
    return {
        **m.base(), "to_person": facts["wanted_from"], "reason": facts["wanted_reason"],
        "wanted": [wanted(line) for line in lines(facts["wanted_list"])],
        "due_on": facts["wanted_due"].isoformat(), "manner": facts["wanted_manner"],
        "contact_person": contact(m),
    }  # fmt: skip


def wanted(line: str) -> dict[str, str]:
    """“进货台账：复印件，1份” as a row; what is not said is one copy."""
    name, _, rest = line.replace(":", "：", 1).partition("：")
    form, _, quantity = re.sub("[,、]", "，", rest.strip(), count=1).partition("，")
    return {
        "name": name.strip(), "form": form.strip() or COPY, "quantity": quantity.strip() or ONE,
        "source": BY_GIVER, "note": "",
    }  # fmt: skip


def data(m: Material) -> dict[str, Any]:
    """F-16 电子数据提取笔录: the list of files comes from the file itself."""
    facts, item = m.facts, m.taken.extra["evidence"]
    return {
        **m.base(), "party": {"name": m.subject.name}, "officers": m.officers,
        "started_at": m.started(), "ended_at": m.at.isoformat(), "place": facts["photo_place"],
        "holder": facts["data_holder"], "witnesses": facts["data_witnesses"],
        "medium": facts["data_medium"],
        "not_original_reason": "" if facts["data_original"] else facts["data_why_not"],
        "method": facts["data_method"], "time_source": facts["data_clock"],
        "process": facts["data_process"], "recording": facts["data_recording"],
        "data_items": [{
            "name": item.title, "format": item.mime, "size": size_in_words(item.size),
            "sha256": item.file_sha256, "note": item.name,
        }],
    }  # fmt: skip


def size_in_words(size: int) -> str:
    """Bytes as people read them."""
    if size < KILO:
        return f"{size} 字节"
    return f"{size / KILO:,.1f} KB" if size < KILO**2 else f"{size / KILO**2:,.1f} MB"


def recording(m: Material) -> dict[str, Any]:
    """F-17 视听资料说明 (行政诉讼证据规定 12: how, when, by whom, to prove what; sound in words)."""
    facts, item = m.facts, m.taken.extra["evidence"]
    began = moment(facts["av_on"], facts["av_from"])
    ended = began + timedelta(minutes=int(facts["minutes_taken"] or 0))
    return {
        **m.base(), "party": {"name": m.subject.name}, "evidence_title": item.title,
        "carrier": facts["av_carrier"], "copy_reason": facts["av_copy_reason"],
        "device_no": facts["av_device"], "maker": facts["av_maker"], "method": facts["av_method"],
        "started_at": began.isoformat(), "ended_at": ended.isoformat(), "place": facts["photo_place"],
        "proves": item.proves, "transcript": [spoken(line) for line in lines(facts["av_words"])],
        "file_sha256": item.file_sha256, "file_sm3": item.sm3,
    }  # fmt: skip


def spoken(line: str) -> dict[str, str]:
    """“00:35 店主：早就坏了” as a row; without time or speaker the words stand alone."""
    found = re.match(r"(\d{1,2}(?:[:：]\d{2}){1,2})?\s*(?:([^：:]{1,20})[：:])?(.*)", line.strip())
    assert found is not None  # noqa: S101 - every part may be absent
    return {"at": found[1] or "—", "speaker": found[2] or "—", "words": found[3].strip() or "—"}


def moment(day: date, hour: str) -> datetime:
    """A day and a time of day as people typed them, as an instant."""
    clock = hour_of(hour)
    assert clock is not None  # noqa: S101 - the step has looked
    return datetime.combine(day, clock, SHANGHAI)


for _code, _writer in (("F-10", plan), ("F-11", summons), ("F-13", statement), ("F-14", request),
                       ("F-16", data), ("F-17", recording)):  # fmt: skip
    write(_code, _writer)
