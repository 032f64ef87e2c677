"""Icons: one open set (lucide), drawn into the page as SVG.

`make front` leaves the set under `<data>/icons/lucide.json`. Without it the site works; an icon that
carries meaning then shows its words instead.
"""

import json
from functools import lru_cache

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Nodes = dict[str, list[list[object]]]
HIDDEN = SafeString('aria-hidden="true"')
SVG = (
    '<svg class="ico" width="{size}" height="{size}" viewBox="0 0 24 24" fill="none" '
    'stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" '
    "{says}>{shapes}</svg>"
)


@lru_cache(maxsize=1)
def _load(path: str, stamp: float) -> Nodes:
    with open(path, encoding="utf-8") as source:
        nodes: Nodes = json.load(source)
    return nodes


def icon_nodes() -> Nodes:
    """All icons of the set, read once per version of the file; empty when the set is absent."""
    path = settings.DATA_DIR / "icons" / "lucide.json"
    try:
        return _load(str(path), path.stat().st_mtime)
    except (OSError, ValueError):
        return {}


def _shape(tag: str, attrs: dict[str, object]) -> SafeString:
    pairs = format_html_join(" ", '{}="{}"', ((k, v) for k, v in attrs.items() if k != "key"))
    return format_html("<{} {}/>", tag, pairs)


@lru_cache(maxsize=512)
def _draw(name: str, size: int, label: str, nodes: str) -> SafeString:
    shapes = format_html_join("", "{}", ((_shape(tag, attrs),) for tag, attrs in json.loads(nodes)))
    says = format_html('role="img" aria-label="{}"', label) if label else HIDDEN
    return format_html(SVG, size=size, says=says, shapes=shapes)


def draw(name: str, size: int = 20, label: str = "") -> SafeString:
    """The SVG of an icon; its words in small type when the set does not have it."""
    nodes = icon_nodes().get(name)
    if not nodes:
        return format_html("<small>{}</small>", label) if label else SafeString("")
    return _draw(name, int(size), label, json.dumps(nodes))
