"""Small files: good ones, and such as a hostile hand would send."""

import io
import struct
import zipfile
import zlib

from PIL import Image


def photo(size=(800, 600), kind="JPEG", **options):
    out = io.BytesIO()
    Image.new("RGB", size, "olive").save(out, kind, **options)
    return out.getvalue()


def photo_with_position():
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif[0x0112] = 6
    return photo(size=(80, 40), exif=exif)


def bomb():
    """A PNG of a few hundred bytes that claims 60,000 × 60,000 pixels."""

    def chunk(name, body):
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")  # fmt: skip


def archive(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return out.getvalue()


HOSTILE = {
    "a page named as a photo": ("照片.jpg", b"<html><script>alert(1)</script></html>"),
    "a drawing with a script": (
        "图.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    ),
    "a program": ("检查.exe", b"MZ\x90\x00" + b"\x00" * 200),
    "a linux program": ("run", b"\x7fELF" + b"\x00" * 200),
    "a shell script": ("a.sh", b"#!/bin/sh\nrm -rf /\n"),
    "an archive": ("资料.zip", archive("a.txt")),
    "a workbook with macros": ("表.xlsx", archive("[Content_Types].xml", "xl/vbaProject.bin")),
    "an empty file": ("空.jpg", b""),
    "half a photo": ("坏.jpg", photo()[:300]),
    "a pixel bomb": ("大.png", bomb()),
    "plain text": ("说明.txt", "没有格式的文字".encode()),
}
