"""What was done to a 待清理事项 stays as it was written: the database itself refuses."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION elements_refuse_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '清理记录不能修改或删除，请另加一条。'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER upkeepnote_append_only BEFORE UPDATE OR DELETE ON elements_upkeepnote
    FOR EACH ROW EXECUTE FUNCTION elements_refuse_note_change();
"""
BACK = """
DROP TRIGGER upkeepnote_append_only ON elements_upkeepnote;
DROP FUNCTION elements_refuse_note_change();
"""


class Migration(migrations.Migration):
    """Adds one function and its trigger."""

    dependencies = [("elements", "0011_upkeep")]
    operations = [migrations.RunSQL(FUNCTION, BACK)]
