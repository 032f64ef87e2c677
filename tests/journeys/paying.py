"""What a party does at the public page, and the finance side at its own."""

from django.test import Client
from django.urls import reverse

from tests import cast
from tests.journeys.driver import Walk
from tests.journeys.reading import Page
from zhiheng.payments import api as payments


def order_of(walk: Walk) -> payments.PaymentOrder:
    """The case's order for its fine."""
    return payments.fine_order_of(walk.case.pk)


class Party:
    """A party with a telephone, who came by the QR code of the slip."""

    def __init__(self, walk: Walk, order: payments.PaymentOrder | None = None) -> None:
        """Open the link of the order."""
        self.walk, self.client = walk, Client()
        self.order = order or order_of(walk)
        self.url = reverse("pay", args=[self.order.code])
        self.page = Page(self.client.get(f"{self.url}?t={self.order.token}", follow=True))

    def sees(self) -> Page:
        """The page as it stands today."""
        self.page = Page(self.client.get(self.url))
        return self.page

    def pays(self, yuan: str = "", **typed: str) -> Page:
        """Pay what the page asks for, or another sum."""
        self.walk.wait()
        page = self.sees()
        sent = {name: values[0] for name, values in page.fields.items()}
        if yuan:
            sent["cents"] = str(int(float(yuan) * 100))
        self.sent = {**sent, "channel": "ELECTRONIC", **typed}
        return self.again()

    def again(self) -> Page:
        """Send the same form (once more)."""
        return Page(self.client.post(self.url, self.sent, follow=True))


def finance(walk: Walk, show: str = "") -> Page:
    """The list of orders as an officer of the agency sees it."""
    return walk.sees(cast.OFFICER, reverse("payment_list") + (f"?show={show}" if show else ""))
