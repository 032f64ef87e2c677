"""Addresses of the element centre."""

from django.urls import URLPattern, URLResolver, path

from zhiheng.elements.views import exports, imports, register

urlpatterns: list[URLPattern | URLResolver] = [
    path("", register.home, name="element_home"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/<int:batch_id>/", imports.import_show, name="import_show"),
    path("imports/<int:batch_id>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<int:batch_id>/approve/", imports.import_approve, name="import_approve"),
    path("imports/<int:batch_id>/withdraw/", imports.import_withdraw, name="import_withdraw"),
    path("imports/<int:batch_id>/errors/download/", imports.import_errors, name="import_errors"),
    path("exports/<int:export_id>/", exports.export_show, name="export_show"),
    path("exports/<int:export_id>/file/", exports.export_file, name="export_file"),
    path("<slug:slug>/import/", imports.import_start, name="import_start"),
    path("<slug:slug>/import/download/", imports.import_template, name="import_template"),
    path("<slug:slug>/export/", exports.export_start, name="export_start"),
    path("<slug:slug>/", register.element_list, name="element_list"),
    path("<slug:slug>/<uuid:uid>/", register.element_show, name="element_show"),
]
