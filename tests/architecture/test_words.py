"""One glossary: every model's Chinese name is a word of it."""

import yaml
from django.apps import apps

from tests.architecture.layers import ROOT

GLOSSARY = ROOT / "rulebook" / "glossary.yaml"


def _chinese(value: object) -> set[str]:
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        return set().union(*map(_chinese, value.values())) if value else set()
    if isinstance(value, list):
        return set().union(*map(_chinese, value)) if value else set()
    return set()


def test_models_are_called_by_words_of_the_glossary():
    words = _chinese(yaml.safe_load(GLOSSARY.read_text()))
    strange = [
        f"{model._meta.label}: {model._meta.verbose_name}"
        for config in apps.get_app_configs()
        if config.name.startswith("zhiheng.")
        for model in config.get_models()
        if str(model._meta.verbose_name) not in words
    ]
    assert strange == [], "add the word to rulebook/glossary.yaml, or use the one that is there"


def test_every_context_introduces_itself():
    silent = [
        path.parent.name
        for path in sorted((ROOT / "src" / "zhiheng").glob("*/__init__.py"))
        if not path.read_text().lstrip().startswith('"""')
    ]
    assert silent == [], "the docstring of a context's __init__ is its front page"
