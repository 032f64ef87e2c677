"""Addresses of the law corpus."""

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from zhiheng.laws.views import article, browsing, changes, report


class PlaceConverter(StringConverter):
    """An article's number as its path has it: 132, 132-1, 7~2."""

    regex = r"[\w~-]{1,24}"


register_converter(PlaceConverter, "place")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", browsing.law_list, name="law_list"),
    path("go/", article.law_go, name="law_go"),
    path("lighter/", changes.law_lighter, name="law_lighter"),
    path("report/", report.law_report, name="law_report"),
    path("<int:law_id>/", browsing.law_show, name="law_show"),
    path("<int:law_id>/diff/", changes.law_diff, name="law_diff"),
    path("<int:law_id>/a/<place:number>/", article.law_article, name="law_article"),
    path("<int:law_id>/a/<place:number>/sides/", article.law_sides, name="law_sides"),
]
