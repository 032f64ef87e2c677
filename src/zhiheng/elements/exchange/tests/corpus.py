"""Makes the hostile and the odd files that the tests send in; none is kept in the repository."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import xlsxwriter

HEAD = ["主体代码", "名称"]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="t" Target="worksheets/sheet1.xml"/></Relationships>'
)
_BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>'
    '<sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>'
)


def raw(sheet: str | bytes, *, more: dict[str, bytes] | None = None, book: str = _BOOK) -> bytes:
    """A workbook around the XML of one sheet, as its enemy would write it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("xl/workbook.xml", book)
        package.writestr("xl/_rels/workbook.xml.rels", _RELS)
        package.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in (more or {}).items():
            package.writestr(name, content)
    return out.getvalue()


def cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(*rows: str, after: str = "", before: str = "") -> str:
    head = f'<row r="1">{cell("A1", HEAD[0])}{cell("B1", HEAD[1])}</row>'
    body = head + "".join(rows)
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{after}</worksheet>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def zip_bomb() -> bytes:
    return raw(sheet(), more={"xl/media/a.bin": bytes(40 * 1024 * 1024)})


def many_bombs() -> bytes:
    """Each part is small enough; together they would fill the memory. Only the directory says so."""
    out = io.BytesIO(raw(sheet()))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        for number in range(140):
            package.writestr(f"xl/media/{number}.bin", b"x")
        for entry in package.infolist():
            if entry.filename.startswith("xl/media/"):
                entry.file_size = 3 * 1024 * 1024
    return out.getvalue()


def a_thousand_columns() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write_row(0, 0, HEAD)
    page.write_row(1, 0, [f"x{n}" for n in range(1000)])
    book.close()
    return out.getvalue()


def a_million_empty_rows() -> bytes:
    numbers = (*range(3, 200_000), 1_048_576)
    empty = "".join(f'<row r="{n}"/>' for n in numbers)
    full = sheet(row(2, cell("A2", "X-1"), cell("B2", "甲")), empty)
    return raw(full.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'))


def two_corners() -> bytes:
    """A cell far out: a reader that makes a full grid of it needs the memory of a planet."""
    return raw(sheet(row(2, cell("A2", "X-1")), row(1_048_576, cell("XFD1048576", "y"))))


def formulas(*, with_result: bool) -> bytes:
    result = "<v>42</v>" if with_result else ""
    bad = f'<c r="B2" t="str"><f>WEBSERVICE("http://x/")</f>{result}</c>'
    return raw(sheet(row(2, cell("A2", "X-1"), bad)))


def merged() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["全县执法主体登记表"])
    book.active.append(HEAD)
    book.active.append(["X-1", "甲"])
    book.active.append(["X-2", "乙"])
    book.active.merge_cells("A1:B1")
    book.active.merge_cells("B3:B4")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hidden(*, all_of_them: bool) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append(["X-1", "甲"])
    secret = book.create_sheet("旧数据")
    secret.append(HEAD)
    secret.append(["X-9", "不该读"])
    secret.sheet_state = "veryHidden"
    out = io.BytesIO()
    if all_of_them:
        out = io.BytesIO()
        book.save(out)
        return _hide_first(out.getvalue())
    book.save(out)
    return out.getvalue()


def _hide_first(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "xl/workbook.xml":
                data = data.replace(b'state="visible"', b'state="hidden"')
            new.writestr(entry, data)
    return out.getvalue()


def entities() -> bytes:
    doctype = (
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )
    return raw(sheet(row(2, cell("A2", "&f;")), before=doctype))


def entities_in_the_texts() -> bytes:
    texts = b'<!DOCTYPE x [<!ENTITY a "ha">]><sst><si><t>&a;</t></si></sst>'
    body = sheet(row(2, '<c r="A2" t="s"><v>0</v></c>'))
    return raw(body, more={"xl/sharedStrings.xml": texts})


def broken_off() -> bytes:
    return raw(sheet(row(2, cell("A2", "X-1"))))[:-300]


def rows_in_disorder() -> bytes:
    return raw(sheet(row(5, cell("A5", "X-1")), row(2, cell("A2", "X-2"))))


def long_cell() -> bytes:
    return raw(sheet(row(2, cell("A2", "x" * 2_000_000))))


def csv(*lines: str) -> str:
    return "\r\n".join([",".join(HEAD), *lines]) + "\r\n"


# Name, file, what the sentence says.
REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("zip bomb", zip_bomb, "压缩炸弹"),
    ("many bombs", many_bombs, "压缩炸弹"),
    ("too many entries", lambda: raw(sheet(), more={f"a{n}": b"" for n in range(2500)}), "压缩炸弹"),
    ("1,000 columns", a_thousand_columns, "超过 200 列"),
    ("two corners", two_corners, "超过 200 列"),
    ("merged", merged, "B3:B4是合并单元格"),
    ("all hidden", lambda: hidden(all_of_them=True), "没有可见的数据工作表"),
    ("entities", entities, "文档类型声明"),
    ("entities in texts", entities_in_the_texts, "文档类型声明"),
    ("macros", lambda: raw(sheet(), more={"xl/vbaProject.bin": b"x"}), "带有宏"),
    ("external", lambda: raw(sheet(), more={"xl/externalLinks/e1.xml": b"x"}), "引用了别的文件"),
    ("old xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版 .xls"),
    ("broken off", broken_off, "已损坏"),
    ("not xml", lambda: raw("no xml at all"), "已损坏"),
    ("other zip", lambda: _other_zip(), "不是 Excel 工作簿"),
    ("rows in disorder", rows_in_disorder, "行号乱了"),
    ("long cell", long_cell, "超过 32,767 字"),
    ("no sheet data", lambda: raw("<worksheet/>"), "表里没有内容"),
    ("picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "这是图片"),
    ("blanks only", lambda: b" \n \n", "文件是空的"),
    ("NULs", lambda: csv("X-1,\0甲").encode(), "空字符"),
    ("lone quote", lambda: csv('X-1,"甲', "X-2,乙").encode(), "引号不成对"),
    ("quote inside", lambda: csv('X-1,"甲"乙"').encode(), "引号不成对"),
    ("10 MB line", lambda: csv("X-1," + "甲" * 4_000_000).encode(), "超过 1,000,000 字"),
    ("1,000 CSV columns", lambda: csv("," * 1000 + "x").encode(), "超过 200 列"),
    ("no encoding", lambda: csv("X-1,").encode() + b"\xff\xfe\xfd\x80\x81", "不是能识别的文本"),
    ("random", lambda: bytes(range(256)) * 40, "不是能识别的文本"),
    ("header only", lambda: csv().encode(), "表头下面没有数据"),
    ("one word", lambda: "你好".encode(), "没有找到表头"),
    ("chinese commas", lambda: "代码，名称，类型\n1，2，3\n".encode(), "中文逗号"),
]  # fmt: skip


def _other_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    return out.getvalue()
