"""Addresses of the element centre."""

from django.urls import URLPattern, URLResolver, path

from zhiheng.elements.views import changes, register, upkeep

urlpatterns: list[URLPattern | URLResolver] = [
    path("", register.home, name="element_home"),
    path("upkeep/", upkeep.upkeep_list, name="upkeep_list"),
    path("upkeep/<int:pk>/", upkeep.upkeep_item, name="upkeep_item"),
    path("upkeep/<int:pk>/<slug:what>/", upkeep.upkeep_do, name="upkeep_do"),
    path("changes/", changes.law_changes, name="law_changes"),
    path("changes/<int:pk>/", changes.law_change, name="law_change"),
    path("<slug:slug>/", register.element_list, name="element_list"),
    path("<slug:slug>/<uuid:uid>/", register.element_show, name="element_show"),
]
