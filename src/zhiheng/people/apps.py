"""The Django app of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "zhiheng.people"
    label = "people"
    verbose_name = "人员"

    def ready(self) -> None:
        from zhiheng.people import sign_in

        sign_in.listen()
