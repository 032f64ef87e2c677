"""Opens whatever was uploaded: by its content, never by its name alone."""

from typing import IO

from zhiheng.elements.exchange.sheets.common import Refused, Sheet
from zhiheng.elements.exchange.sheets.csvfile import CsvFile
from zhiheng.elements.exchange.sheets.package import open_package
from zhiheng.elements.exchange.sheets.workbook import workbook

_BINARY = {
    b"\xd0\xcf\x11\xe0": "旧版 .xls，或者加了密码的工作簿",
    b"%PDF": "PDF",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"\x7fELF": "程序",
    b"MZ\x90": "程序",
    b"<html": "网页",
    b"<!DOC": "网页",
    b"<?xml": "XML",
    b"{\\rtf": "RTF 文档",
    b"SQLi": "数据库文件",
}


def open_sheet(stream: IO[bytes], *, title: str) -> Sheet:
    """The sheet of an uploaded file. Raises Refused with a sentence.

    `title` is the register's: a sheet of that name is read before any other.
    """
    stream.seek(0)
    head = stream.read(8)
    stream.seek(0)
    if head.startswith(b"PK"):
        return workbook(open_package(stream), title=title)
    for mark, name in _BINARY.items():
        if head.startswith(mark):
            raise Refused(
                f"这是{name}，不是 .xlsx 或 .csv。",
                next_step="请用表格软件打开，另存为 .xlsx 或“CSV UTF-8”再上传。",
            )
    return CsvFile(stream)
