"""Photos of evidence on paper: read from the store by digest, shrunk, and wrapped for Typst."""

import base64
import io
from functools import lru_cache

from PIL import Image

from zhiheng.kernel import files, pictures
from zhiheng.kernel.errors import ZhihengError

PRINTABLE = frozenset({"image/jpeg", "image/png", "image/webp"})
SIDE = 1500


@lru_cache(maxsize=32)
def picture_svg(*, sha256: str, mime: str) -> str:
    """The picture of that digest as SVG text, or nothing if it is none or cannot be read.

    Typst takes text alone; a JPEG travels inside an SVG.
    """
    if mime not in PRINTABLE or not sha256:
        return ""
    try:
        with files.open_stored(sha256) as stream:
            small = pictures.shrink(stream, side=SIDE)
    except ZhihengError:
        return ""
    with Image.open(io.BytesIO(small)) as picture:
        width, height = picture.size
    data = base64.b64encode(small).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
        f'href="data:image/jpeg;base64,{data}"/></svg>'
    )
