import pytest
from django.contrib.auth import get_user_model
from django.db import connection


@pytest.mark.django_db
def test_the_database_answers_and_keeps_chinese():
    with connection.cursor() as cursor:
        cursor.execute("SELECT '执衡', current_setting('server_encoding')")
        assert cursor.fetchone() == ("执衡", "UTF8")
    assert get_user_model().objects.count() == 0
