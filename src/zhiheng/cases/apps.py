from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "zhiheng.cases"
    label = "cases"
    verbose_name = "案件"

    def ready(self) -> None:
        """A clue to be filed opens a case here; a period's end may open a step; who is asked."""
        from zhiheng.cases import cash, citing, owing
        from zhiheng.cases.matters import evidence_lock
        from zhiheng.cases.open_matters import find_open_cases
        from zhiheng.cases.papers import (  # noqa: F401 - they enter
            beside,
            deferring,
            disposing,
            enforcing,
            gathering,
            handing,
            letters,
            measures,
            publishing,
            running,
            testing,
        )
        from zhiheng.cases.party import cases_of_party
        from zhiheng.cases.sides import (  # noqa: F401 - they enter
            assists,
            community,
            consultations,
            cosigns,
            enforcement,
            handed_in,
            handovers,
            jurisdictions,
            lawyers,
            recusals,
            registration,
            remedies,
            restoring,
            revisions,
            sampling,
            seizure,
        )
        from zhiheng.clues import api as clues
        from zhiheng.elements import api as elements
        from zhiheng.evidence import api as evidence
        from zhiheng.ledger import api as ledger
        from zhiheng.payments import api as payments

        clues.STEP_PAGES["propose_filing"] = "case_propose"
        ledger.subscribe("deadline.*", "cases.period_ended")
        evidence.register_lock(evidence_lock)
        elements.contribute_matters(cases_of_party)
        elements.contribute_open_matters(find_open_cases)
        elements.citers.register("case", citing.citers)
        payments.on_receipt(owing.money_arrived)
        payments.cash_is_told_in(cash.place)
