"""Exclusion over equal keys and overlapping ranges needs btree_gist; search needs btree_gin."""

from django.contrib.postgres.operations import BtreeGinExtension, BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Adds the extensions; they come with PostgreSQL's contrib."""

    initial = True
    dependencies = []
    operations = [BtreeGistExtension(), BtreeGinExtension()]
