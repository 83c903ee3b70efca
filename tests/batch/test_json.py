"""json: the list is found wherever boards put it; a bad object costs itself."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.batch.conftest import Read, Refused

ADS = [{"text": "限男性", "title": "司机"}, {"text": "会开车"}]


@pytest.mark.parametrize(
    "content",
    [
        ADS,
        {"data": ADS},
        {"code": 0, "data": {"total": 2, "list": ADS}},
        {"result": "ok", "anything": ADS},
        {"data": None, "jobs": ADS, "pages": [1, 2]},
        {"title": "导出", "data": {"rows": ADS}},
    ],
)
def test_json_finds_the_list(read: Read, content: object) -> None:
    outcome = read("ads.json", json.dumps(content, ensure_ascii=False))
    assert outcome.texts == ["限男性", "会开车"]
    assert [(ad.id, ad.row, ad.source) for ad in outcome.ads] == [("1", 1, "ads.json"), ("2", 2, "ads.json")]
    assert "ads.json：编码 UTF-8" in outcome.notes


def test_json_lone_ad(read: Read) -> None:
    assert read("ads.json", '{"text": "限男性", "tags": ["急招"]}').texts == ["限男性"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_json_encodings(read: Read, encoding: str) -> None:
    assert read("ads.json", json.dumps(ADS, ensure_ascii=False).encode(encoding)).texts == [
        "限男性",
        "会开车",
    ]


def test_json_board_keys_are_mapped(read: Read) -> None:
    record = {
        "职位名称": "司机",
        "岗位要求": "有证",
        "公司名称": "甲",
        "性别要求": "男",
        "标签": ["限男", "急招", None],
        "福利": None,
        "年龄": 35,
        "发布日期": 1714521600000,
        "职位编号": 77,
        "内部码": "x",
    }
    outcome = read("ads.json", json.dumps([record]))
    ad = outcome.ads[0]
    assert (ad.title, ad.text, ad.employer, ad.id, ad.posted_on) == (
        "司机",
        "有证",
        "甲",
        "77",
        date(2024, 5, 1),
    )
    assert dict(ad.fields) == {"性别要求": "男", "标签": "限男、急招", "年龄": "35"}
    assert any("未使用：内部码" in note for note in outcome.notes)


def test_json_mapping(read: Read) -> None:
    outcome = read(
        "ads.json", '[{"jd1": "限男性"}, {"jd1": "会开车"}]', mapping={"text": "jd1", "url": "web"}
    )
    assert outcome.texts == ["限男性", "会开车"]
    assert any("--map" in note and "web" in note for note in outcome.notes)


WRONG = [
    ('"text"', "E111"),
    ("7", "E111"),
    ("null", "E111"),
    ("[]", "E111"),
    ('{"text": 7}', "E111"),
    ('{"text": {"a": 1}}', "E111"),
    ('{"text": ["限男性"]}', "E111"),
    ('{"text": "a", "title": {"a": 1}}', "E111"),
    ('{"text": "a", "fields": "男"}', "E111"),
    ('{"text": "a", "fields": {"性别": {"a": 1}}}', "E111"),
    ("{}", "E104"),
    ('{"text": ""}', "E104"),
    ('{"text": null}', "E104"),
    ('{"employer": "甲"}', "E104"),
]


@pytest.mark.parametrize(("record", "code"), WRONG)
def test_json_wrong_object_costs_itself(read: Read, record: str, code: str) -> None:
    outcome = read("ads.json", f'[{{"text": "限男性"}}, {record}, {{"text": "会开车"}}]')
    assert outcome.errors == [(code, 2)]
    assert [(ad.text, ad.row) for ad in outcome.ads] == [("限男性", 1), ("会开车", 3)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"text": "限男性"', "第 1 行"),
        ('[{"text":\n "a"},]', "第 2 行"),
        ("[" * 100_000, "嵌套过深"),
        ("[" + "9" * 5_000 + "]", "数字过长"),
        ("7", "没有广告列表"),
        ('{"a": [{"text": "x"}], "b": [{"text": "y"}]}', "没有广告列表"),
        ("not json", "第 1 行"),
    ],
)
def test_json_broken_file_is_e113(refused: Refused, content: str, says: str) -> None:
    error = refused("ads.json", content)
    assert error.code == "E113"
    assert says in error.message


def test_json_broken_bytes_are_e101(refused: Refused) -> None:
    assert refused("ads.json", b'[{"text": "\xff\xff"}]').code == "E101"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"\\ud83d限男性"', "\ud83d限男性"),
        ('"限\\u0000男性"', "限\x00男性"),
        ('"限\x00\t男性"', "限\x00\t男性"),
        ('"\\ud83d\\udeb9"', "🚹"),
    ],
)
def test_json_odd_characters_are_kept(read: Read, written: str, text: str) -> None:
    assert read("ads.json", f'[{{"text": {written}}}]').texts == [text]


def test_json_nan_is_empty(read: Read) -> None:
    outcome = read(
        "ads.json", '[{"text": "限男性", "title": NaN, "posted_on": NaN, "薪资": Infinity, "年龄": NaN}]'
    )
    ad = outcome.ads[0]
    assert (ad.title, ad.posted_on, dict(ad.fields)) == ("", None, {"薪资": "inf"})


def test_json_oversize_ad_costs_itself(read: Read) -> None:
    outcome = read("ads.json", json.dumps([{"text": "长" * 101}, {"text": "好"}]), max_chars=100)
    assert outcome.errors == [("E105", 1)]
    assert outcome.texts == ["好"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ads.json", '[{"text": "a", "标签": DEEP}, {"text": "好"}]'),
        ("ads.jsonl", '{"text": "a", "标签": DEEP}\n{"text": "好"}'),
    ],
)
def test_json_nested_lists_too_deep_cost_their_object(read: Read, name: str, content: str) -> None:
    outcome = read(name, content.replace("DEEP", "[" * 800 + "]" * 800))
    assert outcome.errors == [("E111", 1)]
    assert outcome.texts == ["好"]
