"""What a template gets to read: the facts as printed, and the document's own marks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings

from zhiheng.documents import policies, typesetting
from zhiheng.documents.manifests import Template

MARKS = {"DRAFT": "草稿", "VOID": "已作废", "SAMPLE": "样张"}


def check_home() -> str:
    """The address printed beside the code, without the scheme."""
    site: str = settings.SITE_URL
    return site.split("://", 1)[-1].rstrip("/") + "/check/"


def check_url(*, check_code: str) -> str:
    """Where the QR code leads."""
    return f"{settings.SITE_URL.rstrip('/')}/check/{check_code}/"


@lru_cache(maxsize=16)
def mark_svg(*, text: str) -> str:
    """A word as grey outlines across the page; glyphs become paths, so nothing can be copied."""
    source = (
        f"#set page(width: auto, height: auto, margin: 4mm, fill: none)\n"
        f'#set text(font: ("Noto Sans SC",), size: 96pt, fill: rgb("#d9d5cb"))\n'
        f"#rotate(-24deg, reflow: true)[{text}]"
    )
    svg: str = typesetting.typeset_text(source=source, output="svg").decode()
    return svg


def page_data(
    *,
    template: Template,
    facts: Mapping[str, Any],
    title: str,
    number: str = "",
    check_code: str = "",
    mark: str = "",
    simulated: bool = False,
    extra: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The `data` of a template: `facts` as printed, `meta` for head and foot."""
    shown = policies.presented(template=template, facts=facts)
    meta = {
        "title": title,
        "code": template.code,
        "variant": template.variant,
        "organ": facts["organ"]["name"],
        "number": number,
        "check_code": check_code,
        "check_home": check_home(),
        "qr": typesetting.qr_svg(text=check_url(check_code=check_code)) if check_code else "",
        "mark-svg": mark_svg(text=MARKS[mark]) if mark else "",
        "simulated": simulated,
        "anchor": template.seal and not mark,
        "picture": None,
        "seal-svg": "",  # only for pictures of samples; a document is sealed as a file
        **(extra or {}),
    }
    return {"facts": shown, "meta": meta}
