from django.apps import AppConfig
from django.http import HttpRequest


class SupervisionConfig(AppConfig):
    name = "zhiheng.supervision"
    label = "supervision"
    verbose_name = "监督"

    def ready(self) -> None:
        """Count on the rail what waits to be verified."""
        from zhiheng.web.shell import register_count

        register_count("supervision", _waiting)


def _waiting(request: HttpRequest) -> int:
    """Clues that wait for this supervisor; nobody else is pressed by them."""
    from zhiheng.people import api as people
    from zhiheng.supervision.selectors import count_pending

    actor = getattr(request, "actor", None)
    if actor is None or not people.may(actor, "supervision.verify"):
        return 0
    return count_pending(actor)
