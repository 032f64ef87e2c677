import django.db.models.deletion
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION procedures_keep_supervision_clue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'PENDING' AND NEW.state <> 'PENDING'
       AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '监督线索只能追加，核实一次，不能修改或删除。'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER supervision_clue_stays BEFORE UPDATE OR DELETE ON procedures_supervisionclue
    FOR EACH ROW EXECUTE FUNCTION procedures_keep_supervision_clue();
"""
ALLOW = """
DROP TRIGGER supervision_clue_stays ON procedures_supervisionclue;
DROP FUNCTION procedures_keep_supervision_clue();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0005_entrustment_dossiers'),
        ('procedures', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SupervisionClue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('guard_id', models.CharField(max_length=32, verbose_name='护栏')),
                ('title', models.CharField(max_length=200, verbose_name='规则')),
                ('sentence', models.TextField(verbose_name='发生了什么')),
                ('facts', models.JSONField(default=list, verbose_name='用到的事实')),
                ('lapses', models.JSONField(default=list, verbose_name='过了的期限')),
                ('basis', models.TextField(verbose_name='依据')),
                ('checked', models.BooleanField(default=True, verbose_name='规则已核对')),
                ('step_id', models.CharField(max_length=64, verbose_name='步骤')),
                ('procedure_id', models.CharField(max_length=64, verbose_name='程序')),
                ('region_code', models.CharField(max_length=12, verbose_name='区划代码')),
                ('agency_code', models.CharField(max_length=32, verbose_name='办理机关')),
                ('actor_id', models.BigIntegerField(null=True, verbose_name='办理人账号')),
                ('happened_on', models.DateField(verbose_name='发生日期')),
                ('acted_on', models.DateField(verbose_name='办理日期')),
                ('listed_at', models.DateTimeField(verbose_name='列入时间')),
                ('state', models.CharField(choices=[('PENDING', '待核实'), ('CONFIRMED', '已核实属实'), ('DISMISSED', '不构成问题')], default='PENDING', max_length=12, verbose_name='状态')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervision_clues', to='ledger.act', verbose_name='行为记录')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervision_clues', to='ledger.dossier', verbose_name='卷宗')),
            ],
            options={
                'verbose_name': '监督线索',
                'verbose_name_plural': '监督线索',
                'indexes': [models.Index(fields=['state', '-id'], name='supervision_clue_state'), models.Index(fields=['agency_code', '-id'], name='supervision_clue_agency'), models.Index(fields=['guard_id', '-id'], name='supervision_clue_guard'), models.Index(fields=['region_code', 'agency_code'], name='supervision_clue_region', opclasses=['varchar_pattern_ops', 'varchar_ops'])],
                'constraints': [models.UniqueConstraint(fields=('act', 'guard_id'), name='supervision_clue_once')],
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
