"""Layering: a province, city or county adds, tightens, or sets what the layer above leaves open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from zhiheng.rulebook import draft as drafts
from zhiheng.rulebook.book import STRENGTH, Added, Raise, Region
from zhiheng.rulebook.draft import Draft
from zhiheng.rulebook.model import DatedValue, Parameter, Place
from zhiheng.rulebook.read_guards import read_guard
from zhiheng.rulebook.read_law import check_overlaps, read_dated_value
from zhiheng.rulebook.source import Lined

LEVELS = {2: "province", 4: "city", 6: "county"}
NAMES = {"province": "省级", "city": "市级", "county": "县级"}
AddedGuards = dict[tuple[str, str, str], list[Added]]


def read_regions(
    *, draft: Draft, only: tuple[str, ...] | None
) -> tuple[dict[str, Region], AddedGuards]:
    """Read the packs from the upper to the lower layer; `only` keeps the named ones."""
    regions: dict[str, Region] = {}
    added: AddedGuards = {}
    folder = draft.root / "regions"
    packs = (
        sorted(folder.iterdir(), key=lambda path: (len(path.name), path.name))
        if (folder.is_dir())
        else []
    )
    for path in packs:
        if path.is_dir() and (only is None or path.name in only):
            _read_pack(draft, path, regions, added)
    return regions, added


def _read_pack(draft: Draft, folder: Path, regions: dict[str, Region], added: AddedGuards) -> None:
    raw = draft.open(folder / "region.yaml", "region")
    if raw is None:
        return
    file = f"regions/{folder.name}/region.yaml"
    place = draft.place(file, raw, "code")
    code, level = raw["code"], raw["level"]
    if code != folder.name or LEVELS.get(len(code)) != level:
        draft.refuse(
            place,
            f"规则包的代码 {code}、级别 {level} 与文件夹 {folder.name} 不相配。",
            "省 2 位、市 4 位、县 6 位。",
            "请改正 code、level 或文件夹名。",
        )
        return
    for path in sorted(folder.glob("parameters/**/*.yaml")):
        _read_parameter(draft, path, code, level)
    for path in sorted(folder.glob("guards/**/*.yaml")):
        _read_guards(draft, path, code, added)
    raises = _read_raises(draft, raw, file, code, regions)
    regions[code] = Region(code, raw["title"], level, MappingProxyType(raises))


def _read_parameter(draft: Draft, path: Path, code: str, level: str) -> None:
    raw = draft.open(path, "region-parameter")
    if raw is None:
        return
    file = path.relative_to(draft.root).as_posix()
    place = draft.place(file, raw, "id")
    upper = draft.parameters.get(raw["id"])
    if upper is None:
        draft.known(
            word=raw["id"],
            choices=draft.parameters,
            place=place,
            what="上级参数",
            next_step="下级只能设定上级留出的参数；新参数请写在 rulebook/parameters/。",
        )
        return
    if level not in upper.may_set:
        allowed = "、".join(NAMES[name] for name in upper.may_set) or "没有留给任何下级"
        draft.refuse(
            place,
            f"参数 {upper.id}（{upper.title}）没有留给{NAMES[level]}设定。",
            f"上级写明可设定的是：{allowed}（may_set，见 {upper.place.file}）。",
            "请删去，或由上级在 may_set 里写明。",
        )
        return
    values = []
    for body in raw["values"]:
        value = read_dated_value(
            draft=draft, file=file, body=body, kind=upper.kind, unit=upper.unit, region=code
        )
        _check_direction(draft, upper, value)
        values.append(value)
    draft.parameters[upper.id] = replace(upper, values=(*upper.values, *values))
    check_overlaps(draft=draft, parameter=draft.parameters[upper.id])


def _check_direction(draft: Draft, upper: Parameter, value: DatedValue) -> None:
    """Refuse a value that loosens what the upper layer lets others only tighten."""
    above = [
        one
        for one in upper.values
        if one.domain == value.domain
        and value.region.startswith(one.region)
        and one.region != value.region
        and one.span.overlaps(value.span)
    ]
    for one in above:
        if not isinstance(one.value, int) or not isinstance(value.value, int):
            continue
        wrong_unit = one.unit != value.unit
        too_high = upper.direction == "only_lower" and value.value > one.value
        too_low = upper.direction == "only_higher" and value.value < one.value
        if wrong_unit or too_high or too_low:
            rule = {"only_lower": "只可更低", "only_higher": "只可更高"}.get(upper.direction, "")
            draft.refuse(
                value.place,
                f"参数 {upper.id}（{upper.title}）写作 {value.value}{value.unit}，"
                f"上级为 {one.value}{one.unit}，{rule or '单位不同'}。",
                f"上级的值在 {one.place.file}:{one.place.line}。",
                "请改到上级允许的范围内。",
            )


def _read_guards(draft: Draft, path: Path, code: str, added: AddedGuards) -> None:
    raw = draft.open(path, "region-guards")
    if raw is None:
        return
    file = path.relative_to(draft.root).as_posix()
    for name, body in raw.items():
        place = draft.place(file, raw, name)
        if name in draft.guards:
            draft.refuse(
                place,
                f"下级不得改写上级的护栏 {name}。",
                f"上级的写在 {draft.guards[name].place.file}。",
                "要更严的，请在 region.yaml 的 raises 里写；要新增的，请换一个编号。",
            )
            continue
        read_guard(draft=draft, name=name, body=body, place=place, region=code)
        for where in body["applies"]:
            _apply(draft, name, code, where, Place(file, where.line), added)


def _apply(
    draft: Draft, name: str, code: str, where: Lined, place: Place, added: AddedGuards
) -> None:
    versions = draft.procedures.get(where["procedure"], {})
    steps = {step for procedure in versions.values() for step in procedure.steps}
    if draft.known(
        word=where["procedure"],
        choices=draft.procedures,
        place=place,
        what="程序",
        next_step="请改正编号。",
    ) and draft.known(
        word=where["step"], choices=steps, place=place, what="步骤", next_step="请改正编号。"
    ):
        key = (where["procedure"], where["step"], where.get("when", "before"))
        added.setdefault(key, []).append(Added(code, name))


def _read_raises(
    draft: Draft, raw: Lined, file: str, code: str, regions: dict[str, Region]
) -> dict[str, Raise]:
    found: dict[str, Raise] = {}
    entries = raw.get("raises") or Lined()
    for name, body in entries.items():
        place = draft.place(file, entries, name)
        if not draft.known(
            word=name, choices=draft.guards, place=place, what="护栏", next_step="请改正编号。"
        ):
            continue
        mode = draft.guards[name].mode
        for upper in regions.values():
            if code.startswith(upper.code) and name in upper.raises:
                mode = max(mode, upper.raises[name].mode, key=STRENGTH.__getitem__)
        checked = drafts.read_checked(draft=draft, raw=body["checked"], place=place)
        if STRENGTH[body["mode"]] <= STRENGTH[mode]:
            draft.refuse(
                place,
                f"护栏 {name} 在上级已是 {mode}，下级不得改为 {body['mode']}。",
                "只可加严：list → warn → block。",
                "请删去这一条。",
            )
        elif body["mode"] == "block" and not checked.verified:
            draft.refuse(place, f"护栏 {name} 加严为 block，却待核。", "", "请先由法制人员核对。")
        basis = drafts.read_basis(draft=draft, raw=body["basis"], file=file, place=place)
        found[name] = Raise(body["mode"], basis, checked)
    return found
