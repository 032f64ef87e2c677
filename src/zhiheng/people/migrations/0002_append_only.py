"""The security log may be added to and never changed: the database itself refuses."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION people_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '安全日志只能追加，不能修改或删除。' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER security_event_append_only BEFORE UPDATE OR DELETE ON people_securityevent
    FOR EACH ROW EXECUTE FUNCTION people_refuse_change();
"""
ALLOW = """
DROP TRIGGER security_event_append_only ON people_securityevent;
DROP FUNCTION people_refuse_change();
"""


class Migration(migrations.Migration):
    """Adds the trigger."""

    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
