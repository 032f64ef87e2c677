"""The zip around a workbook: looked at from outside before anything is unpacked."""

import zipfile
from typing import IO
from xml.parsers import expat

from zhiheng.elements.exchange.sheets.common import Refused

MOST_ENTRIES = 2_000
MOST_BYTES = 400 * 1024 * 1024
"""Unpacked, all parts together."""
STEEPEST = 150
"""A part that unpacks to more than this many times its size is no table."""
SMALL = 4 * 1024 * 1024
"""Below this a steep ratio does no harm."""
CHUNK = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMB = "这个工作簿解开后大得不合常理（压缩炸弹），没有打开。"


def open_package(stream: IO[bytes]) -> zipfile.ZipFile:
    """The zip of a workbook, its directory checked; nothing is unpacked yet.

    Raises:
        Refused: another format, macros, a bomb, or damaged.
    """
    head = stream.read(8)
    stream.seek(0)
    if head == _OLE:
        raise Refused(
            "这是旧版 .xls，或者是加了密码的工作簿，不能读取。",
            next_step="请在表格软件里去掉密码，另存为 .xlsx 再上传。",
        )
    try:
        package = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise damaged() from error
    _check_directory(package)
    return package


def _check_directory(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Refused(_BOMB, next_step="请新建一个工作簿，只粘贴要导入的数据，再上传。")
    if len(names) != len(entries):
        raise damaged()
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise Refused("这个工作簿加了密码。", next_step="请去掉密码，另存后再上传。")
        if entry.file_size > SMALL and entry.file_size > STEEPEST * max(entry.compress_size, 1):
            raise Refused(_BOMB, next_step="请新建一个工作簿，只粘贴要导入的数据，再上传。")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused(
            "这个工作簿带有宏（.xlsm），没有打开。", next_step="请另存为不带宏的 .xlsx 再上传。"
        )
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise Refused(
            "这个工作簿引用了别的文件，里面的数无从核对。",
            next_step="请在“数据—编辑链接”里断开链接，或者只粘贴值，再上传。",
        )
    if "xl/workbook.xml" not in names:
        raise Refused(
            "这不是 Excel 工作簿（.xlsx）。", next_step="请用表格软件另存为 .xlsx 或 .csv 再上传。"
        )


def damaged() -> Refused:
    """The file breaks off or contradicts itself."""
    return Refused(
        "文件已损坏，或者不是 Excel 工作簿。",
        next_step="请用表格软件打开确认，另存为 .xlsx 再上传。",
    )


def parser() -> "expat.XMLParserType":
    """An XML parser that refuses document types, and with them every kind of entity."""
    made = expat.ParserCreate(namespace_separator=" ")
    made.StartDoctypeDeclHandler = _no_doctype
    made.buffer_text = True
    return made


def _no_doctype(*_: object) -> None:
    raise Refused(
        "工作簿里含有文档类型声明（可能用来读取服务器文件），没有读取。",
        next_step="请用表格软件另存为 .xlsx 再上传。",
    )


def feed(reading: "expat.XMLParserType", part: IO[bytes]) -> bool:
    """Feed one chunk; False when the part is at its end.

    Raises:
        Refused: no well-formed XML, or the zip is damaged.
    """
    try:
        chunk = part.read(CHUNK)
        reading.Parse(chunk, not chunk)
    except (expat.ExpatError, zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
        raise damaged() from error
    except Exception as error:  # zlib.error is no subclass of anything useful
        if isinstance(error, Refused) or type(error).__name__ != "error":
            raise
        raise damaged() from error
    return bool(chunk)


def local(tag: str) -> str:
    """The name of an element without its namespace: strict and usual workbooks differ in it."""
    return tag.rpartition(" ")[2]
