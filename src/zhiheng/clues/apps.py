from django.apps import AppConfig


class CluesConfig(AppConfig):
    name = "zhiheng.clues"
    label = "clues"
    verbose_name = "线索"

    def ready(self) -> None:
        """A party's page tells of its clues; a notice that moves items asks which are open."""
        from zhiheng.clues.open_matters import find_open_clues
        from zhiheng.clues.party import clues_of_party
        from zhiheng.elements import api as elements

        elements.contribute_matters(clues_of_party)
        elements.contribute_open_matters(find_open_clues)
