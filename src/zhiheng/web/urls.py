"""Addresses of this context."""

from django.urls import URLPattern, URLResolver, path

from zhiheng.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("_patterns", views.show_patterns, name="patterns"),
    path("_large", views.set_large, name="web_large"),
]
