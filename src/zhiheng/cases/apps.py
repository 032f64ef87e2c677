from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "zhiheng.cases"
    label = "cases"
    verbose_name = "案件"

    def ready(self) -> None:
        """A clue that is to be filed opens a case here."""
        from zhiheng.clues import api as clues

        clues.STEP_PAGES["propose_filing"] = "case_propose"
