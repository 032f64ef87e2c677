"""A card held before the phone: what its words mean, and that nothing of it stays."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests import cast
from zhiheng.cases.models import CardReading
from zhiheng.cases.spot import cards
from zhiheng.kernel import ciphers, recognition
from zhiheng.kernel.errors import Invalid, NotFound

AT = datetime(2026, 3, 3, 2, tzinfo=UTC)
ID_CARD = [
    "姓名路过甲",
    "性别女民族汉",
    "住址青衡县城东街道渡口街2号",
    "公民身份号码110105194912310024",
]
LICENCE = [
    "营业执照",
    "统一社会信用代码",
    "91339901MA00000079",
    "名称 青衡县渝香楼餐饮有限公司",
    "住所 老街路17号",
]


def test_an_identity_card_and_a_licence_are_understood():
    assert cards.told(ID_CARD) == {
        "name": "路过甲", "code": "110105194912310024", "address": "青衡县城东街道渡口街2号",
    }  # fmt: skip
    assert cards.told(LICENCE)["name"] == "青衡县渝香楼餐饮有限公司"
    assert cards.told(LICENCE)["code"] == "91339901MA00000079"
    assert cards.told(["看不清"]) == {"name": "", "code": "", "address": ""}


@pytest.mark.django_db
def test_words_are_told_once_to_whoever_held_the_card():
    mine, other = cast.actor("lizhifa"), cast.actor("zhouzhifa")
    row = CardReading.objects.create(
        token="6f9619ff-8b86-d011-b42d-00cf4fc964ff", account_id=mine.account_id, created_at=AT,
        words=ciphers.seal_field("\n".join(ID_CARD)), is_read=True,
    )  # fmt: skip
    with pytest.raises(NotFound):
        cards.fetch(token=str(row.token), actor=other)
    assert cards.fetch(token=str(row.token), actor=mine)["name"] == "路过甲"
    assert not CardReading.objects.exists(), "取走就没有了"


@pytest.mark.django_db
def test_what_nobody_fetched_goes_and_a_place_without_the_extra_says_so(monkeypatch):
    monkeypatch.setattr(recognition, "ENGINE", "no_such_engine")
    actor = cast.actor("lizhifa")
    CardReading.objects.create(
        token="6f9619ff-8b86-d011-b42d-00cf4fc964fe", account_id=actor.account_id, picture="x",
        created_at=AT - timedelta(minutes=11),
    )  # fmt: skip
    with pytest.raises(Invalid, match="没有装文字识别"):
        cards.hand_in(picture=io.BytesIO(b"x"), actor=actor, at=AT)


@pytest.mark.django_db
def test_a_picture_is_read_and_forgotten():
    pytest.importorskip("rapidocr_onnxruntime", reason="没有装附加组 ocr")
    import pylopdf_fonts_zh_cn
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (860, 420), "white")
    font = ImageFont.truetype(
        Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf", 34
    )
    for number, line in enumerate(ID_CARD):
        ImageDraw.Draw(image).text((60, 40 + number * 80), line, font=font, fill="black")
    out = io.BytesIO()
    image.save(out, "PNG")
    out.seek(0)
    actor = cast.actor("lizhifa")
    row = cards.hand_in(picture=out, actor=actor, at=AT)
    assert cards.fetch(token=str(row.token), actor=actor) is None, "还在认"
    cards.read(str(row.token))
    assert CardReading.objects.get().picture == "", "认完照片就删"
    assert cards.fetch(token=str(row.token), actor=actor)["code"] == "110105194912310024"
