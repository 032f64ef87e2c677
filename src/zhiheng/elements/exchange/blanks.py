"""Files to fill in: the template of a register, and the rows of a batch that have errors."""

import csv
import io
from collections.abc import Iterator
from typing import IO

from zhiheng.elements.exchange import writing
from zhiheng.elements.exchange.columns import Column, columns_of, link_key
from zhiheng.elements.exchange.sheets.common import letters
from zhiheng.elements.exchange.staging import EXAMPLE
from zhiheng.elements.models import BasisNode, ImportBatch
from zhiheng.elements.registers import Register
from zhiheng.kernel import ciphers

_SAMPLES = {
    "text": "文字", "int": "12", "float": "120.15", "bool": "是", "date": "2026-01-02",
    "money": "8000", "sealed": "文字", "uid": "", "json": "", "account": "",
}  # fmt: skip
_EXPLAINED = {
    "text": "文字", "int": "整数", "float": "数字", "bool": "是、否",
    "date": "2026-01-02、2026/1/2、2026年1月2日或表格软件的日期", "money": "元，例如 8000、0.8万",
    "sealed": "文字；加密保存", "choice": "见“可选值”",
    "list": "几项之间用顿号“、”或分号隔开", "json": "结构化内容，照导出文件的写法",
    "uid": "新登记的留空；修改的照导出文件原样保留", "account": "账号的登录名",
}  # fmt: skip


def template_xlsx(register: Register) -> bytes:
    """A workbook with header, example row, explanations and allowed choices."""
    out = io.BytesIO()
    columns = columns_of(register.model)
    with_choices = [column for column in columns if column.choices]
    book = writing.new_book(out)
    sheet = writing.data_sheet(
        book,
        name=register.title,
        titles=[column.title for column in columns],
        needed=[column.title for column in columns if column.required],
    )
    for at, text in enumerate(_example(register, columns)):
        sheet.write_string(1, at, text)
    for at, column in enumerate(columns):
        if column.kind == "choice":
            place = letters(with_choices.index(column))
            source = f"='可选值'!${place}$2:${place}${len(column.choices) + 1}"
            sheet.data_validation(
                1, at, 100_000, at, {"validate": "list", "source": source, "error_type": "warning"}
            )
    writing.remark_sheet(book, _explanations(columns))
    _choice_sheet(book, with_choices)
    book.close()
    return out.getvalue()


def template_csv(register: Register) -> bytes:
    """Header and example row, for programs that make CSV."""
    out = io.StringIO()
    columns = columns_of(register.model)
    csv.writer(out).writerows([[c.title for c in columns], _example(register, columns)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _example(register: Register, columns: tuple[Column, ...]) -> list[str]:
    """A row that nobody takes for data; rows marked like this are never read."""
    cells = [_sample(column) for column in columns]
    first = next(at for at, column in enumerate(columns) if column.kind in ("text", "link"))
    cells[first] = f"{EXAMPLE}这一行不会导入"
    return cells


def _sample(column: Column) -> str:
    if column.name == "region_code":
        return "330000"
    if column.name in ("valid_until", "approve_doc"):
        return ""
    if column.choices:
        labels = [label for _, label in column.choices]
        return "、".join(labels[:2]) if column.kind == "list" else labels[0]
    if column.kind == "list":
        return "第一项、第二项"
    return "代码" if column.kind == "link" else _SAMPLES[column.kind]


def _explanations(columns: tuple[Column, ...]) -> list[tuple[str, str]]:
    lines = [
        ("怎样填", "第一行是表头，请勿合并单元格；红色表头必填。示例行不会导入，可以删去。"),
        ("留空", "对应了的列留空，就是清空；没有的列保持原样。“生效日”留空时按上传时选的日子。"),
        (
            "同一要素",
            "按代码（或“要素标识”）认出登记簿里已有的：有变化的登记新版本，旧版本留作历史。",
        ),
        (
            "几个期间",
            "同一编码可以写几行，各填不同的“生效日”：每一行有效到下一行的生效日为止。",
        ),
        ("", ""),
    ]
    for column in columns:
        how = _link_words(column) if column.kind == "link" else _EXPLAINED[column.kind]
        most = f"，最多 {column.limit} 字" if column.kind == "text" and column.limit else ""
        lines.append((column.title, f"{'必填；' if column.required else ''}{how}{most}"))
    return lines


def _link_words(column: Column) -> str:
    name = column.target._meta.verbose_name
    if column.target is BasisNode:
        return f"{name}，例如《法名》第十二条第一款"
    key = link_key(column.target)
    title = column.target._meta.get_field(key).verbose_name if key else "要素标识"
    return f"登记簿里已有的{name}：填{title}"


def _choice_sheet(book: writing.xlsxwriter.Workbook, columns: list[Column]) -> None:
    sheet = book.add_worksheet("可选值")
    head = book.add_format({"bold": True, "bottom": 1})
    longest = max((len(column.choices) for column in columns), default=0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, 22)
        sheet.write_string(0, at, column.title, head)
    for number in range(longest):
        for at, column in enumerate(columns):
            if number < len(column.choices):
                sheet.write_string(number + 1, at, column.choices[number][1])


def errors_xlsx(out: IO[bytes], *, batch: ImportBatch, open_personal: bool) -> None:
    """The rows with errors as they were found, beside each where and what to do."""
    titles = [*batch.header, "原行号", "怎样改"]
    writing.xlsx_file(
        out,
        name="有错的行",
        titles=titles,
        rows=_wrong_rows(batch, open_personal),
        remarks=lambda seal: [
            ("文件", batch.file_name),
            ("有错的行", str(seal.rows)),
            (
                "怎样用",
                "在这里改好后直接上传：后两列会被忽略。没有错的行请一并放进来，或留在原文件里改。",
            ),
        ],
    )


def _wrong_rows(batch: ImportBatch, open_personal: bool) -> Iterator[list[str]]:
    rows = batch.lines.filter(outcome="WRONG").order_by("line")
    for row in rows.only("cells", "line", "problems").iterator(chunk_size=1_000):
        cells = [_opened(cell, open_personal) for cell in row.cells]
        yield [*cells, str(row.line), "\n".join(sentence(one) for one in row.problems)]


def _opened(cell: str, open_personal: bool) -> str:
    if not cell.startswith("sm4."):
        return cell
    return ciphers.open_field(cell) if open_personal else "（不显示）"


def sentence(problem: list[str]) -> str:
    """C 列“统一社会信用代码”：“123”有误…… as one line."""
    letter, title, found, said = problem
    letter = letter.lstrip("*")
    where = f"{letter} 列“{title}”" if letter else title
    what = f"填的是“{found}”" if found else ""
    return "，".join(filter(None, (where, what))) + ("：" if where or what else "") + said
