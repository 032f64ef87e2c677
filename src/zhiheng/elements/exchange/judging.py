"""What one row of a file means for the register: new, changed, unchanged, or wrong and why."""

import copy
import uuid
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import models

from zhiheng.elements.exchange import links, values
from zhiheng.elements.exchange.columns import Column, columns_of, label_key
from zhiheng.elements.exchange.existing import Existing
from zhiheng.elements.exchange.periods import chains
from zhiheng.elements.exchange.sheets.common import letters
from zhiheng.elements.exchange.values import Wrong
from zhiheng.elements.models import ElementRecord, ImportBatch, ImportRow
from zhiheng.elements.validation import check_record
from zhiheng.kernel.errors import Invalid

IN_FILE = -1
"""Stands for the id of an element that the same file registers."""
_MASK = "**"
CHANGES = "="
Outcome = ImportRow.Outcome


class Judge:
    """Judges a chunk of rows with everything looked up beforehand."""

    def __init__(
        self, *, batch: ImportBatch, model: type[ElementRecord], rows: Sequence[ImportRow]
    ) -> None:
        self.batch, self.model = batch, model
        every = {column.name: column for column in columns_of(model)}
        self.columns = {name: every[name] for name in batch.mapping if name in every}
        self.label = every.get(label_key(model))
        self.required = [column for column in every.values() if column.required]
        self.letters = {name: letters(at) for at, name in enumerate(batch.mapping) if name}
        self.chains = chains(batch, [row.key for row in rows if row.key])
        self.linked = {
            name: links.look_up(column, {str(row.values.get(name) or "") for row in rows})
            for name, column in self.columns.items()
            if column.kind in ("link", "account")
        }
        self.in_file = self._in_file(rows)
        self._resolved = {row.line: self._resolve(row) for row in rows}
        self.existing = Existing(model, [found for found, _ in self._resolved.values()])

    def _in_file(self, rows: Sequence[ImportRow]) -> set[str]:
        """Keys of the same file to which a link leads that the register does not know yet."""
        wanted: set[str] = set()
        for name, found in self.linked.items():
            if self.columns[name].target is self.model:
                wanted |= {str(row.values.get(name) or "") for row in rows} - found.keys()
        wanted.discard("")
        keys = self.batch.lines.filter(key__in=wanted) if wanted else ImportRow.objects.none()
        return set(keys.values_list("key", flat=True))

    def _resolve(self, row: ImportRow) -> tuple[dict[str, Any], list[list[str]]]:
        """The row's values with links as elements; and what is wrong with its links."""
        found, problems = dict(row.values), []
        on = self.day_of(row)
        for name, candidates in self.linked.items():
            text = str(found.get(name) or "")
            if not text or text in self.in_file:
                continue
            try:
                found[name] = links.pick(self.columns[name], text, candidates, on=on)
            except Wrong as wrong:
                found[name] = None
                problems.append(self._problem(name, text, str(wrong)))
        return found, problems

    def day_of(self, row: ImportRow) -> date:
        """The day from which the row holds."""
        given = row.values.get("valid_from")
        return date.fromisoformat(given) if given else self.batch.valid_from

    def judge(self, row: ImportRow) -> ImportRow:
        """The row with its outcome; nothing is stored here."""
        found, problems = self._resolved[row.line]
        row.problems = [one for one in row.problems if one[0] and not one[0].startswith("*")]
        row.problems += problems
        row.diff, row.was, row.uid, row.day = [], None, None, self.day_of(row)
        row.until = None
        if chain := self.chains.get(row.key):
            row.until = chain.until(row.line)
            try:
                chain.check(row.line)
            except Wrong as wrong:
                self._add(row, "", str(wrong))
        self._attach_links(row, found)
        if not row.problems:
            try:
                was = self._version(row, found)
                self._new(row, found) if was is None else self._changed(row, found, was)
            except Wrong as wrong:
                self._add(row, "", str(wrong))
        if row.problems:
            row.outcome, row.was = Outcome.WRONG, None
        return row

    def _attach_links(self, row: ImportRow, found: dict[str, Any]) -> None:
        """Ids of linked elements beside the texts that named them."""
        for name in self.linked:
            if name in row.values:
                target, text = found.get(name), row.values[name]
                inside = isinstance(target, str) and text in self.in_file
                row.values[self.columns[name].attname] = (
                    {"key": text} if inside else target.pk if target and not inside else None
                )

    def _version(self, row: ImportRow, found: dict[str, Any]) -> Any:
        """The version that the row is about; None for a new element."""
        day, uid = self.day_of(row), row.values.get("uid")
        same_key = self.existing.of(found)
        versions = self.existing.by_uid(uid) if uid else same_key
        if uid and not versions:
            raise Wrong("登记簿里没有这个要素标识。新登记的请把“要素标识”留空。")
        holding = [one for one in versions if one.valid_from <= day and one.ends_after(day)]
        if len({one.uid for one in holding}) > 1:
            raise Wrong("登记簿里有不止一个要素符合。请填写“要素标识”（导出文件里有）。")
        taken = any(str(one.uid) != uid and one.ends_after(day) for one in same_key)
        if uid and taken and len(self.existing.identity) == 1:
            raise Wrong(f"“{row.key}”已被登记簿里的另一个要素使用。请换一个。")
        if holding:
            return holding[0]
        later = [one for one in versions if one.valid_from > day]
        if later:
            raise Wrong(
                f"登记簿里它从 {later[0].valid_from:%Y-%m-%d} 起才有记录，"
                f"不能从 {day:%Y-%m-%d} 起变更。请把生效日改到那天或以后。"
            )
        if uid:
            raise Wrong(f"它在 {day:%Y-%m-%d} 之前已经失效。请核对生效日，或留空标识新登记。")
        return None

    def _new(self, row: ImportRow, found: dict[str, Any]) -> None:
        row.name = self._masked_name(row.name, row.values.get("kind") == "CITIZEN")
        absent = [one.title for one in self.required if row.values.get(one.name) in (None, "")]
        if absent:
            self._add(row, "", f"新登记的要写明“{'”“'.join(absent)}”。请补上。")
            return
        record = instance(self.model, row.values, columns_of(self.model))
        record.valid_from = self.day_of(row)
        self._check(row, record)
        row.uid, row.outcome = self._uid(row, found), Outcome.NEW

    def _uid(self, row: ImportRow, found: dict[str, Any]) -> uuid.UUID:
        """A new element's own; in a chain the one of the register that the chain is about."""
        chain = self.chains.get(row.key)
        if chain is None:
            return uuid.uuid4()
        known = [
            one.uid
            for one in self.existing.of(found)
            if any(one.valid_from <= day and one.ends_after(day) for day in chain.days())
        ]
        return known[0] if known else chain.uid(self.batch)

    def _changed(self, row: ImportRow, found: dict[str, Any], was: Any) -> None:
        changes: dict[str, Any] = {}
        citizen = getattr(was, "kind", "") == "CITIZEN"
        for name, column in self.columns.items():
            if name in ("uid", "valid_from") or name not in row.values:
                continue
            before, after = text_of(column, was), self._after(column, row, found)
            hidden = values.masked(column, before, is_citizen=citizen)
            if after in (before, hidden):
                continue
            if column.masked and _MASK in after:
                self._add(row, name, "是遮蔽后的内容，不能导入。请填写原文，或照导出文件保持不变。")
                continue
            shown = values.masked(column, after, is_citizen=citizen)
            row.diff.append([column.title, hidden, shown])
            changes |= stored_of(column, row.values)
        row.uid, row.was = was.uid, was.pk
        row.name = self._masked_name(row.name or str(was)[:120], citizen)
        row.outcome = Outcome.CHANGED if changes else Outcome.SAME
        if not changes:
            return
        row.values[CHANGES] = changes
        self._check_region(row, was.region_code)
        changed = copy.copy(was)
        apply_changes(changed, changes)
        changed.valid_from = max(self.day_of(row), was.valid_from)
        self._check(row, changed)

    def _masked_name(self, name: str, citizen: bool) -> str:
        return values.masked(self.label, name, is_citizen=citizen) if self.label else name

    def _after(self, column: Column, row: ImportRow, found: dict[str, Any]) -> str:
        if column.kind in ("link", "account"):
            target = found.get(column.name)
            return target if isinstance(target, str) else links.link_text(target)
        return values.write(column, row.values[column.name])

    def _check(self, row: ImportRow, record: Any) -> None:
        """The checks that every record passes, and the region of whoever uploaded."""
        self._check_region(row, record.region_code)
        try:
            check_record(row=record)
        except Invalid as error:
            for field, sentence in error.fields.items():
                self._add(row, field, sentence)

    def _check_region(self, row: ImportRow, region: str) -> None:
        if not region.startswith(tuple(self.batch.prefixes)) and not row.problems:
            self._add(
                row, "region_code", "不在您的辖区，不能登记或变更。请交由该区划的管理员办理。"
            )

    def _add(self, row: ImportRow, name: str, sentence: str) -> None:
        row.problems.append(self._problem(name, self._found(row, name), sentence))

    def _found(self, row: ImportRow, name: str) -> str:
        column = self.columns.get(name)
        if column is None or column.kind == "sealed":
            return ""
        return str(row.cells[self.batch.mapping.index(name)])[:60]

    def _problem(self, name: str, found: str, sentence: str) -> list[str]:
        """Letters with a star mark what this half of the check found: it may be run again."""
        column = self.columns.get(name)
        return [f"*{self.letters.get(name, '')}", column.title if column else "", found, sentence]


