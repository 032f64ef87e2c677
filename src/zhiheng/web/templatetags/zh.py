"""The components of the look, as tags; a builtin of every template, no {% load %} needed.

Each component's template in `templates/components/` opens with its parameters; all of them are shown
on `/_patterns`. What they take is described by the records in `zhiheng.web.faces`; dicts with the
same keys do as well.
"""

from collections.abc import Iterable
from typing import Any

from django import forms, template
from django.http import QueryDict
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zhiheng.web import icons, words
from zhiheng.web.faces import value_of
from zhiheng.web.fields import YesNoField
from zhiheng.web.static_files import vendor_exists

register = template.Library()

register.filter("yuan", words.yuan)
register.filter("day", words.day)
register.filter("day_zh", words.day_zh)
register.filter("moment", words.moment)


@register.simple_tag
def icon(name: str, size: int = 20, label: str = "") -> SafeString:
    """{% icon "camera" 20 "拍照" %}: draw an icon; with a label it speaks, without it is decoration."""
    return icons.draw(name, size, label)


@register.simple_tag
def vendor(path: str) -> SafeString:
    """{% vendor "htmx/htmx.min.js" %}: a front-end package's script or style, if it is there."""
    if not vendor_exists(path):
        return SafeString("")
    url = static(f"vendor/{path}")
    if path.endswith(".css"):
        return format_html('<link rel="stylesheet" href="{}">', url)
    return format_html('<script src="{}" defer></script>', url)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """{% query after=token %}: this page's query string with some values changed; None drops one."""
    request = context.get("request")
    params = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for key, value in changes.items():
        params.pop(key, None)
        if value not in (None, ""):
            params[key] = value
    return "?" + params.urlencode()


@register.inclusion_tag("components/button.html")
def button(
    label: str,
    kind: str = "plain",
    href: str = "",
    icon: str = "",
    name: str = "",
    value: str = "",
    type: str = "submit",
) -> dict[str, Any]:
    """{% button "送达" kind="primary" icon="send" href="" name="" value="" type="submit" %}."""
    return {
        "label": label,
        "kind": kind,
        "href": href,
        "icon": icon,
        "name": name,
        "value": value,
        "type": type,
    }


@register.inclusion_tag("components/tag.html")
def tag(label: Any, tone: str = "info", icon: str = "") -> dict[str, Any]:
    """{% tag "已送达" tone="ok" %}: info, ok, warn, stop, plain; always words, never colour alone."""
    return {"label": label, "tone": tone, "icon": icon}


@register.inclusion_tag("components/badge.html")
def badge(count: Any, label: str = "件") -> dict[str, Any]:
    """{% badge 7 "件待办" %}: a small number with spoken words; nothing when zero."""
    return {"count": count, "label": label}


@register.inclusion_tag("components/field.html")
def field(bound: forms.BoundField, help: bool = True) -> dict[str, Any]:
    """{% field form.amount %}: label, help, control by its widget, error; keeps what was typed."""
    widget = bound.field.widget
    described = [f"{bound.auto_id}_help"] if help and bound.help_text else []
    described += [f"{bound.auto_id}_err"] if bound.errors else []
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    if widget.attrs.get("placeholder") == bound.label:
        attrs["placeholder"] = ""
    kind = getattr(widget, "kind", "") or _kind_of(widget)
    control = bound if kind in ("radio", "checks", "hidden") else bound.as_widget(attrs=attrs)
    return {
        "bound": bound,
        "kind": kind,
        "control": control,
        "described": " ".join(described),
        "help": bound.help_text if help else "",
        "pair": isinstance(bound.field, YesNoField),
    }


def _kind_of(widget: forms.Widget) -> str:
    names: tuple[tuple[type[forms.Widget], str], ...] = (
        (forms.CheckboxSelectMultiple, "checks"),
        (forms.RadioSelect, "radio"),
        (forms.CheckboxInput, "check"),
        (forms.HiddenInput, "hidden"),
        (forms.FileInput, "file"),
        (forms.Textarea, "textarea"),
        (forms.Select, "select"),
        (forms.DateInput, "date"),
    )
    return next((name for cls, name in names if isinstance(widget, cls)), "text")


