"""把文字里的条文引用变成链接；点开时才找那一天的文本，读的人打不开或库里没有的不连。"""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from zhiheng.laws import readers
from zhiheng.laws.bare_titles import recognise_bare
from zhiheng.laws.citations import Citation, recognise


def go_href(citation: Citation, on: date | None = None) -> str:
    """The address that finds a cited place when it is opened."""
    pairs = {
        "law": citation.title, "article": citation.article, "paragraph": citation.paragraph,
        "item": citation.item, "on": on.isoformat() if on else "",
    }  # fmt: skip
    return f"{reverse('law_go')}?{urlencode({k: v for k, v in pairs.items() if v})}"


def place_href(citation: Citation, on: date | None = None) -> str:
    """The address of a cited place for the reader of the page; "" where it leads nowhere."""
    reader = readers.current()
    if reader is None or not reader.finds(citation.title):
        return ""
    return go_href(citation, on or reader.on)


def link_citations(text: str, on: date | None = None, own: str = "") -> SafeString:
    """A text with its citations as links; everything else is escaped, the text holds no markup.

    Only citations that lead somewhere for the reader of the page are linked (`readers`).

    Args:
        text: plain text; a SafeString is not trusted more than any other.
        on: the day on which the law is meant; the day of the page when None.
        own: the title that 本法 and a bare 第三条 mean.
    """
    plain = str.__str__(text)
    reader = readers.current()
    if reader is None or not ("《" in plain or ("第" in plain and "条" in plain)):
        return escape(plain)
    found = recognise(plain, own)
    found += recognise_bare(plain, found, reader.finds)
    parts: list[str] = []
    position = 0
    for one in sorted(found, key=lambda one: one.start):
        if one.start < position or not reader.finds(one.title):
            continue
        parts.append(escape(plain[position : one.start]))
        words = plain[one.start : one.end]
        href = go_href(one, on or reader.on)
        parts.append(format_html('<a class="cited" href="{}">{}</a>', href, words))
        position = one.end
    parts.append(escape(plain[position:]))
    return mark_safe("".join(parts))  # noqa: S308  (each part is escaped above)
