"""图片：把上传的照片安全地缩小成可显示、可打印的副本；原件从不改动。

A derived picture carries no metadata: position, device and owner stay in the original. What
claims more pixels than a camera takes is refused before it is unpacked.
"""

from __future__ import annotations

import io
import warnings
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

from zhiheng.kernel.errors import Invalid

FORMATS = ("JPEG", "PNG", "WEBP")
PIXELS = 120_000_000
QUALITY = 80


def shrink(stream: IO[bytes], *, side: int, quality: int = QUALITY) -> bytes:
    """Return the picture as JPEG with no side longer than `side`, upright, without metadata.

    Raises:
        Invalid: not a picture that can be read, or one with absurdly many pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(stream, formats=FORMATS) as picture:
                return _small(picture, side=side, quality=quality)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
        MemoryError,
    ) as error:
        raise Invalid(
            "这张图片不能显示：文件已损坏，或者像素过大。",
            next_step="原件仍在；请核对文件，或者重新拍摄后上传。",
        ) from error


def _small(picture: Image.Image, *, side: int, quality: int) -> bytes:
    if picture.width * picture.height > PIXELS:
        raise ValueError("too many pixels")
    picture.draft("RGB", (side, side))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((side, side))
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright.getchannel("A") if "A" in upright.getbands() else None)
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=quality)
    return out.getvalue()
