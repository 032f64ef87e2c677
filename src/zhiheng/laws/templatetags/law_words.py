"""Citations as links, in every template: `{{ text|cited:page.on }}`, `{% cite text on own %}`."""

from datetime import date, datetime
from typing import Any

from django import template
from django.db.models import Model
from django.utils.safestring import SafeString

from zhiheng.kernel.clock import local_date
from zhiheng.laws.linking import link_citations

register = template.Library()


@register.filter(name="cited")
def cited(value: Any, on: Any = None) -> Any:
    """{{ text|cited:page.on }}: the text escaped, its citations linked; a record is its words.

    What is neither stays as it is.
    """
    if isinstance(value, Model):
        value = str(value)
    if not isinstance(value, str):
        return value
    return link_citations(value, _day(on))


@register.simple_tag
def cite(text: str, on: Any = None, own: str = "") -> SafeString:
    """{% cite paragraph.text on=page.on own=page.law.title %}: as `cited`, where 本法 is known."""
    return link_citations(text, _day(on), own)


def _day(on: Any) -> date | None:
    if isinstance(on, datetime):
        return local_date(on)
    return on if isinstance(on, date) else None
