"""Addresses of screens that other parts bring: empty where they are not there."""

from datetime import date
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
    """Where an article of a version is read, on the first day of that version."""
    if version is None:
        return ""
    day: date | None = version.valid_from or version.published_on
    on = {"on": day.isoformat()} if day else {}
    return address("law_article", version.law_id, number, **on)


def edit(slug: str, uid: str) -> str:
    """The form that changes an element, where it exists."""
    return address("element_edit", slug, uid)
