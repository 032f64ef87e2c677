"""Addresses of clues."""

from django.urls import URLPattern, URLResolver, path

from zhiheng.clues.views import clue, listing

urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.clue_list, name="clue_list"),
    path("new/", listing.register, name="clue_register"),
    path("<str:number>/", clue.clue, name="clue"),
    path("<str:number>/do/<slug:step_id>/", clue.clue_step, name="clue_step"),
]
