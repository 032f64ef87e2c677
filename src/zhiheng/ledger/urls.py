"""Addresses of this context."""

from django.urls import URLPattern, URLResolver, path, re_path

from zhiheng.ledger.views import act, log

urlpatterns: list[URLPattern | URLResolver] = [
    path("log/", log.log, name="log"),
    path("log/head.json", log.head_json, name="log_head"),
    path("log/heads.json", log.heads_json, name="log_heads"),
    path("log/verify_proof.py", log.verifier, name="log_verifier"),
    path("log/growth/<int:first>-<int:second>.json", log.growth_json, name="log_growth"),
    re_path(r"^log/proof/(?P<what>[0-9a-f]{1,64})\.json$", log.proof_json, name="log_proof_json"),
    re_path(r"^log/proof/(?P<what>[0-9a-f]{1,64})/$", log.proof, name="log_proof"),
    path("log/act/<int:act_id>/sealed.json", act.sealed_json, name="log_act_sealed"),
]
