"""One round trip records an act: dossier lock, number, time, seal, log queue and jobs.

The function is the only writer of acts. Its steps, inside the caller's transaction:

1. the dossier's row is locked: two people on one dossier come one after the other;
2. an act with the same idempotency key is returned as it is, `replayed`;
3. the act takes the next number and the database's clock, and is sealed (see canonical.py);
4. it joins the queue of the log, and the subscribers' jobs are put beside it.

Subscribers' jobs are put in the queue without NOTIFY: PostgreSQL lets transactions that notify
commit one after another, each waiting for its own flush (measured: a quarter of the acts a
second on a slow disk). The worker looks into the queue every few seconds anyway. The trigger of
Procrastinate is made anew with one condition more; were it lost, jobs would only notify again.

SQLSTATE ZH001: no such dossier. ZH002: the dossier has moved on since `p_expected_seq`.
ZH003: the key was used for something else.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION ledger_record_act(
    p_dossier bigint, p_kind text, p_title text, p_to_state text,
    p_actor_id bigint, p_actor_name text, p_actor_role text, p_acting_for text,
    p_agency text, p_region text, p_place text, p_lon double precision, p_lat double precision,
    p_device_at timestamptz, p_occurred_at timestamptz, p_rule_id text, p_rule_version text,
    p_facts jsonb, p_payload jsonb, p_evidence jsonb, p_key text, p_content text,
    p_jobs jsonb, p_expected_seq integer,
    OUT act_id bigint, OUT act_seq integer, OUT act_recorded_at timestamptz,
    OUT act_digest bytea, OUT act_replayed boolean
) LANGUAGE plpgsql AS $$
DECLARE
    v_number text;
    v_earlier ledger_act;
BEGIN
    SELECT d.last_seq + 1, d.number INTO act_seq, v_number
      FROM ledger_dossier d WHERE d.id = p_dossier FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no dossier %', p_dossier USING ERRCODE = 'ZH001';
    END IF;
    IF p_key IS NOT NULL THEN
        SELECT * INTO v_earlier FROM ledger_act a WHERE a.idempotency_key = p_key;
        IF FOUND THEN
            IF v_earlier.dossier_id <> p_dossier OR v_earlier.kind <> p_kind THEN
                RAISE EXCEPTION 'key % used before', p_key USING ERRCODE = 'ZH003';
            END IF;
            act_id := v_earlier.id;
            act_seq := v_earlier.seq;
            act_recorded_at := v_earlier.recorded_at;
            act_digest := v_earlier.digest;
            act_replayed := true;
            RETURN;
        END IF;
    END IF;
    IF p_expected_seq <> act_seq - 1 THEN
        RAISE EXCEPTION 'dossier % is at %', p_dossier, act_seq - 1 USING ERRCODE = 'ZH002';
    END IF;
    act_replayed := false;
    act_recorded_at := clock_timestamp();
    act_digest := sha256(convert_to(
        'zhiheng-act-v1' || chr(10) || v_number || chr(10) || act_seq || chr(10)
        || to_char(act_recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || chr(10) || p_content || chr(10), 'UTF8'));
    INSERT INTO ledger_act (dossier_id, seq, kind, title, to_state, actor_id, actor_name,
        actor_role, acting_for, agency_code, region_code, place, lon, lat, device_at,
        occurred_at, recorded_at, rule_id, rule_version, facts, payload, evidence_digests,
        idempotency_key, digest)
    VALUES (p_dossier, act_seq, p_kind, p_title, p_to_state, p_actor_id, p_actor_name,
        p_actor_role, p_acting_for, p_agency, p_region, p_place, p_lon, p_lat, p_device_at,
        p_occurred_at, act_recorded_at, p_rule_id, p_rule_version, p_facts, p_payload,
        p_evidence, p_key, act_digest)
    RETURNING id INTO act_id;
    UPDATE ledger_dossier d SET last_seq = act_seq, state = COALESCE(NULLIF(p_to_state, ''), state)
     WHERE d.id = p_dossier;
    INSERT INTO ledger_logqueue (act_id) VALUES (ledger_record_act.act_id);
    IF p_jobs IS NOT NULL THEN
        PERFORM set_config('zhiheng.quiet_jobs', 'on', true);
        PERFORM procrastinate_defer_jobs_v1(array_agg(ROW(
            j.queue, j.task, j.priority, NULL, NULL,
            jsonb_build_object('act_id', ledger_record_act.act_id), NULL
        )::procrastinate_job_to_defer_v1))
        FROM jsonb_to_recordset(p_jobs) AS j(queue text, task text, priority integer);
        PERFORM set_config('zhiheng.quiet_jobs', '', true);
    END IF;
END $$;
"""

NOTIFY = """
CREATE OR REPLACE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1
    AFTER INSERT ON procrastinate_jobs FOR EACH ROW
    WHEN (new.status = 'todo'::procrastinate_job_status{condition})
    EXECUTE FUNCTION procrastinate_notify_queue_job_inserted_v1();
"""
UNLESS_QUIET = " AND coalesce(current_setting('zhiheng.quiet_jobs', true), '') <> 'on'"


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_append_only"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION ledger_record_act;"),
        migrations.RunSQL(NOTIFY.format(condition=UNLESS_QUIET), NOTIFY.format(condition="")),
    ]
