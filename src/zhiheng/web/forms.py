"""Forms made from facts that the rulebook declares, and sentences for every kind of mistake.

    Form = form_for_facts(rulebook.facts(procedure))
    form = Form(request.POST or None)

`cleaned_data` then holds facts of the declared types: cents as int, dates as date, bool as True,
False or None (not said), list as list of texts or of chosen values.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django import forms

from zhiheng.web.fields import DayField, LinesField, WholeField, YesNoField, YuanField
from zhiheng.web.widgets import DayInput, MoneyInput

Choices = Sequence[tuple[str, str]]
SHORT = 60
"""A text fact whose initial or help is longer than this gets several lines to write on."""
LINE = 200
"""What a single line takes; it goes into lists and columns."""
FEW = 7
"""Up to this many choices stand open as buttons; more go into a list."""


class FactLike(Protocol):
    """One declared fact, whoever declares it."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def choices(self) -> Any: ...
    @property
    def help(self) -> str: ...
    @property
    def required(self) -> bool: ...
    @property
    def initial(self) -> Any: ...


def form_for_facts(
    facts: Sequence[FactLike], *, name: str = "FactsForm", base: type[forms.Form] = forms.Form
) -> type[forms.Form]:
    """A Django form class with one field a fact, in order; field names are the facts' ids."""
    return type(name, (base,), {fact.id: field_for_fact(fact) for fact in facts})


def field_for_fact(fact: FactLike) -> forms.Field:
    """The field for one fact; an unknown type is the rulebook's mistake and says so."""
    make = _MAKERS.get(fact.type)
    if make is None:
        known = "、".join(_MAKERS)
        raise ValueError(f"事实 {fact.id} 的类型 {fact.type!r} 没有对应的表单字段；可用：{known}")
    required = bool(getattr(fact, "required", True))
    field = make(
        fact,
        label=fact.title,
        help_text=getattr(fact, "help", "") or "",
        required=required,
        initial=getattr(fact, "initial", None),
    )
    verb = "选择" if isinstance(field, forms.ChoiceField | forms.MultipleChoiceField) else "填写"
    asked = (
        f"请回答“{fact.title}”：是，还是否。" if fact.type == "bool" else f"请{verb}{fact.title}。"
    )
    field.error_messages["required"] = asked
    return field


def choices_of(fact: FactLike) -> list[tuple[str, str]]:
    """Choices as pairs, from pairs, a mapping, or plain values."""
    given = getattr(fact, "choices", None) or ()
    if hasattr(given, "items"):
        return [(str(k), str(v)) for k, v in given.items()]
    return [
        (str(c[0]), str(c[1])) if isinstance(c, tuple | list) else (str(c), str(c)) for c in given
    ]


def _text(fact: FactLike, **common: Any) -> forms.Field:
    long = len(str(common["initial"] or "")) > SHORT or bool(getattr(fact, "multiline", False))
    widget = forms.Textarea(attrs={"rows": 5}) if long else forms.TextInput()
    return forms.CharField(widget=widget, max_length=20_000 if long else LINE, **common)


def _int(fact: FactLike, **common: Any) -> forms.Field:
    return WholeField(widget=forms.TextInput(attrs={"inputmode": "numeric"}), **common)


def _cents(fact: FactLike, **common: Any) -> forms.Field:
    return YuanField(widget=MoneyInput(), **common)


def _date(fact: FactLike, **common: Any) -> forms.Field:
    return DayField(widget=DayInput(), **common)


def _bool(fact: FactLike, **common: Any) -> forms.Field:
    return YesNoField(**common)


def _enum(fact: FactLike, **common: Any) -> forms.Field:
    pairs = choices_of(fact)
    few = len(pairs) <= FEW
    blank = [] if few else [("", "请选择")]
    widget = forms.RadioSelect if few else forms.Select
    field = forms.ChoiceField(choices=[*blank, *pairs], widget=widget, **common)
    field.error_messages["invalid_choice"] = "没有这个选项，请从列出的里面选。"
    return field


def _list(fact: FactLike, **common: Any) -> forms.Field:
    pairs = choices_of(fact)
    if not pairs:
        common["help_text"] = common["help_text"] or "一行写一条。"
        return LinesField(max_length=20_000, **common)
    field = forms.MultipleChoiceField(choices=pairs, widget=forms.CheckboxSelectMultiple, **common)
    field.error_messages["invalid_choice"] = "没有这个选项，请从列出的里面选。"
    return field


_MAKERS: dict[str, Callable[..., forms.Field]] = {
    "text": _text,
    "int": _int,
    "cents": _cents,
    "date": _date,
    "bool": _bool,
    "enum": _enum,
    "list": _list,
}
