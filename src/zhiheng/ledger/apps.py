from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "zhiheng.ledger"
    label = "ledger"
    verbose_name = "台账"

    def ready(self) -> None:
        """Put the number of what waits beside the rail's to-do list."""
        from zhiheng.ledger.waiting import tally_of
        from zhiheng.web.shell import register_count

        register_count("todo", lambda request: tally_of(request).total.number)
