"""Walks a case on the spot through the phone's screens, as an officer types and presses."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import cast
from tests.journeys.driver import Walk, photo
from tests.journeys.reading import Page
from zhiheng.cases.models import Case

LITTER, SLOPS, DECORATING = "QH-CG-024", "QH-CG-025", "QH-CG-016"
PERSON = {
    "party": "路过甲", "party_kind": "CITIZEN", "party_address": "青衡县城东街道渡口街2号",
}  # fmt: skip


class Spot(Walk):
    """Two officers in the street."""

    def sends_on(
        self, url: str, form: Page, typed: Mapping[str, Any], by: str = cast.OFFICER
    ) -> Page:
        """Send a screen that lies open, a button's name among what is typed."""
        sent = {n: v if len(v) > 1 else v[0] for n, v in form.fields.items()}
        return Page(self.as_(by).post(url, {**sent, **typed}, follow=True))

    def begins_here(self, *, item: str = LITTER, by: str = cast.OFFICER, **typed: Any) -> Page:
        """The first screen: what, who, where, with whom."""
        self.wait()
        url = reverse("spot")
        form = self.sees(by, url)
        partner = next(v for words, v in form.options("co_handler").items() if "周执法" in words)
        usual = {"item": item, "co_handler": partner, "place": "城东街道渡口街口", **PERSON}
        page = self.sends_on(url, form, {**usual, **typed}, by)
        if page.path != url:
            self._case = Case.objects.order_by("-dossier_id").first()
        return page

    def here(self) -> str:
        """The address of the case's screen on the phone."""
        return reverse("spot_case", args=[self._case.code])

    def presses(self, by: str = cast.OFFICER, **typed: Any) -> Page:
        """Fill in the screen that the case stands at, and press."""
        self.wait()
        return self.sends_on(self.here(), self.sees(by, self.here()), typed, by)

    def tells(self, **typed: Any) -> Page:
        """A picture, the facts, what is meant."""
        self.photos += 1
        return self.presses(**{"photo": photo(f"当场{self.photos}"), **typed})

    def signs(self, **typed: Any) -> Page:
        """The party signs on the glass."""
        drawn = SimpleUploadedFile("signature.png", _drawn(), "image/png")
        return self.presses(**{"signature": drawn, **typed})


def _drawn() -> bytes:
    """A signature as the glass sends it."""
    import io

    from PIL import Image, ImageDraw

    image = Image.new("RGB", (300, 120), "white")
    ImageDraw.Draw(image).line([(20, 80), (120, 30), (200, 90), (280, 40)], fill="black", width=4)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
