"""Addresses of the law corpus."""

from django.urls import URLPattern, URLResolver, path

from zhiheng.laws.views import article, browsing, changes, report

urlpatterns: list[URLPattern | URLResolver] = [
    path("", browsing.law_list, name="law_list"),
    path("go/", article.law_go, name="law_go"),
    path("lighter/", changes.law_lighter, name="law_lighter"),
    path("report/", report.law_report, name="law_report"),
    path("<int:law_id>/", browsing.law_show, name="law_show"),
    path("<int:law_id>/diff/", changes.law_diff, name="law_diff"),
    path("<int:law_id>/a/<str:number>/", article.law_article, name="law_article"),
    path("<int:law_id>/a/<str:number>/sides/", article.law_sides, name="law_sides"),
]
