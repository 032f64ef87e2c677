"""Addresses of documents and of the public check."""

from django.urls import URLPattern, URLResolver, path

from zhiheng.documents.views import check, document

urlpatterns: list[URLPattern | URLResolver] = [
    path("documents/<int:document_id>/", document.document, name="document"),
    path("documents/<int:document_id>/pdf/", document.document_file, name="document_pdf"),
    path("check/", check.check_home, name="check"),
    path("check/<str:code>/", check.check_code, name="check_code"),
]
