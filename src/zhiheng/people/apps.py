from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "zhiheng.people"
    label = "people"
    verbose_name = "人员"
