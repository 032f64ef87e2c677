"""Addresses of the public pages."""

from django.urls import URLPattern, URLResolver, path

from zhiheng.portal.views import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
]
