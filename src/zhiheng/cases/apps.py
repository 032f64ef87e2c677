from django.apps import AppConfig
from django.http import HttpRequest


class CasesConfig(AppConfig):
    name = "zhiheng.cases"
    label = "cases"
    verbose_name = "案件"

    def ready(self) -> None:
        """A clue to be filed opens a case here; a period's end may open a step; who is asked."""
        from zhiheng.cases import citing, owing
        from zhiheng.cases.matters import evidence_lock
        from zhiheng.cases.open_matters import find_open_cases
        from zhiheng.cases.papers import (  # noqa: F401 - they enter
            beside,
            enforcing,
            handing,
            measures,
            testing,
        )
        from zhiheng.cases.party import cases_of_party
        from zhiheng.cases.sides import (  # noqa: F401 - they enter
            assists,
            community,
            consultations,
            cosigns,
            enforcement,
            handovers,
            jurisdictions,
            lawyers,
            recusals,
            registration,
            remedies,
            revisions,
            sampling,
            seizure,
        )
        from zhiheng.clues import api as clues
        from zhiheng.elements import api as elements
        from zhiheng.evidence import api as evidence
        from zhiheng.ledger import api as ledger
        from zhiheng.payments import api as payments
        from zhiheng.web.shell import register_count

        clues.STEP_PAGES["propose_filing"] = "case_propose"
        ledger.subscribe("deadline.*", "cases.period_ended")
        evidence.register_lock(evidence_lock)
        elements.contribute_matters(cases_of_party)
        elements.contribute_open_matters(find_open_cases)
        elements.citers.register("case", citing.citers)
        payments.on_receipt(owing.money_arrived)
        register_count("todo", _waiting)


def _waiting(request: HttpRequest) -> int:
    """How many to-dos wait for whoever is signed in, for the number on the rail."""
    from zhiheng.cases.views.todo import count_all

    if counted := getattr(request, "todo_count", None):
        return counted.number
    actor = getattr(request, "actor", None)
    return count_all(actor).number if actor is not None else 0
