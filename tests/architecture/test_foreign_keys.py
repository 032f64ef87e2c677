"""Foreign keys point down the layers, and never take a legal record along when they go."""

from django.apps import apps
from django.db import models

from tests.architecture.layers import height

OURS = "zhiheng."
LEGAL = {"ledger", "evidence", "documents", "cases", "clues", "procedures"}


def _keys():
    for config in apps.get_app_configs():
        if config.name.startswith(OURS):
            for model in config.get_models(include_auto_created=True):
                for field in model._meta.get_fields():
                    if isinstance(field, models.ForeignKey):
                        yield config.name.split(".")[1], model, field


def test_foreign_keys_point_down():
    upward = [
        f"{model.__name__}.{field.name} points up to {field.related_model.__name__}"
        for context, model, field in _keys()
        for target in [field.related_model._meta.app_config.name]
        if target.startswith(OURS) and height(target.split(".")[1]) > height(context)
    ]
    assert upward == []


def test_legal_records_do_not_vanish_with_what_they_point_to():
    careless = [
        f"{model.__name__}.{field.name}"
        for context, model, field in _keys()
        if context in LEGAL and field.remote_field.on_delete is models.CASCADE
    ]
    assert careless == [], "use on_delete=PROTECT for legal records"
