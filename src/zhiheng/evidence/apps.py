from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "zhiheng.evidence"
    label = "evidence"
    verbose_name = "证据"
