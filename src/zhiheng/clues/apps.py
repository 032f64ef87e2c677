from django.apps import AppConfig


class CluesConfig(AppConfig):
    name = "zhiheng.clues"
    label = "clues"
    verbose_name = "线索"

    def ready(self) -> None:
        """A notice that moves items asks which clues on them are open."""
        from zhiheng.clues.open_matters import find_open_clues
        from zhiheng.elements import api as elements

        elements.contribute_open_matters(find_open_clues)
