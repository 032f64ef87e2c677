"""Element rows are never changed in place and never removed: the database itself refuses.

The one change allowed is to close what was known: `known_until` from null to an instant.
"""

from django.db import migrations

TABLES = (
    "area",
    "basis",
    "basisnode",
    "benchmark",
    "body",
    "caseexample",
    "doctemplate",
    "grant",
    "item",
    "officer",
    "subject",
)
FUNCTION = """
CREATE FUNCTION elements_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.known_until IS NULL AND NEW.known_until IS NOT NULL
       AND to_jsonb(NEW) - 'known_until' = to_jsonb(OLD) - 'known_until' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '要素记录不能就地修改或删除，请登记新的版本。'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON elements_{table}
    FOR EACH ROW EXECUTE FUNCTION elements_refuse_change();
"""


class Migration(migrations.Migration):
    """Adds one function and a trigger per table."""

    dependencies = [("elements", "0002_records")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION elements_refuse_change();"),
        *(
            migrations.RunSQL(
                TRIGGER.format(table=table),
                f"DROP TRIGGER {table}_append_only ON elements_{table};",
            )
            for table in TABLES
        ),
    ]
