"""Addresses of screens that other parts bring: empty where they are not there."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from zhiheng.laws.api import LawVersion


def address(name: str, *args: object, **query: object) -> str:
    """The address of a screen with its question; empty when there is no such screen."""
    try:
        href = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return f"{href}?{urlencode(query)}" if query else href


def article(version: LawVersion | None, number: str) -> str:
    """Where an article of a version is read."""
    if version is None:
        return ""
    return address("law_article", version.law_id, number, version=version.pk)


def edit(slug: str, uid: str) -> str:
    """The form that changes an element, where it exists."""
    return address("element_edit", slug, uid)
