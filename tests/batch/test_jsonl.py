"""JSON lines: the contract's keys, odd encodings, and lines that cost only themselves."""

from __future__ import annotations

import tracemalloc
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest

from scanner.batch.source import ReadOptions, open_source

if TYPE_CHECKING:
    from tests.batch.conftest import Read, Refused

LINES = '{"text": "限男性"}\n{"text": "会开车"}\n'


def test_jsonl_contract_keys(read: Read) -> None:
    record = {
        "id": "A1",
        "title": "司机",
        "text": "限男性",
        "fields": {"性别要求": "男", "性别备注": "", "标签": ["急招", "男"]},
        "employer": "甲",
        "publisher": "乙",
        "url": "https://example.test/1",
        "posted_on": "2022-05-01",
    }
    outcome = read("ads.jsonl", orjson.dumps(record))
    ad = outcome.ads[0]
    assert (ad.id, ad.title, ad.text, ad.employer) == ("A1", "司机", "限男性", "甲")
    assert (ad.publisher, ad.url, ad.posted_on) == ("乙", "https://example.test/1", date(2022, 5, 1))
    assert dict(ad.fields) == {"性别要求": "男", "标签": "急招、男"}
    assert (ad.source, ad.row) == ("ads.jsonl", 1)
    assert outcome.notes == ["ads.jsonl：编码 UTF-8"]


def test_jsonl_only_text_is_required(read: Read) -> None:
    outcome = read("ads.ndjson", LINES)
    assert [(ad.id, ad.text) for ad in outcome.ads] == [("1", "限男性"), ("2", "会开车")]


def test_jsonl_number_as_id(read: Read) -> None:
    assert [ad.id for ad in read("ads.jsonl", '{"id": 7, "text": "a"}\n{"id": null, "text": "a"}').ads] == [
        "7",
        "2",
    ]


@pytest.mark.parametrize(
    ("encoding", "noted"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"), ("utf-16", "UTF-16")],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_jsonl_encodings(read: Read, encoding: str, noted: str, end: str) -> None:
    outcome = read("ads.jsonl", LINES.replace("\n", end).encode(encoding))
    assert outcome.texts == ["限男性", "会开车"]
    assert [ad.row for ad in outcome.ads] == [1, 2]
    assert outcome.notes == [f"ads.jsonl：编码 {noted}"]


@pytest.mark.parametrize("content", [LINES, '{"text": "ascii only"}\n'])
def test_jsonl_utf16_without_mark_is_refused_and_its_advice_works(
    read: Read, refused: Refused, content: str
) -> None:
    data = content.encode("utf-16-le")
    assert "--encoding utf-16" in refused("ads.jsonl", data).message
    assert len(read("ads.jsonl", data, encoding="utf-16").ads) == content.count("\n")


def test_jsonl_given_encoding_is_not_second_guessed(read: Read) -> None:
    data = '{"text": "联通"}\n'.encode("gbk")  # these bytes are UTF-8 for other characters
    assert read("ads.jsonl", data, encoding="gbk").texts == ["联通"]
    assert read("ads.jsonl", '{"text": "限男性"}'.encode("big5"), encoding="big5").texts == ["限男性"]


def test_jsonl_gb18030_seen_late_in_the_file(read: Read) -> None:
    data = b'{"text": "ascii"}\n' * 3 + LINES.encode("gb18030")
    outcome = read("ads.jsonl", data)
    assert outcome.texts == ["ascii"] * 3 + ["限男性", "会开车"]
    assert outcome.notes == ["ads.jsonl：编码 GB18030"]


def test_jsonl_mark_within_the_file_is_no_fault(read: Read) -> None:
    assert (
        read("ads.jsonl", LINES.encode() + "\ufeff".encode() + LINES.encode()).texts
        == ["限男性", "会开车"] * 2
    )


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_jsonl_broken_byte_costs_its_line(read: Read, encoding: str) -> None:
    good = LINES.encode(encoding)
    outcome = read("ads.jsonl", good + b'{"text": "\xff\xff"}\n' + good)
    assert outcome.errors == [("E109", 3)]
    assert outcome.texts == ["限男性", "会开车"] * 2


BROKEN = [
    ('{"text": "限男性"', "E103"),
    ("{text: 限男性}", "E103"),
    ("限男性", "E103"),
    ("[" * 100_000, "E103"),
    ('{"text": "a", "年龄": ' + "9" * 5_000 + "}", "E103"),
    ("[]", "E111"),
    ('"text"', "E111"),
    ('{"text": 7}', "E111"),
    ('{"text": "a", "fields": []}', "E111"),
    ("{}", "E104"),
]


@pytest.mark.parametrize(("line", "code"), BROKEN)
def test_jsonl_broken_line_costs_itself(read: Read, line: str, code: str) -> None:
    outcome = read("ads.jsonl", f'{{"text": "限男性"}}\n{line}\n{{"text": "会开车"}}')
    assert outcome.errors == [(code, 2)]
    assert outcome.texts == ["限男性", "会开车"]
    assert "限男性" not in outcome.messages


def test_jsonl_blank_lines_are_passed_over_but_counted(read: Read) -> None:
    assert [ad.row for ad in read("ads.jsonl", '\n \r\n{"text": "a"}\n\n\x1a').ads] == [3]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ('{"text": "\\ud83d限男性"}', "\ud83d限男性"),
        ('{"text": "限\\u0000男性"}', "限\x00男性"),
        ('{"text": "限\x00男性"}', "限\x00男性"),
        ('{"text": "限\t男性", "title": NaN}', "限\t男性"),
        ('{"text": "限男性", "posted_on": ' + "9" * 400 + "}", "限男性"),
    ],
)
def test_jsonl_what_the_fast_parser_refuses_is_read_too(read: Read, line: str, text: str) -> None:
    outcome = read("ads.jsonl", f'{line}\n{{"text": "好"}}\n')
    assert outcome.texts == [text, "好"]


def test_jsonl_oversize_ad_costs_itself(read: Read) -> None:
    outcome = read("ads.jsonl", f'{{"text": "{"长" * 101}"}}\n{{"text": "好"}}', max_chars=100)
    assert outcome.errors == [("E105", 1)]
    assert "101" in outcome.messages
    assert outcome.texts == ["好"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_jsonl_hundred_megabyte_line_in_bounded_memory(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "ads.jsonl"
    piece = ("x" * (1 << 20)).encode("utf-16-le" if encoding == "utf-16" else encoding)
    with path.open("wb") as file:
        file.write('{"text": "'.encode(encoding))
        for _ in range((100 << 20) // len(piece)):
            file.write(piece)
        file.write(('"}\n' + LINES).encode("utf-16-le" if encoding == "utf-16" else encoding))
    tracemalloc.start()
    items = list(open_source(path, ReadOptions()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(getattr(item, "code", None), item.row) for item in items] == [("E105", 1), (None, 2), (None, 3)]
    assert peak < 30 << 20


def test_jsonl_different_keys_line_by_line(read: Read) -> None:
    lines = [{f"key{n}": n, "岗位要求": "限男性"} for n in range(600)]
    outcome = read("ads.jsonl", b"\n".join(map(orjson.dumps, lines)))
    assert outcome.texts == ["限男性"] * 600
    assert len(outcome.notes) == 2


def test_jsonl_mapping_that_nothing_has_is_noted(read: Read) -> None:
    outcome = read("ads.jsonl", LINES, mapping={"employer": "雇主单位"})
    assert outcome.texts == ["限男性", "会开车"]
    assert any("雇主单位" in note for note in outcome.notes)
