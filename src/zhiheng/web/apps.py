from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "zhiheng.web"
    label = "web"
    verbose_name = "界面"
