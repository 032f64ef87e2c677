"""The front door: staff go to their list, everyone else sees what they can do here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zhiheng.web.pages import render_page


def home(request: HttpRequest) -> HttpResponse:
    """Staff go on to their to-do list; the public sees three doors."""
    if getattr(request, "actor", None) is not None:
        return redirect("todo")
    return render_page(request, "portal/home.html", None)
