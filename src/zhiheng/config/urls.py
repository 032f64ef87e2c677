"""The map of addresses; each context brings its own."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("zhiheng.people.account_urls")),
    path("people/", include("zhiheng.people.urls")),
    path("", include("zhiheng.web.urls")),
    path("", include("zhiheng.ledger.urls")),
    path("laws/", include("zhiheng.laws.urls")),
    path("elements/", include("zhiheng.elements.urls")),
    path("", include("zhiheng.evidence.urls")),
    path("", include("zhiheng.documents.urls")),
    path("", include("zhiheng.payments.urls")),
    path("clues/", include("zhiheng.clues.urls")),
    path("", include("zhiheng.cases.urls")),
    path("", include("zhiheng.supervision.urls")),
    path("", include("zhiheng.portal.urls")),
]
