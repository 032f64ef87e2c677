"""Proposals, their steps, attachments and merges; steps and attachments are append-only."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLES = ("attachment", "proposalstep")
FUNCTION = """
CREATE FUNCTION elements_refuse_any_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '变更单经过和附件不能修改或删除。'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON elements_{table}
    FOR EACH ROW EXECUTE FUNCTION elements_refuse_any_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('elements', '0005_lists_and_supports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('NEW', '新增'), ('AMEND', '修改'), ('END', '终止')], max_length=8, verbose_name='变更类型')),
                ('state', models.CharField(choices=[('DRAFT', '草稿'), ('IN_REVIEW', '待审核'), ('REVIEWED', '待发布'), ('PUBLISHED', '已发布'), ('WITHDRAWN', '已撤回')], default='DRAFT', max_length=12, verbose_name='状态')),
                ('slug', models.CharField(max_length=32, verbose_name='登记簿')),
                ('element_uid', models.UUIDField(default=uuid.uuid4, verbose_name='要素标识')),
                ('base_id', models.BigIntegerField(blank=True, null=True, verbose_name='所据版本')),
                ('region_code', models.CharField(max_length=12, verbose_name='区划代码')),
                ('title', models.CharField(max_length=200, verbose_name='要素')),
                ('values', models.JSONField(default=dict, verbose_name='变更内容')),
                ('together', models.JSONField(default=list, verbose_name='一并终止')),
                ('valid_from', models.DateField(verbose_name='自何日起')),
                ('reason', models.TextField(verbose_name='变更理由')),
                ('approve_doc', models.CharField(blank=True, max_length=120, verbose_name='批准文号')),
                ('returned_reason', models.TextField(blank=True, verbose_name='退回理由')),
                ('drafted_at', models.DateTimeField(verbose_name='起草时间')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='发布时间')),
                ('changed_at', models.DateTimeField(verbose_name='最近变动')),
                ('idempotency_key', models.CharField(max_length=64, unique=True, verbose_name='幂等键')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起草人')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发布人')),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人')),
            ],
            options={
                'verbose_name': '要素变更单',
                'verbose_name_plural': '要素变更单',
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=32, verbose_name='登记簿')),
                ('element_uid', models.UUIDField(db_index=True, verbose_name='要素标识')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('name', models.CharField(max_length=140, verbose_name='文件名')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('sm3', models.CharField(max_length=64, verbose_name='SM3')),
                ('size', models.BigIntegerField(verbose_name='大小（字节）')),
                ('mime', models.CharField(max_length=100, verbose_name='类型')),
                ('uploaded_at', models.DateTimeField(verbose_name='上传时间')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
                ('proposal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='elements.proposal', verbose_name='变更单')),
            ],
            options={
                'verbose_name': '附件',
                'verbose_name_plural': '附件',
            },
        ),
        migrations.CreateModel(
            name='ProposalStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('DRAFTED', '起草'), ('REVISED', '修改草稿'), ('SUBMITTED', '提交审核'), ('RETURNED', '退回'), ('APPROVED', '审核通过'), ('CARRIED', '移到最新版本'), ('PUBLISHED', '发布'), ('WITHDRAWN', '撤回')], max_length=12, verbose_name='经过')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('note', models.TextField(blank=True, verbose_name='说明')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='elements.proposal', verbose_name='变更单')),
            ],
            options={
                'verbose_name': '变更单经过',
                'verbose_name_plural': '变更单经过',
            },
        ),
        migrations.CreateModel(
            name='SubjectMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept_uid', models.UUIDField(db_index=True, verbose_name='保留的对象')),
                ('gone_uid', models.UUIDField(db_index=True, verbose_name='并入的对象')),
                ('region_code', models.CharField(max_length=12, verbose_name='区划代码')),
                ('survived', models.JSONField(default=dict, verbose_name='取值')),
                ('closed', models.JSONField(default=list, verbose_name='关闭的版本')),
                ('made', models.JSONField(default=list, verbose_name='写入的版本')),
                ('reason', models.TextField(verbose_name='合并理由')),
                ('merged_at', models.DateTimeField(verbose_name='合并时间')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='撤销时间')),
                ('undo_reason', models.TextField(blank=True, verbose_name='撤销理由')),
                ('undo_note', models.TextField(blank=True, verbose_name='撤销时的情况')),
                ('merged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='合并人')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤销人')),
            ],
            options={
                'verbose_name': '对象合并',
                'verbose_name_plural': '对象合并',
            },
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['state', '-id'], name='proposal_state_recent'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['element_uid', 'state'], name='proposal_element'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(fields=('element_uid', 'proposal', 'sha256'), name='attachment_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='subjectmerge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('gone_uid',), name='merged_once'),
        ),
        migrations.AddConstraint(
            model_name='subjectmerge',
            constraint=models.CheckConstraint(condition=models.Q(('kept_uid', models.F('gone_uid')), _negated=True), name='never_merged_into_itself'),
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION elements_refuse_any_change();"),
        *(
            migrations.RunSQL(
                TRIGGER.format(table=table),
                f"DROP TRIGGER {table}_append_only ON elements_{table};",
            )
            for table in TABLES
        ),
    ]
