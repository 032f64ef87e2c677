"""What is known of competence carries a stamp: changed by the database in the same transaction.

Each connection bumps a slot of its own, so that writers do not wait for one another; numbers come
from a sequence, so that none is ever used twice, even when a transaction is taken back. All slots
together name one state of the tables; a reader compares them with those its memory was built from.
"""

from django.db import migrations

TABLES = ("basis", "basisnode", "body", "grant", "item")
STAMP = """
CREATE SEQUENCE elements_competence_seq;
CREATE TABLE elements_competence_stamp (slot integer PRIMARY KEY, n bigint NOT NULL)
    WITH (fillfactor = 20);
CREATE FUNCTION elements_bump_competence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO elements_competence_stamp
    VALUES (pg_backend_pid() % 64, nextval('elements_competence_seq'))
    ON CONFLICT (slot) DO UPDATE SET n = EXCLUDED.n;
    RETURN NULL;
END $$;
"""
UNSTAMP = """
DROP FUNCTION elements_bump_competence();
DROP TABLE elements_competence_stamp;
DROP SEQUENCE elements_competence_seq;
"""
TRIGGER = """
CREATE TRIGGER {table}_competence AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON elements_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION elements_bump_competence();
"""


class Migration(migrations.Migration):
    """Adds the stamp and a trigger per table that competence is read from."""

    dependencies = [("elements", "0008_adjustment_notices")]
    operations = [
        migrations.RunSQL(STAMP, UNSTAMP),
        *(
            migrations.RunSQL(
                TRIGGER.format(table=table),
                f"DROP TRIGGER {table}_competence ON elements_{table};",
            )
            for table in TABLES
        ),
    ]
