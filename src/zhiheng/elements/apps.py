from django.apps import AppConfig


class ElementsConfig(AppConfig):
    name = "zhiheng.elements"
    label = "elements"
    verbose_name = "要素中心"
