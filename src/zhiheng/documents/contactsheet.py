"""All papers on a few pictures: thumbnails in a grid, each with its code, title and page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

PPI = 40  # of the rendered pages; A4 becomes 331 by 468 points, shrunk to WIDTH
WIDTH, HEIGHT = 236, 334
LABEL, GAP = 40, 14
COLUMNS, ROWS = 7, 4
BOARD, INK, FAINT = "#eceae4", "#222222", "#77736a"
FONT = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"


@dataclass(frozen=True, kw_only=True)
class Thumb:
    """One page of a paper: what is written below it, and its picture."""

    label: str
    page: str
    png: bytes


def sheets(*, thumbs: Sequence[Thumb]) -> Iterator[bytes]:
    """The pictures as PNG, COLUMNS times ROWS pages on each, in the order given."""
    room = COLUMNS * ROWS
    for start in range(0, len(thumbs), room):
        yield _sheet(thumbs=thumbs[start : start + room])


def _sheet(*, thumbs: Sequence[Thumb]) -> bytes:
    rows = -(-len(thumbs) // COLUMNS)
    size = (COLUMNS * (WIDTH + GAP) + GAP, rows * (HEIGHT + LABEL + GAP) + GAP)
    board = Image.new("RGB", size, BOARD)
    draw = ImageDraw.Draw(board)
    font = ImageFont.truetype(str(FONT), 12)
    for place, thumb in enumerate(thumbs):
        x = GAP + place % COLUMNS * (WIDTH + GAP)
        y = GAP + place // COLUMNS * (HEIGHT + LABEL + GAP)
        with Image.open(io.BytesIO(thumb.png)) as page:
            small = page.convert("RGB").resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        board.paste(small, (x, y))
        draw.rectangle((x - 1, y - 1, x + WIDTH, y + HEIGHT), outline="#c9c5ba")
        draw.text((x, y + HEIGHT + 4), _cut(thumb.label, font), font=font, fill=INK)
        draw.text((x, y + HEIGHT + 20), thumb.page, font=font, fill=FAINT)
    out = io.BytesIO()
    board.save(out, "PNG", optimize=True)
    return out.getvalue()


def _cut(label: str, font: ImageFont.FreeTypeFont) -> str:
    """The label as far as the thumbnail is wide."""
    if font.getlength(label) <= WIDTH:
        return label
    while label and font.getlength(label + "…") > WIDTH:
        label = label[:-1]
    return label + "…"
