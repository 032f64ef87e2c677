"""Importing: all of a source or nothing of it, once however often, with its days settled."""

import hashlib
import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from zhiheng.laws import api as laws
from zhiheng.laws import hooks
from zhiheng.laws.models import Law, LawImport, LawNode, LawVersion
from zhiheng.laws.tests.invented import AT, law, store

pytestmark = pytest.mark.django_db


def snapshot():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Law, LawVersion, LawNode, LawImport)
    ]


def test_texts_become_laws_versions_and_nodes():
    outcome = store()
    assert (outcome.counts["texts_new"], outcome.counts["articles_new"]) == (3, 11)
    assert LawNode.objects.count() == outcome.counts["nodes_new"]
    lantern = laws.find_law("《灯笼管理条例》")
    new, old = laws.versions_of(lantern)
    assert (old.valid_from, old.valid_until, new.valid_from) == (
        date(2020, 3, 1), date(2025, 6, 1), date(2025, 6, 1),
    )  # fmt: skip
    assert old.ended_by == new


def test_importing_twice_changes_nothing():
    store()
    before = snapshot()
    outcome = store(at=AT.replace(year=2027))
    assert outcome.counts["texts_new"] == outcome.counts["days_settled"] == 0
    assert snapshot() == before


def test_a_repealed_law_ends_on_the_day_its_repeal_takes_effect_with_all_its_places():
    store()
    (version,) = laws.versions_of(laws.find_law("走马灯管理办法"))
    assert version.valid_until == date(2025, 6, 1)
    assert "灯笼管理条例" in version.ended_basis
    assert set(version.nodes.values_list("valid_until", flat=True)) == {date(2025, 6, 1)}


def test_an_import_that_dies_leaves_nothing_half():
    def die(*, version, at):
        raise RuntimeError("power cut")

    hooks.on_version(die)
    try:
        with pytest.raises(RuntimeError):
            store()
    finally:
        hooks.forget(die)
    assert snapshot() == [[], [], [], []]


def test_whoever_asked_hears_of_new_texts_and_of_texts_that_end():
    heard = []

    def listen(*, version, at):
        heard.append((version.law.short, version.label))

    hooks.on_version(listen)
    try:
        store(law("走马灯管理办法", [("第一条", "转。"), ("第二条", "本办法自2010年1月1日起施行。")],
                  published_on=date(2009, 12, 1)))  # fmt: skip
        first, heard[:] = list(heard), []
        store()
    finally:
        hooks.forget(listen)
    assert first == [("走马灯管理办法", "2009年12月1日公布")]
    assert ("走马灯管理办法", "2009年12月1日公布") in heard
    assert len(heard) >= 3


def amended():
    return (
        law("灯笼法", [
            ("第一条", "灯笼应当牢固。"),
            ("第二条", "违反规定的，处一百元以下的罚款。\n灯笼应当每年查验一次。"),
            ("第三条", "本法自2015年10月1日起施行。"),
        ], level="法律", published_on=date(2025, 9, 12), effective_on=date(2015, 10, 1)),
        law("灯委会关于修改《灯笼法》的决定", [
            ("条目一", '第二条增加一款，作为第二款："灯笼应当每年查验一次。"\n本决定自2025年12月1日起施行。'),
        ], level="法律", doc_type="修改决定", published_on=date(2025, 9, 12)),
    )  # fmt: skip


def test_only_what_an_amendment_changed_starts_with_it():
    store(*amended())
    (version,) = laws.versions_of(laws.find_law("灯笼法"))
    assert version.valid_from == date(2025, 12, 1)
    days = dict(version.nodes.values_list("path", "valid_from"))
    changed = {path for path, day in days.items() if day == date(2025, 12, 1)}
    assert changed == {"2", "2/2"}
    assert days["1"] is None


