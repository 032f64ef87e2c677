"""The security log can be added to and never changed."""

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from zhiheng.people import api, selectors, services
from zhiheng.people.models import SecurityEvent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_or_remove_an_event(change):
    event = services.record_security_event(kind="EXPORTED", username="someone")
    rows = SecurityEvent.objects.filter(pk=event.pk)
    with pytest.raises(IntegrityError, match="只能追加"), transaction.atomic():
        rows.update(username="other") if change == "update" else rows._raw_delete("default")
    assert rows.get().username == "someone"


def test_the_time_of_an_event_is_the_database_s():
    event = services.record_security_event(kind="EXPORTED")
    event.refresh_from_db()
    assert event.at is not None


def test_the_log_is_seen_within_reach_and_by_nobody_without_a_grant():
    services.record_security_event(kind="EXPORTED", actor=cast.actor(cast.SUPERVISOR))
    inside = api.scope(cast.actor(cast.SYSTEM_ADMIN), "security.view")
    assert selectors.list_security_events(scope=inside, kind="EXPORTED").count() == 1
    assert not selectors.list_security_events(scope=api.Scope()).exists()
