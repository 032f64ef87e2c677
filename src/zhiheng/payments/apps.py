from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "zhiheng.payments"
    label = "payments"
    verbose_name = "缴款"