def test_the_decision_may_come_in_a_later_import():
    text, decision = amended()
    store(text)
    (version,) = laws.versions_of(laws.find_law("灯笼法"))
    assert version.valid_from is None
    store(decision)
    version.refresh_from_db()
    assert version.valid_from == date(2025, 12, 1)
    assert version.nodes.get(path="2/2").valid_from == date(2025, 12, 1)


def test_a_local_rule_keeps_its_province():
    store(law("浙江省灯笼条例", [("第一条", "挂。")], level="地方性法规", region="浙江"))
    assert Law.objects.get().region_code == "330000"


@pytest.fixture
def file(tmp_path):
    rows = [
        {"law_id": "1", "law": "灯笼法", "level": "法律", "article_cn": "第一条", "text": "挂灯笼。",
         "version_date": "2020-01-05", "status": "现行有效"},
        {"law_id": "1", "law": "灯笼法", "level": "法律", "article_cn": "第三条",
         "text": "本法自2020年3月1日起施行。", "version_date": "2020-01-05", "status": "现行有效"},
    ]  # fmt: skip
    path = tmp_path / "laws.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def run(*words):
    out = StringIO()
    call_command("laws", *map(str, words), stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_command_imports_reports_lists_and_shows(file):
    assert "新收 1 个、2 条" in run("import", "--jsonl", file)
    assert "没有变化" in run("import", "--jsonl", file)
    assert "来源里没有第二条" in run("report", "灯笼法")
    assert "灯笼法" in run("list", "灯笼")
    shown = run("show", "灯笼法", "第一条", "--on", "2021-01-01")
    assert "挂灯笼。" in shown
    assert "2020-03-01 起" in shown
    source = LawImport.objects.get()
    assert source.source_digest == hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("words", "says"),
    [(("show", "风筝法", "1"), "法条库里没有《风筝法》"), (("show", "灯笼法", "9"), "里没有第九条"),
     (("show", "灯笼法", "abc"), "看不懂"), (("show", "灯笼法", "1", "--on", "2001-01-01"), "没有有效的文本"),
     (("import",), "请写明导入什么"), (("import", "--jsonl", "/none"), "没有这个文件")],
)  # fmt: skip
def test_the_command_says_what_is_wrong(file, words, says):
    run("import", "--jsonl", file)
    with pytest.raises(CommandError, match=says):
        run(*words)


def test_the_command_shows_what_changed_between_two_days():
    store()
    out = run("diff", "灯笼管理条例", "--from", "2021-01-01", "--to", "2026-01-01")
    assert "新增 第三条" in out
    assert "[-一千-]{+五百+}元以上" in out


def test_a_folder_is_imported_beside_what_is_there(tmp_path):
    store()
    (tmp_path / "灯笼管理条例.md").write_text(
        "灯笼管理条例\n（2026年1月9日修订　自2026年3月1日起施行）\n第一条 灯笼应当更稳。\n"
        "第二条 本条例自2026年3月1日起施行。\n",
        encoding="utf-8",
    )
    assert "新收 1 个、2 条" in run("import", "--folder", tmp_path)
    newest, before, _ = laws.versions_of(laws.find_law("灯笼管理条例"))
    assert (newest.valid_from, before.valid_until) == (date(2026, 3, 1), date(2026, 3, 1))


def test_a_later_day_mends_the_report_and_tells_nobody():
    coming = law(
        "灯笼法", [("第一条", "本法自2027年1月1日起施行。")], published_on=date(2026, 8, 28)
    )
    heard = []

    def listen(*, version, at):
        heard.append(version)

    store(coming)
    (version,) = laws.versions_of(laws.find_law("灯笼法"))
    assert [one["code"] for one in version.findings] == ["NOT_YET"]
    hooks.on_version(listen)
    try:
        store(coming, on=date(2027, 1, 1))
    finally:
        hooks.forget(listen)
    version.refresh_from_db()
    assert (version.findings, heard, LawImport.objects.count()) == ([], [], 1)
