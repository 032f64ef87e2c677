"""Addresses of the element centre."""

from django.urls import URLPattern, URLResolver, path

from zhiheng.elements.views import candidates, register

urlpatterns: list[URLPattern | URLResolver] = [
    path("", register.home, name="element_home"),
    path("candidates/", candidates.candidate_list, name="candidate_list"),
    path("candidates/<int:number>/", candidates.candidate, name="candidate"),
    path("<slug:slug>/", register.element_list, name="element_list"),
    path("<slug:slug>/<uuid:uid>/", register.element_show, name="element_show"),
]
