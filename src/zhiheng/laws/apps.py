from django.apps import AppConfig


class LawsConfig(AppConfig):
    name = "zhiheng.laws"
    verbose_name = "法条库"