def text_of(column: Column, record: Any) -> str:
    """A record's field as the cell's text."""
    value = getattr(record, column.name)
    if column.kind in ("link", "account"):
        return links.link_text(value)
    return str(value) if column.kind == "uid" else values.write(column, value)


def stored_of(column: Column, found: dict[str, Any]) -> dict[str, Any]:
    """A field's value as the staging row keeps it, with its match value if it has one."""
    digest = f"{column.name}_hash"
    kept = {column.attname: found[column.attname]}
    return kept | ({digest: found[digest]} if digest in found else {})


def instance(
    model: type[ElementRecord], found: dict[str, Any], columns: Sequence[Column]
) -> ElementRecord:
    """A record from the values of a staging row; what is not there takes its default."""
    given: dict[str, Any] = {}
    for column in columns:
        if column.name != "uid" and column.attname in found:
            given |= stored_of(column, found)
    return model(**{name: restored(model, name, value) for name, value in given.items()})


def apply_changes(record: Any, changes: dict[str, Any], ids: dict[str, int] | None = None) -> None:
    """Set fields from their JSON form; a link inside the file becomes its id, or stands open."""
    for attname, value in changes.items():
        setattr(record, attname, restored(type(record), attname, value, ids))


def restored(
    model: type[ElementRecord], attname: str, value: Any, ids: dict[str, int] | None = None
) -> Any:
    """A field's value from its JSON form."""
    if isinstance(value, dict) and attname.endswith("_id"):
        return IN_FILE if ids is None else ids[value["key"]]
    return _parser(model, attname)(value) if isinstance(value, str) else value


@cache
def _parser(model: type[ElementRecord], attname: str) -> Callable[[Any], Any]:
    """What makes a field's value of a text; texts stay what they are."""
    field: Any = model._meta.get_field(attname)
    return str if isinstance(field, models.CharField | models.TextField) else field.to_python
