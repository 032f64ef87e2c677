"""Forms from declared facts: what people type is understood, or answered with a sentence."""

from datetime import date
from types import SimpleNamespace

import pytest
from django import forms
from django.http import QueryDict

from zhiheng.web.forms import form_for_facts


def fact(type, **more):
    given = {
        "id": "case.x",
        "title": "拟罚款",
        "choices": (),
        "help": "",
        "required": True,
        "initial": None,
    }
    return SimpleNamespace(type=type, **{**given, **more})


def filled(value, type, **more):
    data = {} if value is None else {"case.x": value}
    return form_for_facts([fact(type, **more)])(data)


@pytest.mark.parametrize(
    ("type", "typed", "meant"),
    [
        ("text", "  旺味小炒店 ", "旺味小炒店"),
        ("int", "3", 3),
        ("int", "１,２００", 1200),
        ("cents", "8000", 800_000),
        ("cents", "8,000.50", 800_050),
        ("cents", "￥８０００元", 800_000),
        ("date", "2026-11-21", date(2026, 11, 21)),
        ("date", "2026年11月21日", date(2026, 11, 21)),
        ("date", "20261121", date(2026, 11, 21)),
        ("date", "2026/1/5", date(2026, 1, 5)),
        ("bool", "true", True),
        ("bool", "false", False),
        ("list", "甲\n\n 乙 \n", ["甲", "乙"]),
    ],
)
def test_what_people_type_is_understood(type, typed, meant):
    form = filled(typed, type)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"case.x": meant}


@pytest.mark.parametrize(
    ("type", "typed", "says"),
    [
        ("int", "两次", "整数"),
        ("cents", "八千", "8000"),
        ("cents", "-5", ""),
        ("cents", "1.234", ""),
        ("date", "明天", "2026-11-21"),
        ("date", "2026-02-30", "没有这一天"),
        ("text", "", "请填写拟罚款"),
        ("text", "   ", "请填写拟罚款"),
        ("bool", None, "请回答“拟罚款”"),
        ("list", "\n \n", "请填写拟罚款"),
    ],
)
def test_what_cannot_be_understood_gets_a_sentence(type, typed, says):
    form = filled(typed, type)
    (error,) = form.errors["case.x"]
    assert says in error
    assert error.endswith("。")


@pytest.mark.parametrize("type", ["text", "int", "cents", "date", "bool", "list"])
def test_optional_facts_may_stay_open(type):
    form = filled(None, type, required=False)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["case.x"] in (None, "", [])


def test_few_choices_are_buttons_and_many_a_list():
    few = form_for_facts([fact("enum", choices=[("light", "从轻"), ("heavy", "从重")])])()
    many = form_for_facts([fact("enum", choices=[f"第{n}街道" for n in range(9)])])()
    assert 'type="radio"' in str(few["case.x"])
    assert "<select" in str(many["case.x"])


def test_a_choice_that_is_not_offered_is_refused():
    form = filled("middle", "enum", choices={"light": "从轻", "heavy": "从重"})
    assert form.errors["case.x"] == ["没有这个选项，请从列出的里面选。"]


def test_several_choices_make_a_list():
    Form = form_for_facts([fact("list", choices=["书证", "物证"])])
    form = Form(QueryDict("case.x=书证&case.x=物证"))
    assert form.is_valid()
    assert form.cleaned_data["case.x"] == ["书证", "物证"]


def test_what_was_typed_stays():
    html = str(filled("2026-02-30", "date")["case.x"])
    assert 'value="2026-02-30"' in html
    assert 'type="text"' in html, "浏览器的日期控件会丢掉写错的日期"
    assert 'value="八千"' in str(filled("八千", "cents")["case.x"])


def test_initial_values_are_shown_as_people_write_them():
    form = form_for_facts([fact("cents", initial=1_234_550)])()
    assert 'value="12,345.50"' in str(form["case.x"])
    shown = str(form_for_facts([fact("bool", initial=False)])()["case.x"])
    assert 'value="false" required id="id_case.x_1" checked' in shown or "checked" in shown


def test_an_unknown_type_names_the_fact():
    with pytest.raises(ValueError, match=r"case\.x"):
        form_for_facts([fact("colour")])


def test_every_form_answers_with_what_to_do():
    class Any(forms.Form):
        name = forms.CharField()
        scan = forms.FileField()
        kind = forms.ChoiceField(choices=[("a", "甲")])

    errors = Any({"kind": "b"}, {}).errors
    assert errors == {
        "name": ["请填写这一项。"],
        "scan": ["请选择一个文件。"],
        "kind": ["没有这个选项，请从列出的里面选。"],
    }
