"""Sources are read as they are; what is wrong with them is said, not mended by guessing."""

import gzip
import json
import sqlite3
import zipfile
from datetime import date

import pytest

from zhiheng.laws.reading import wheel
from zhiheng.laws.reading.folder import read_folder
from zhiheng.laws.reading.jsonl import read_jsonl
from zhiheng.laws.reading.raw import UnreadableSource
from zhiheng.laws.reading.tree import grow
from zhiheng.laws.tests.invented import law

ROW = {
    "law_id": "1",
    "law": "灯笼法",
    "article_cn": "第一条",
    "text": "挂灯笼。",
    "version_date": "2020-01-05",
}


def codes(tree):
    return [one["code"] for one in tree.findings]


def paths(tree):
    return [one.path for one in tree.nodes]


def test_articles_paragraphs_and_items_become_a_tree():
    text = "灯笼应当：\n（一）牢固；\n（二）明亮。\n前款不适用于走马灯。"
    tree = grow(
        law("灯笼法", [("第一条", text, "第一章 总则"), ("第一条之一", "灯。", "第一章 总则")])
    )
    assert paths(tree) == ["章1", "1", "1/1", "1/1/1", "1/1/2", "1/2", "1-1", "1-1/1"]
    assert tree.nodes[0].label == "第一章　总则"
    assert tree.findings == []


def test_a_missing_article_and_the_half_sentence_it_left_are_reported_and_not_split():
    glued = "挂灯要稳。\n管部门责令改正。"
    other = "由灯笼主管部门责令改正。"
    rows = [
        ("第一条", glued),
        ("第三条", other),
        ("第四条", other + "灯。"),
        ("第五条", other + "火。"),
    ]
    tree = grow(law("灯笼法", rows))
    assert codes(tree) == ["GAP", "GLUED"]
    assert tree.findings[0]["where"] == "第二条"
    assert tree.findings[1]["where"] == "第一条"
    assert "1/2" in paths(tree)


def test_a_heading_inside_an_article_is_taken_out_and_opens_a_part():
    rows = [("第一条", "灯。\n第二编 风 筝"), ("第二条", "筝。", "第一章 线")]
    tree = grow(law("灯笼法", rows))
    assert paths(tree) == ["1", "1/1", "编2", "编2/章1", "2", "2/1"]
    assert codes(tree) == ["HEADING_INSIDE", "PART_MISSING"]


def test_broken_lines_are_joined_and_stray_spaces_taken_out():
    broken = "灯笼的主人应当每天晚上看一看灯笼有没有牢固地挂在\n绳子上。"
    tree = grow(law("灯笼法", [("第一条", broken), ("第二条", "灯 笼 重 2 kg。")]))
    assert [one.text for one in tree.nodes if one.text] == [
        broken.replace("\n", ""),
        "灯笼重2 kg。",
    ]
    assert codes(tree) == ["BROKEN_LINE", "STRAY_SPACE"]


def test_a_repeated_article_is_taken_once_and_a_contradicting_one_twice():
    same = grow(law("灯笼法", [("第一条", "灯。"), ("第一条", "灯。")]))
    other = grow(law("灯笼法", [("第一条", "灯。"), ("第一条", "筝。")]))
    assert (codes(same), same.article_count) == (["DUPLICATE"], 1)
    assert (codes(other), other.article_count) == (["DUPLICATE"], 2)


def test_a_text_has_the_same_digest_whatever_its_layout():
    one = grow(law("灯笼法", [("第一条", "灯 笼。")]))
    two = grow(law("灯笼法", [("第一条", "灯笼。")]))
    assert one.digest == two.digest
    assert one.digest != grow(law("灯笼法", [("第一条", "风筝。")])).digest


def test_jsonl_is_read_packed_or_not(tmp_path):
    lines = "\n".join(json.dumps({**ROW, "article_sub": sub}) for sub in (None, "之一"))
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", encoding="utf-8") as packed:
        packed.write(lines)
    for name in ("a.jsonl", "a.jsonl.gz"):
        (found,) = read_jsonl(tmp_path / name).laws
        assert [one.label for one in found.articles] == ["第一条", "第一条之一"]
        assert found.published_on == date(2020, 1, 5)


