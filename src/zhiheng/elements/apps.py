from django.apps import AppConfig
from django.http import HttpRequest


class ElementsConfig(AppConfig):
    name = "zhiheng.elements"
    label = "elements"
    verbose_name = "要素中心"

    def ready(self) -> None:
        """Say what cites a law, who follows proposals; count the faults that wait for the reader."""
        from zhiheng.elements import waiting
        from zhiheng.elements.candidates import following
        from zhiheng.elements.exchange.applying import on_applied
        from zhiheng.elements.upkeep import changes, finders
        from zhiheng.elements.upkeep.run import after_publication
        from zhiheng.laws import api as laws
        from zhiheng.web.shell import register_count

        finders.register_all()
        following.listen()
        laws.on_version(changes.heard)
        on_applied(lambda **_: after_publication())
        register_count("elements", _waiting)
        waiting.register()


def _waiting(request: HttpRequest) -> int:
    """Lines that wait: for element administrators everywhere, for owners within the centre."""
    from zhiheng.elements.waiting import UPKEEP
    from zhiheng.ledger import api as ledger
    from zhiheng.people import api as people

    actor = getattr(request, "actor", None)
    if actor is None:
        return 0
    if not (people.may(actor, "element.edit") or request.path.startswith("/elements/")):
        return 0
    return ledger.tally_of(request).beside.get(UPKEEP, 0)
