from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "zhiheng.procedures"
    label = "procedures"
    verbose_name = "程序"
