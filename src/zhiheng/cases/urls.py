"""Addresses of cases, the to-do list and the search box."""

from django.urls import URLPattern, URLResolver, path

from zhiheng.cases.views import (
    asked,
    discretion,
    dossier,
    elsewhere,
    entrusting,
    goods,
    handlers,
    interference,
    listing,
    propose,
    side,
    spot,
    step,
    todo,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("todo/", todo.todo, name="todo"),
    path("search/", listing.search, name="search"),
    path("spot/", spot.spot, name="spot"),
    path("spot/party/", spot.spot_party, name="spot_party"),
    path("spot/card/", spot.spot_card, name="spot_card"),
    path("spot/card/<uuid:token>/", spot.spot_card_words, name="spot_card_words"),
    path("spot/<str:code>/", spot.spot_case, name="spot_case"),
    path("dossiers/<int:dossier_id>/", dossier.open_dossier, name="dossier"),
    path("entrust/", entrusting.entrust_list, name="entrust_list"),
    path("entrust/new/", entrusting.entrust_new, name="entrust_new"),
    path("entrust/<int:dossier_id>/", entrusting.entrust, name="entrust"),
    path(
        "entrust/<int:dossier_id>/do/<slug:step_id>/",
        entrusting.entrust_step,
        name="entrust_step",
    ),
    path("goods/", goods.goods_list, name="goods_list"),
    path("goods/list.csv", goods.goods_export, name="goods_export"),
    path("goods/<int:good_id>/", goods.good, name="good"),
    path("cases/", listing.case_list, name="case_list"),
    path("cases/from/<str:number>/", propose.case_propose, name="case_propose"),
    path("cases/<str:code>/", dossier.case, name="case"),
    path("cases/<str:code>/do/<slug:step_id>/", step.case_step, name="case_step"),
    path("cases/<str:code>/pass/<slug:step_id>/", step.case_let_pass, name="case_let_pass"),
    path("cases/<str:code>/beside/<int:number>/", side.side, name="side"),
    path("cases/<str:code>/beside/new/<str:procedure_id>/", side.side_begin, name="side_begin"),
    path(
        "cases/<str:code>/beside/<int:number>/do/<slug:step_id>/", side.side_step, name="side_step"
    ),
    path(
        "cases/<str:code>/beside/<int:number>/pass/<slug:step_id>/",
        side.side_let_pass,
        name="side_let_pass",
    ),
    path("consult/", asked.consult_list, name="consult_list"),
    path("consult/<int:dossier_id>/", asked.consult, name="consult"),
    path("consult/<int:dossier_id>/do/<slug:step_id>/", asked.consult_step, name="consult_step"),
    path(
        "consult/<int:dossier_id>/evidence/<int:evidence_id>/",
        asked.consult_thumb,
        name="consult_thumb",
    ),
    path("assist/", asked.assist_list, name="assist_list"),
    path("assist/<int:dossier_id>/", asked.assist, name="assist"),
    path("assist/<int:dossier_id>/do/<slug:step_id>/", asked.assist_step, name="assist_step"),
    path("interference/", interference.interference_list, name="interference_list"),
    path(
        "cases/<str:code>/interference/",
        interference.interference_record,
        name="interference_record",
    ),
    path("cases/<str:code>/discretion/", discretion.case_discretion, name="case_discretion"),
    path("cases/<str:code>/elsewhere/", elsewhere.case_elsewhere, name="case_elsewhere"),
    path("cases/<str:code>/handlers/", handlers.case_handlers, name="case_handlers"),
    path("cases/<str:code>/reviewer/", handlers.case_reviewer, name="case_reviewer"),
]
