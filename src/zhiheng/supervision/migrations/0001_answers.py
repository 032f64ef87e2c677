import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION supervision_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '情况说明、核实结论只能追加，不能修改或删除。' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER explanation_append_only BEFORE UPDATE OR DELETE ON supervision_explanation
    FOR EACH ROW EXECUTE FUNCTION supervision_refuse_change();
CREATE TRIGGER verification_append_only BEFORE UPDATE OR DELETE ON supervision_verification
    FOR EACH ROW EXECUTE FUNCTION supervision_refuse_change();
"""
ALLOW = """
DROP TRIGGER explanation_append_only ON supervision_explanation;
DROP TRIGGER verification_append_only ON supervision_verification;
DROP FUNCTION supervision_refuse_change();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ledger', '0005_entrustment_dossiers'),
        ('procedures', '0002_supervision_clues'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Explanation',
            fields=[
                ('text', models.TextField(verbose_name='内容（密）')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('clue', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='explanation', serialize=False, to='procedures.supervisionclue', verbose_name='监督线索')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='写的人')),
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.act', verbose_name='行为记录')),
            ],
            options={
                'verbose_name': '情况说明',
                'verbose_name_plural': '情况说明',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('text', models.TextField(verbose_name='内容（密）')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('clue', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='verification', serialize=False, to='procedures.supervisionclue', verbose_name='监督线索')),
                ('outcome', models.CharField(choices=[('CONFIRMED', '已核实属实'), ('DISMISSED', '不构成问题')], max_length=12, verbose_name='结论')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='写的人')),
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.act', verbose_name='行为记录')),
            ],
            options={
                'verbose_name': '核实结论',
                'verbose_name_plural': '核实结论',
                'abstract': False,
            },
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
