"""The database itself refuses to change or remove what is in the ledger and its log."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '台账只增不改：% 不允许 %。', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation',
              HINT = '更正请另记一条行为，说明更正了什么。';
END $$;

CREATE FUNCTION ledger_tile_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.level <> OLD.level OR NEW.index <> OLD.index OR length(OLD.hashes) >= 8192
       OR length(NEW.hashes) <= length(OLD.hashes)
       OR substring(NEW.hashes FROM 1 FOR length(OLD.hashes)) <> OLD.hashes THEN
        RAISE EXCEPTION '日志片只能增长：%/% 不允许改动。', OLD.level, OLD.index
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

ALTER TABLE ledger_logtile ALTER COLUMN hashes SET STORAGE EXTERNAL;
ALTER TABLE ledger_logtile ADD CONSTRAINT logtile_whole_hashes
    CHECK (length(hashes) % 32 = 0 AND length(hashes) BETWEEN 32 AND 8192);
ALTER TABLE ledger_act ADD CONSTRAINT act_digest_length CHECK (length(digest) = 32);
ALTER TABLE ledger_logentry ADD CONSTRAINT logentry_digest_length CHECK (length(digest) = 32);
ALTER TABLE ledger_dossier SET (fillfactor = 85);

CREATE TRIGGER logtile_grows BEFORE UPDATE ON ledger_logtile
    FOR EACH ROW EXECUTE FUNCTION ledger_tile_grows();
CREATE TRIGGER logtile_stays BEFORE DELETE ON ledger_logtile
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER logtile_not_emptied BEFORE TRUNCATE ON ledger_logtile
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
ALTER TABLE ledger_logtile ENABLE ALWAYS TRIGGER logtile_grows;
ALTER TABLE ledger_logtile ENABLE ALWAYS TRIGGER logtile_stays;
ALTER TABLE ledger_logtile ENABLE ALWAYS TRIGGER logtile_not_emptied;
"""

REFUSE_ONE = """
CREATE TRIGGER {name}_stays BEFORE UPDATE OR DELETE ON ledger_{name}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER {name}_not_emptied BEFORE TRUNCATE ON ledger_{name}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
ALTER TABLE ledger_{name} ENABLE ALWAYS TRIGGER {name}_stays;
ALTER TABLE ledger_{name} ENABLE ALWAYS TRIGGER {name}_not_emptied;
"""

ALLOW = """
DROP TRIGGER logtile_grows ON ledger_logtile;
DROP TRIGGER logtile_stays ON ledger_logtile;
DROP TRIGGER logtile_not_emptied ON ledger_logtile;
ALTER TABLE ledger_logtile DROP CONSTRAINT logtile_whole_hashes;
ALTER TABLE ledger_act DROP CONSTRAINT act_digest_length;
ALTER TABLE ledger_logentry DROP CONSTRAINT logentry_digest_length;
DROP FUNCTION ledger_tile_grows();
DROP FUNCTION ledger_refuse();
"""

ALLOW_ONE = """
DROP TRIGGER {name}_stays ON ledger_{name};
DROP TRIGGER {name}_not_emptied ON ledger_{name};
"""

FINAL = ["act", "logentry", "loghead"]


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        *[
            migrations.RunSQL(REFUSE_ONE.format(name=name), ALLOW_ONE.format(name=name))
            for name in FINAL
        ],
    ]
