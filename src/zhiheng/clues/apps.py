from django.apps import AppConfig


class CluesConfig(AppConfig):
    name = "zhiheng.clues"
    label = "clues"
    verbose_name = "线索"

    def ready(self) -> None:
        """Say which open clues cite a law."""
        from zhiheng.clues import citing
        from zhiheng.elements import api as elements

        elements.citers.register("clue", citing.citers)
