"""Addresses of supervision."""

from django.urls import URLPattern, URLResolver, path

from zhiheng.supervision.views import clue, listing

urlpatterns: list[URLPattern | URLResolver] = [
    path("supervision/", listing.supervision_list, name="supervision_list"),
    path("supervision/export/", listing.supervision_export, name="supervision_export"),
    path("supervision/overdue/", listing.supervision_overdue, name="supervision_overdue"),
    path("supervision/<int:clue_id>/", clue.supervision_clue, name="supervision_clue"),
    path(
        "supervision/<int:clue_id>/explain/", clue.supervision_explain, name="supervision_explain"
    ),
    path("supervision/<int:clue_id>/verify/", clue.supervision_verify, name="supervision_verify"),
]
