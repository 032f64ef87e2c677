import pytest

from zhiheng.rulebook.source import parse_yaml


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "键 a 写了两次，第一次在第 1 行。"),
        ("a: yes\n", 1, "yes 有歧义：有的程序读成是/否，有的读成文字。"),
        ("a: 1\nb: [on]\n", 2, "on 有歧义"),
        ("a: No\n", 1, "No 有歧义"),
        ("a: TRUE\n", 1, "TRUE 有歧义"),
        ("a: Null\n", 1, "Null 有歧义"),
        ("a: ~\n", 1, "~ 有歧义"),
        ("a: 017\n", 1, "017 会被不同程序读成不同的数。"),
        ("a: 0x1F\n", 1, "0x1F 会被不同程序读成不同的数。"),
        ("a: 12:30\n", 1, "12:30 会被不同程序读成不同的数。"),
        ("a: 1_000\n", 1, "1_000 会被不同程序读成不同的数。"),
        ("a: 1e3\n", 1, "1e3 会被不同程序读成不同的数。"),
        ("a: &x 1\nb: *x\n", 2, "这里用了别名（*）。"),
        ("a: !!python/name:os.system ''\n", 1, "这里用了标签"),
        ("a: !secret 1\n", 1, "这里用了标签 !secret。"),
        ("<<: {a: 1}\n", 1, "键必须是一个词，不能合并或嵌套。"),
        ("? [a, b]\n: 1\n", 1, "键必须是一个词"),
        ("a: [1\nb: 2\n", 2, "YAML 写法不通"),
        ("", 1, "文件是空的。"),
        ("a: b: c\n", 1, "YAML 写法不通"),
    ],
)
def test_what_programs_read_differently_is_refused(text, line, said):
    _, problems = parse_yaml(text=text, name="x.yaml")
    assert [p.line for p in problems] == [line]
    assert problems[0].what.startswith(said)
    assert problems[0].next_step


def test_plain_values_are_read_as_written():
    value, problems = parse_yaml(
        text='on: 2026-03-02\nno: "no"\na: [true, false, null, 0, -3, 1.5, 第四十二条, "042"]\n',
        name="x.yaml",
    )
    assert problems == []
    assert value == {
        "on": "2026-03-02",
        "no": "no",
        "a": [True, False, None, 0, -3, 1.5, "第四十二条", "042"],
    }


def test_every_value_knows_its_line():
    value, _ = parse_yaml(text="a: 1\nb:\n  c: 2\n  d:\n    - 3\n    - 4\n", name="x.yaml")
    assert (value.at("b"), value["b"].at("d"), value["b"]["d"].at(1)) == (2, 4, 6)


def test_a_file_in_another_encoding_is_named(tmp_path):
    from zhiheng.rulebook.source import read_yaml

    path = tmp_path / "gbk.yaml"
    path.write_bytes("标题: 处罚".encode("gbk"))
    _, problems = read_yaml(path=path, name="gbk.yaml")
    assert "请用 UTF-8 编码保存" in problems[0].next_step
