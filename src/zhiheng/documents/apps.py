from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "zhiheng.documents"
    label = "documents"
    verbose_name = "文书"
