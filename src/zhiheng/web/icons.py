"""Icons: one open set (lucide), drawn into the page as SVG.

`make front` leaves the set under `<data>/icons/lucide.json`. Without it the site works; an icon that
carries meaning then shows its words instead.
"""

import json
from functools import lru_cache

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

HIDDEN = SafeString('aria-hidden="true"')
SVG = (
    '<svg class="ico" width="{size}" height="{size}" viewBox="0 0 24 24" fill="none" '
    'stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" '
    "{says}>{shapes}</svg>"
)


@lru_cache(maxsize=1)
def _load(path: str, stamp: float) -> dict[str, str]:
    with open(path, encoding="utf-8") as source:
        icons: dict[str, str] = json.load(source)
    return icons


def icon_set() -> dict[str, str]:
    """All icons of the set, read once per version of the file; empty when the set is absent."""
    path = settings.DATA_DIR / "icons" / "lucide.json"
    try:
        return _load(str(path), path.stat().st_mtime)
    except (OSError, ValueError):
        return {}


@lru_cache(maxsize=512)
def _draw(inside: str, size: int, label: str) -> SafeString:
    says = format_html('role="img" aria-label="{}"', label) if label else HIDDEN
    return format_html(SVG, size=size, says=says, shapes=SafeString(inside))


def draw(name: str, size: int = 20, label: str = "") -> SafeString:
    """The SVG of an icon; its words in small type when the set does not have it."""
    inside = icon_set().get(name)
    if not inside:
        return format_html("<small>{}</small>", label) if label else SafeString("")
    return _draw(inside, int(size), label)
