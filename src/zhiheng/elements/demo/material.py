"""Reads the demo's data files and makes invented names and codes that check."""

import random
import uuid
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from stdnum.cn import ric, uscc

DATA = Path(__file__).parent / "data"
SPACE = uuid.UUID("6b1d2f60-9a5e-4d38-8f0c-339901000000")
SOURCE = "demo"
APPROVED_BY = "褚要素"
FROM = date(2024, 1, 1)
KNOWN_FROM = datetime(2023, 12, 20, 8, tzinfo=UTC)

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
GIVEN = "明芳伟娜军敏静强磊洋艳勇杰娟涛超霞平刚桂英华玉兰秀梅建国志远文博雨桐子涵思齐"


@cache
def read(name: str) -> Any:
    """A data file of the demo."""
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


def uid(*parts: object) -> uuid.UUID:
    """The same element gets the same uid in every demo."""
    return uuid.uuid5(SPACE, "|".join(map(str, parts)))


def fake_uscc(*, prefix: str, number: int, region: str = "339901") -> str:
    """A credit code that checks: 91 enterprise, 92 sole trader, 11 organ; the region is invented."""
    stem = f"{prefix}{region}MA{number:07d}"
    return stem + uscc.calc_check_digit(stem)


def fake_citizen_id(*, rng: random.Random, number: int) -> str:
    """A citizen number that checks, of a region that does not exist."""
    born = date(1960, 1, 1) + timedelta(days=rng.randrange(365 * 42))
    stem = f"339901{born:%Y%m%d}{number % 1000:03d}"
    return stem + ric.calc_check_digit(f"{stem}0")


def fake_name(*, rng: random.Random) -> str:
    """A person's name."""
    given = rng.choice(GIVEN) + (rng.choice(GIVEN) if rng.random() < 0.6 else "")
    return rng.choice(SURNAMES) + given


def fake_phone(*, rng: random.Random) -> str:
    """A mobile number of a range that is not given out."""
    return f"1000{rng.randrange(10_000_000):07d}"