@register.inclusion_tag("components/fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """{% fields form %}: every field of a form in order."""
    return {"form": form}


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: forms.BaseForm | None) -> dict[str, Any]:
    """{% form_errors form %}: what is wrong, at the top, each line leading to its field."""
    if form is None or not form.is_bound:
        return {"lines": []}
    lines = [("", error) for error in form.non_field_errors()]
    for bound in form:
        said = [e if str(bound.label) in e else f"{bound.label}：{e}" for e in bound.errors]
        lines += [(f"#{bound.auto_id}", line) for line in said]
    return {"lines": lines}


@register.inclusion_tag("components/table.html")
def table(data: Any) -> dict[str, Any]:
    """{% table page.table %}: a table at the desk, cards on a phone (Table, Cell)."""
    columns = list(value_of(data, "columns"))
    rows = [
        [
            v if hasattr(v, "kind") else {"on": None} | (v if isinstance(v, dict) else {"text": v})
            for v in row
        ]
        for row in value_of(data, "rows")
    ]
    money = [any(value_of(row[n], "kind") == "money" for row in rows) for n in range(len(columns))]
    return {
        "caption": value_of(data, "caption"),
        "heads": list(zip(columns, money, strict=False)),
        "rows": [list(zip(columns, row, money, strict=False)) for row in rows],
    }


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(
    context: template.Context, page: Any, key: str = "after", noun: str = ""
) -> dict[str, Any]:
    """{% pager page.rows %}: forward through a keyset-paged list (paging.Page)."""
    token = value_of(page, "next_token")
    return {
        "next": query(context, **{key: token}) if token else "",
        "first": query(context, **{key: None}) if value_of(page, "started_after") else "",
        "restarted": value_of(page, "restarted"),
        "noun": noun,
    }


@register.inclusion_tag("components/chips.html")
def chips(items: Iterable[Any], label: str = "筛选") -> dict[str, Any]:
    """{% chips page.filters %}: filters as links (Link)."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/empty.html")
def empty(
    title: str, text: str = "", icon: str = "inbox", href: str = "", action: str = ""
) -> dict[str, Any]:
    """{% empty "还没有证据" "拍照或上传后会出现在这里。" href="…" action="添加证据" %}."""
    return {"title": title, "text": text, "icon": icon, "href": href, "action": action}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[Any], label: str = "本页分栏") -> dict[str, Any]:
    """{% tabs page.tabs %}: parts of one thing, each with its own address (Link)."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/facts.html")
def facts(pairs: Iterable[Any], on: Any = None) -> dict[str, Any]:
    """{% facts page.facts on=page.on %}: (label, value) or (label, value, href); law is cited as of a day."""
    return {"on": on, "pairs": [tuple(p) + ("",) * (3 - len(p)) for p in map(tuple, pairs)]}


@register.inclusion_tag("components/stats.html")
def stats(items: Iterable[Any]) -> dict[str, Any]:
    """{% stats page.stats %}: figures side by side (Stat)."""
    return {"items": items}


@register.inclusion_tag("components/progress.html")
def progress(value: float, max: float = 100, label: str = "", note: str = "") -> dict[str, Any]:
    """{% progress 26.5 40 "今年培训学时" %}: a bar with its words."""
    return {"value": value, "max": max, "label": label, "note": note}


@register.inclusion_tag("components/toast.html")
def toast(text: str, tone: str = "success") -> dict[str, Any]:
    """{% toast "已保存" tone="success" %}: the answer to what was just done."""
    return {"text": text, "tone": tone}


@register.inclusion_tag("components/notice.html")
def notice(
    text: str, tone: str = "info", title: str = "", icon: str = "", href: str = "", action: str = ""
) -> dict[str, Any]:
    """{% notice "…" tone="warn" title="…" %}: a line that concerns the whole page."""
    return {
        "text": text,
        "tone": tone,
        "title": title,
        "icon": icon,
        "href": href,
        "action": action,
    }


@register.inclusion_tag("components/simulator.html")
def simulator(
    name: str, text: str = "没有真的发出任何东西；接入真实系统后此条消失。"
) -> dict[str, Any]:
    """{% simulator "缴款网关" %}: says that a connection is simulated, by name."""
    return {"name": name, "text": text}


@register.inclusion_tag("components/crumbs.html")
def crumbs(items: Iterable[Any]) -> dict[str, Any]:
    """{% crumbs page.crumbs %}: where this page stands (Link); the last one is this page."""
    return {"items": items}


@register.inclusion_tag("components/skeleton.html")
def skeleton(lines: int = 3) -> dict[str, Any]:
    """{% skeleton 4 %}: a still place for what is being fetched."""
    return {"lines": range(lines)}


@register.inclusion_tag("components/printer.html")
def printer(label: str = "打印本页") -> dict[str, Any]:
    """{% printer %}: print button; without scripts it says how."""
    return {"label": label}


@register.simple_block_tag
def card(content: str, title: str = "", note: str = "", tone: str = "") -> SafeString:
    """{% card title="下一步" %}…{% endcard %}: a sheet of paper with a heading."""
    small = format_html("<small>{}</small>", note) if note else ""
    head = format_html('<div class="card-head"><h2>{}</h2>{}</div>', title, small) if title else ""
    return format_html('<section class="card {}">{}{}</section>', tone, head, content)
