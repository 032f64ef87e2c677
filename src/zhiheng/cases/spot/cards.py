"""A card held before the phone: the picture is read by a worker, forgotten, and told once.

Nothing of it stays: the picture goes when it has been read, the words when they have been fetched,
and whatever nobody fetched goes after ten minutes. Both are sealed meanwhile.
"""

import base64
import re
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import IO

from django.db import transaction
from procrastinate.contrib.django import app

from zhiheng.cases.models import CardReading
from zhiheng.cases.spot.party import CITIZEN_ID, USCC
from zhiheng.kernel import ciphers, recognition
from zhiheng.kernel.errors import Invalid, NotFound
from zhiheng.people.api import Actor

READ_TASK = "cases.read_card"
LARGEST = 8 * 1024 * 1024
KEPT = timedelta(minutes=10)
NAME = re.compile(r"^(?:姓名|名称|字号名称|企业名称)[:：\s]*(.{2,60})$")
ADDRESS = re.compile(r"^(?:住址|住所|经营场所|地址)[:：\s]*(.{4,100})$")


def told(lines: Sequence[str]) -> dict[str, str]:
    """Name, code and address from the lines of an identity card or a business licence."""
    found = {"name": "", "code": "", "address": ""}
    for line in lines:
        plain = line.replace(" ", "")
        if match := NAME.match(plain):
            found["name"] = found["name"] or match[1]
        elif match := ADDRESS.match(plain):
            found["address"] = found["address"] or match[1]
        if match := CITIZEN_ID.search(plain) or USCC.search(plain.upper()):
            found["code"] = found["code"] or match[0].upper()
    return found


@transaction.atomic
def hand_in(*, picture: IO[bytes], actor: Actor, at: datetime) -> CardReading:
    """Keep the picture until a worker has read it.

    Raises:
        Invalid: it is empty or too large, or nothing can read it here.
    """
    CardReading.objects.filter(created_at__lt=at - KEPT).delete()
    content = picture.read(LARGEST + 1)
    if not content or len(content) > LARGEST:
        raise Invalid("这张照片读不了。", next_step="请重新拍，或者直接打字。")
    if not recognition.available():
        raise Invalid("这里没有装文字识别。", next_step="请直接打字。")
    reading = CardReading.objects.create(
        token=uuid.uuid4(), account_id=actor.account_id, created_at=at,
        picture=ciphers.seal_field(base64.b64encode(content).decode()),
    )  # fmt: skip
    app.configure_task(READ_TASK).defer(token=str(reading.token))
    return reading


def read(token: str) -> None:
    """Read a picture that was handed in, and forget it; what is gone already needs no reading."""
    row = CardReading.objects.filter(token=token).exclude(picture="").first()
    if row is None:
        return
    lines = recognition.read_lines(base64.b64decode(ciphers.open_field(row.picture)))
    CardReading.objects.filter(pk=row.pk).update(
        picture="", words=ciphers.seal_field("\n".join(lines)), is_read=True
    )


@transaction.atomic
def fetch(*, token: str, actor: Actor) -> dict[str, str] | None:
    """What the card says, once, to whoever held it up; None while it is being read.

    Raises:
        NotFound: no such reading, or somebody else's, or fetched already.
    """
    rows = CardReading.objects.select_for_update()
    row = rows.filter(token=token, account_id=actor.account_id).first()
    if row is None:
        raise NotFound("没有这次识别。", next_step="请重新拍，或者直接打字。")
    if not row.is_read:
        return None
    lines = ciphers.open_field(row.words).splitlines()
    row.delete()
    return told(lines)
