"""Addresses of people."""

from django.urls import URLPattern, URLResolver, path

from zhiheng.people.views import accounts, me, security

urlpatterns: list[URLPattern | URLResolver] = [
    path("", accounts.account_list, name="account_list"),
    path("new/", accounts.account_new, name="account_new"),
    path("me/", me.me, name="people_me"),
    path("security/", security.security_log, name="security_log"),
    path("grants/<int:grant_id>/revoke/", accounts.grant_revoke, name="grant_revoke"),
    path("actings/<int:acting_id>/end/", me.acting_end, name="acting_end"),
    path("a/<slug:username>/", accounts.account_show, name="account_show"),
    path("a/<slug:username>/active/", accounts.account_active, name="account_active"),
    path("a/<slug:username>/password/", accounts.account_password, name="account_password"),
    path("a/<slug:username>/unlock/", accounts.account_unlock, name="account_unlock"),
]