@pytest.mark.parametrize("content", [b"{", b'{"law": "x"}', b"[]", b"\xff\xfe\xfd"])
def test_a_broken_file_ends_in_a_sentence(tmp_path, content):
    (tmp_path / "a.jsonl").write_bytes(content)
    with pytest.raises(UnreadableSource, match=r"a\.jsonl"):
        read_jsonl(tmp_path / "a.jsonl")


def test_a_cut_off_archive_ends_in_a_sentence(tmp_path):
    packed = gzip.compress((json.dumps(ROW) + "\n").encode() * 200)
    (tmp_path / "a.jsonl.gz").write_bytes(packed[:-9])
    with pytest.raises(UnreadableSource, match="读不下去"):
        read_jsonl(tmp_path / "a.jsonl.gz")


def test_without_the_package_one_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(wheel, "PACKAGE", "no-such-package-here")
    with pytest.raises(UnreadableSource, match="pip install no-such-package-here"):
        wheel.read_wheel()


def test_the_sqlite_file_is_read_without_being_written(tmp_path):
    path = tmp_path / "laws.db"
    with sqlite3.connect(path) as made:
        made.execute(
            "CREATE TABLE laws (law_id, law_name, doc_type, level, issuing_body, publish_date,"
            " effective_date, version_date, status)"
        )
        made.execute(
            "CREATE TABLE articles (id, law_id, chapter, section, article_no, article_text)"
        )
        made.execute(
            "INSERT INTO laws VALUES ('1','灯笼法','法律','法律','灯委会','2020-01-05',"
            "'2020-03-01','2020-01-05','现行有效')"
        )
        made.execute("INSERT INTO articles VALUES (1,'1','第一章 灯',NULL,'第一条','挂灯笼。')")
    before = path.read_bytes()
    (found,) = wheel.read_sqlite(path, name="x").laws
    assert (found.title, found.effective_on, found.articles[0].chapter) == (
        "灯笼法", date(2020, 3, 1), "第一章 灯",
    )  # fmt: skip
    assert path.read_bytes() == before


MARKDOWN = """# 灯笼法

（2020年1月5日灯委会通过　2025年3月2日修订　自2025年6月1日起施行）

## 目录
第一章 总则
第一编 灯
## 第一编 灯
### 第一章 总 则
**第一条** 为了灯笼的安全，制定本法。
第二条 灯笼应当：
（一）牢固；
（二）明亮。
#### 第二章 附则
第三条　依照本法第一条办理。
"""


def check_folder(found):
    assert (found.title, found.published_on, found.effective_on) == (
        "灯笼法", date(2025, 3, 2), date(2025, 6, 1),
    )  # fmt: skip
    tree = grow(found)
    assert [one for one in paths(tree) if "/" not in one] == ["编1", "1", "2", "3"]
    assert "编1/章1" in paths(tree)
    assert "2/1/2" in paths(tree)
    assert tree.findings == []


def test_a_folder_of_markdown_is_read(tmp_path):
    (tmp_path / "灯笼法.md").write_text(MARKDOWN, encoding="utf-8")
    (found,) = read_folder(tmp_path).laws
    check_folder(found)


def test_a_folder_of_docx_is_read(tmp_path):
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in MARKDOWN.split("\n"))
    with zipfile.ZipFile(tmp_path / "灯笼法.docx", "w") as made:
        made.writestr(
            "word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>"
        )
    (found,) = read_folder(tmp_path).laws
    check_folder(found)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", b"no zip"),
        ("a.md", b"\xff\xfe"),
        ("a.md", b""),
        ("a.md", "灯笼法\n没有条".encode()),
    ],
)
def test_what_is_no_law_ends_in_a_sentence(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableSource, match=r"a\."):
        read_folder(tmp_path)


def test_a_document_with_entities_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as made:
        made.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(UnreadableSource, match="外部定义"):
        read_folder(tmp_path)
