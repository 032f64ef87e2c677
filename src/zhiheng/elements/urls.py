"""Addresses of the element centre."""

from django.urls import URLPattern, URLResolver, path

from zhiheng.elements.views import register

urlpatterns: list[URLPattern | URLResolver] = [
    path("", register.home, name="element_home"),
    path("<slug:slug>/", register.element_list, name="element_list"),
    path("<slug:slug>/<uuid:uid>/", register.element_show, name="element_show"),
]
