"""Addresses of the element centre."""

from django.urls import URLPattern, URLResolver, path

from zhiheng.elements.views import may, notice_items, notices, pictures, register

urlpatterns: list[URLPattern | URLResolver] = [
    path("", register.home, name="element_home"),
    path("may/", may.may, name="element_may"),
    path("map/", pictures.grant_map, name="grant_map"),
    path("counts/", pictures.item_counts, name="item_counts"),
    path("items/<uuid:uid>/line/", pictures.item_line, name="item_line"),
    path("notices/", notices.notice_list, name="notice_list"),
    path("notices/new/", notices.notice_new, name="notice_new"),
    path("notices/<int:notice_id>/", notices.notice, name="notice"),
    path("notices/<int:notice_id>/edit/", notices.notice_edit, name="notice_edit"),
    path("notices/<int:notice_id>/items/", notice_items.notice_items, name="notice_items"),
    path("notices/<int:notice_id>/preview/", notices.notice_preview, name="notice_preview"),
    path("notices/<int:notice_id>/do/<slug:what>/", notices.notice_step, name="notice_step"),
    path("<slug:slug>/", register.element_list, name="element_list"),
    path("<slug:slug>/<uuid:uid>/", register.element_show, name="element_show"),
]
