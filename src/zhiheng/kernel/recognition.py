"""Reading the words on a picture; an optional extra, never needed: whoever has it not types.

The port is `available` and `read_lines`; behind it stands RapidOCR (`pip install zhiheng[ocr]`),
whose models come in its wheel, so that nothing is fetched at run time. Reading takes seconds: call
it from a job, never from a request.
"""

from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from zhiheng.kernel.errors import ZhihengError

ENGINE = "rapidocr_onnxruntime"
SURE = 0.6  # below this the engine guesses


def available() -> bool:
    """Whether words can be read from pictures here."""
    return find_spec(ENGINE) is not None


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr_onnxruntime import RapidOCR  # type: ignore[import-not-found]

    return RapidOCR()


def read_lines(picture: bytes) -> list[str]:
    """The lines of words on a picture, from top to bottom; those that were guessed are left out.

    Raises:
        ZhihengError: this installation cannot read pictures.
    """
    if not available():
        raise ZhihengError("这里没有装文字识别。", next_step="请直接打字。")
    found, _ = _engine()(picture)
    return [text for _, text, score in found or () if float(score) >= SURE]
