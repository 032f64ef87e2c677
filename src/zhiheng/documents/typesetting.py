"""Setting documents with Typst: one reused compiler per thread, no call outside, same in same out.

The facts go in as one JSON text (`sys.inputs.data`); the layout lies in rulebook/documents.
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import segno
import typst
from django.conf import settings

from zhiheng.kernel.errors import ZhihengError

DAY_SECONDS = 86_400
LOCAL_OFFSET_SECONDS = 8 * 3600
FONTS = {
    "song": ["Noto Serif SC"],
    "hei": ["Noto Sans SC"],
    "fangsong": ["Noto Serif SC"],
    "title": ["Noto Serif SC"],
}
_local = threading.local()


class CannotTypeset(ZhihengError):
    """The template and the facts do not make a page."""


@cache
def _fonts() -> typst.Fonts:
    bundled = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
    extra = [str(path) for path in getattr(settings, "DOCUMENT_FONT_PATHS", [])]
    return typst.Fonts(
        include_system_fonts=bool(getattr(settings, "DOCUMENT_SYSTEM_FONTS", False)),
        include_embedded_fonts=False,
        font_paths=[bundled, *extra],
    )


def font_families() -> dict[str, list[str]]:
    """Families for 宋体 song, 黑体 hei, 仿宋 fangsong and 标题 title.

    The setting DOCUMENT_FONTS may name 方正小标宋 or 仿宋; the bundled fonts stay as fallback.
    """
    chosen = getattr(settings, "DOCUMENT_FONTS", {})
    return {use: [*chosen.get(use, []), *default] for use, default in FONTS.items()}


def _compiler(root: Path) -> typst.Compiler:
    compilers: dict[Path, typst.Compiler] = _local.__dict__.setdefault("compilers", {})
    if root not in compilers:
        compilers[root] = typst.Compiler(
            root=str(root), font_paths=_fonts(), ignore_system_fonts=True
        )
    return compilers[root]


def qr_svg(*, text: str) -> str:
    """A QR code as SVG text, drawn as one path."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, border=0, scale=1, nl=False
    )
    return out.getvalue().decode()


def midnight(*, on: date) -> int:
    """The start of the local day in Unix seconds: the fixed creation time of a file."""
    return (on.toordinal() - date(1970, 1, 1).toordinal()) * DAY_SECONDS - LOCAL_OFFSET_SECONDS


def typeset(
    *,
    root: Path,
    source: Path,
    data: Mapping[str, Any],
    on: date,
    output: str = "pdf",
    ppi: float = 110,
) -> Any:
    """Set one document and return its bytes; for png and svg a list of pages when several.

    Args:
        root: rulebook/documents; nothing outside it can be read.
        source: the .typ file within root.
        data: what the template reads as `data`.
        on: the document's day; the file carries it as its creation time.
        output: pdf, svg or png.
        ppi: only for png.

    Raises:
        CannotTypeset: with the diagnostic of the compiler.
    """
    payload = {**data, "fonts": font_families()}
    try:
        return _compiler(root).compile(
            input=str(source),
            format=output,  # type: ignore[arg-type]
            ppi=ppi if output == "png" else None,
            sys_inputs={"data": json.dumps(payload, ensure_ascii=False)},
            timestamp=midnight(on=on),
            pdf_standards=["a-2b"] if output == "pdf" else [],
        )
    except typst.TypstError as error:
        raise CannotTypeset(
            f"文书排版失败：{error.message}",
            next_step=f"请系统管理员检查模板 {source.parent.name}/{source.name}。",
        ) from error


def typeset_text(
    *, source: str, output: str = "svg", inputs: Mapping[str, str] | None = None
) -> bytes:
    """Set a piece of Typst source of our own: seals and marks, whose result is cached."""
    result: bytes = typst.compile(  # type: ignore[call-overload]
        source.encode(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format=output,
        sys_inputs=dict(inputs or {}),
        timestamp=0,
        pdf_tags=False,
    )
    return result


def typst_array(values: list[str]) -> str:
    """A list of texts as Typst writes it."""
    return "(" + "".join(json.dumps(value, ensure_ascii=False) + ", " for value in values) + ")"
