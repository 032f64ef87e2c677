from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "zhiheng.documents"
    label = "documents"
    verbose_name = "文书"

    def ready(self) -> None:
        """Say which templates cite a law."""
        from zhiheng.documents import citing
        from zhiheng.elements import api as elements

        elements.citers.register("document", citing.citers)
