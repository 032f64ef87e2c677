"""Pure decisions about evidence: what may be uploaded, what stands against a piece of evidence.

Law: 行政处罚法第四十一条、第四十六条；行政诉讼证据规定第五十七条至第六十二条 (排除).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

OFFICE = "application/vnd.openxmlformats-officedocument."
ACCEPTED = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/webp",
        "application/pdf",
        "video/mp4",
        "audio/wav",
        "audio/mpeg",
        f"{OFFICE}wordprocessingml.document",
        f"{OFFICE}spreadsheetml.sheet",
    }
)
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
EXTENSIONS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    "video/mp4": ".mp4",
    "audio/wav": ".wav",
    "audio/mpeg": ".mp3",
    f"{OFFICE}wordprocessingml.document": ".docx",
    f"{OFFICE}spreadsheetml.sheet": ".xlsx",
}
MIME_ZH = {
    "image/jpeg": "照片",
    "image/png": "图片",
    "image/webp": "图片",
    "application/pdf": "PDF 文件",
    "video/mp4": "录像",
    "audio/wav": "录音",
    "audio/mpeg": "录音",
    f"{OFFICE}wordprocessingml.document": "Word 文件",
    f"{OFFICE}spreadsheetml.sheet": "Excel 文件",
}
EXCLUSIONS = {
    "X1": "严重违反法定程序收集",
    "X2": "以偷拍、偷录等手段侵害他人合法权益",
    "X3": "以利诱、欺诈、胁迫、暴力等手段取得",
    "X4": "不是原件原物，无法核对且有争议",
    "X5": "经技术处理，真伪不明",
    "X6": "决定作出以后收集",
    "X7": "剥夺当事人陈述、申辩、听证权利时采用",
    "X8": "境外证据未办理法定证明手续",
    "X9": "证人不能正确表达意志",
    "X10": "电子技术监控记录未经审核",
    "X11": "鉴定人资格、程序或者结论不符合要求",
}
CLOCK_SKEW = timedelta(minutes=10)
LONGEST = {"title": ("证据名称", 120), "place": ("收集地点", 200), "source": ("来源", 200)}


def problems_of(
    *,
    title: str,
    place: str,
    source: str,
    collectors: Sequence[Mapping[str, object]],
    collected_at: datetime,
    at: datetime,
) -> dict[str, str]:
    """What is missing or impossible about a piece of evidence, by field.

    Evidence names its time, place, source and the people who took it (law.md G.1).
    """
    typed = {"title": title, "place": place, "source": source}
    errors = {
        field: f"{name}最多 {most} 个字，请写短一些。"
        for field, (name, most) in LONGEST.items()
        if len(typed[field].strip()) > most
    }
    if not title.strip():
        errors["title"] = "请填写证据名称。"
    if not place.strip():
        errors["place"] = "请填写收集地点。"
    if not source.strip():
        errors["source"] = "请填写来源：由谁提供，或者由谁拍摄、制作。"
    if not collectors or not all(str(one.get("name", "")).strip() for one in collectors):
        errors["collectors"] = "请登记收集人。"
    if collected_at.tzinfo is None:
        errors["collected_at"] = "收集时间缺少时区，请重新填写。"
    elif collected_at > at + CLOCK_SKEW:
        errors["collected_at"] = "收集时间晚于现在，请核对设备时间。"
    return errors


def safe_name(*, name: str, mime: str) -> str:
    """A file name for downloads: no path, no control characters, the extension of its real type."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in plain if c.isprintable() and c not in '"<>:|?*').strip(" .")
    stem = plain.rsplit(".", 1)[0] if "." in plain else plain
    return f"{stem[:120] or '证据'}{EXTENSIONS.get(mime, '.bin')}"


def size_zh(*, size: int) -> str:
    """A size as people say it."""
    if size < 1024:
        return f"{size} 字节"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"
