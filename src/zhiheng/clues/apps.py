from django.apps import AppConfig


class CluesConfig(AppConfig):
    name = "zhiheng.clues"
    label = "clues"
    verbose_name = "线索"

    def ready(self) -> None:
        """What the element centre asks of clues: a party's, the open ones, those that cite a law."""
        from zhiheng.clues import citing
        from zhiheng.clues.open_matters import find_open_clues
        from zhiheng.clues.party import clues_of_party
        from zhiheng.elements import api as elements

        elements.contribute_matters(clues_of_party)
        elements.contribute_open_matters(find_open_clues)
        elements.citers.register("clue", citing.citers)
