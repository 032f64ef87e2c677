"""What is personal is sealed wherever it is kept, and the record of acts holds no free text."""

from datetime import date

from tests.snapshots import Snapshot

CITIZEN_ID, PHONE, INFORMANT = "110105194912310024", "13800000000", "13900000000"
TOLD = "大约两个月"


def test_identity_and_telephone_stand_nowhere_in_the_database(walk_from):
    walk_from(stage="notified")
    tables = Snapshot().take().tables
    for secret in (CITIZEN_ID, PHONE, INFORMANT, "热心群众"):
        found = [m._meta.db_table for m, rows in tables.items() if secret.encode() in rows]
        assert not found, f"{secret} 明文存在 {found}"


def test_what_somebody_said_is_on_paper_and_not_in_the_record_of_acts(walk_from):
    walk = walk_from(stage="collected")
    rows = {m._meta.db_table: rows for m, rows in Snapshot().take().tables.items()}
    assert TOLD.encode() in rows["documents_document"], "笔录里有"
    assert TOLD.encode() not in rows["ledger_act"], "行为记录里没有"
    walk.look(tab="acts").is_silent_on(TOLD)


def test_the_clerk_sees_who_reported_and_the_officer_does_not(walk_from):
    walk = walk_from(date(2026, 3, 2)).opened()
    walk.sees("fengjiexian", walk.clue_url()).says("热心群众", INFORMANT)
    walk.sees("lizhifa", walk.clue_url()).is_silent_on("热心群众", INFORMANT)
    walk.look().is_silent_on("热心群众", INFORMANT)
