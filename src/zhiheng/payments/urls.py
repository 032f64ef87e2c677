"""Addresses of payments: the public page, the gateway's callback, the finance side."""

from django.urls import URLPattern, URLResolver, path

from zhiheng.payments.views import public, staff

urlpatterns: list[URLPattern | URLResolver] = [
    path("pay/", public.pay_home, name="pay_home"),
    path("pay/callback/", public.callback, name="pay_callback"),
    path("pay/<str:code>/", public.pay, name="pay"),
    path("pay/<str:code>/receipt/<str:receipt_no>/", public.receipt, name="pay_receipt"),
    path("payments/", staff.orders, name="payment_list"),
    path("payments/<str:code>/", staff.order, name="payment_order"),
    path("payments/<str:code>/refund/", staff.refund, name="payment_refund"),
    path("payments/<str:code>/cash/", staff.cash, name="payment_cash"),
]
