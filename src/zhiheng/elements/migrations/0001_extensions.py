"""Exclusion over equal keys and overlapping ranges needs btree_gist."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Adds the extension; it comes with PostgreSQL's contrib."""

    initial = True
    dependencies = []
    operations = [BtreeGistExtension()]
