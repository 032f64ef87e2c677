"""Addresses of evidence."""

from django.urls import URLPattern, URLResolver, path

from zhiheng.evidence.views import file, item, listing, upload

urlpatterns: list[URLPattern | URLResolver] = [
    path("evidence/", listing.evidence_list, name="evidence_list"),
    path("evidence/<int:evidence_id>/", item.evidence_item, name="evidence_item"),
    path("evidence/<int:evidence_id>/file/", file.evidence_file, name="evidence_file"),
    path("evidence/<int:evidence_id>/thumb/", file.evidence_thumb, name="evidence_thumb"),
    path("evidence/<int:evidence_id>/verify/", item.evidence_verify, name="evidence_verify"),
    path("evidence/<int:evidence_id>/exclude/", item.evidence_exclude, name="evidence_exclude"),
    path(
        "evidence/dossiers/<int:dossier_id>/",
        upload.evidence_of_dossier,
        name="evidence_of_dossier",
    ),
    path("evidence/dossiers/<int:dossier_id>/add/", upload.evidence_add, name="evidence_add"),
]
