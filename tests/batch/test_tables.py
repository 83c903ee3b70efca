"""csv and tsv: dialects, encodings, and rows that cost only themselves."""

from __future__ import annotations

import tracemalloc
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.batch.source import ReadOptions, open_source

if TYPE_CHECKING:
    from tests.batch.conftest import Read, Refused

HEAD = "职位名称,岗位要求,公司名称,性别要求,发布日期\n"
ROWS = '司机,"限男性,\n会开车",甲公司,男,2024-05-01\n文员,"说""你好"" 的人",乙公司,,2024年5月2日\n'


@pytest.mark.parametrize(
    ("encoding", "noted"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"), ("utf-16", "UTF-16")],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_tables_csv_in_every_encoding(read: Read, encoding: str, noted: str, end: str) -> None:
    outcome = read("ads.csv", (HEAD + ROWS).replace("\n", end).encode(encoding))
    assert [ad.title for ad in outcome.ads] == ["司机", "文员"]
    assert outcome.texts == [f"限男性,{end}会开车", '说"你好" 的人']
    assert [dict(ad.fields) for ad in outcome.ads] == [{"性别要求": "男"}, {}]
    assert [ad.posted_on for ad in outcome.ads] == [date(2024, 5, 1), date(2024, 5, 2)]
    assert [(ad.id, ad.row, ad.source) for ad in outcome.ads] == [("2", 2, "ads.csv"), ("3", 3, "ads.csv")]
    assert f"ads.csv：编码 {noted}" in outcome.notes
    assert any("正文←岗位要求" in note and "按字段扫描：性别要求" in note for note in outcome.notes)


@pytest.mark.parametrize("name", ["ads.tsv", "ads.csv", "ADS.TSV"])
def test_tables_tab_or_comma_is_seen_in_the_file(read: Read, name: str) -> None:
    outcome = read(name, "岗位要求\t公司\n限男性,会开车\t甲\n")
    assert [(ad.text, ad.employer) for ad in outcome.ads] == [("限男性,会开车", "甲")]


def test_tables_excel_unicode_text(read: Read) -> None:
    outcome = read("ads.csv", "岗位要求\t公司\r\n限男性\t甲\r\n".encode("utf-16"))
    assert outcome.texts == ["限男性"]


def test_tables_utf16_without_mark_is_refused_and_its_advice_works(read: Read, refused: Refused) -> None:
    data = (HEAD + ROWS).encode("utf-16-le")
    assert "--encoding utf-16" in refused("ads.csv", data).message
    assert len(read("ads.csv", data, encoding="utf-16").ads) == 2


def test_tables_encoding_given(read: Read, refused: Refused) -> None:
    assert read("ads.csv", "text,company\n限男性,甲\n".encode("big5"), encoding="big5").texts == ["限男性"]
    assert refused("ads.csv", (HEAD + ROWS).encode("gb18030"), encoding="utf-8").code == "E101"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_tables_broken_byte_costs_its_row(read: Read, encoding: str) -> None:
    rows = [f"第{n}号,限男性\n".encode(encoding) for n in "一二三四"]
    rows[1] = "第二号,限".encode(encoding) + b"\xff\xff\n"
    outcome = read("ads.csv", "职位名称,岗位要求\n".encode(encoding) + b"".join(rows))
    assert [ad.title for ad in outcome.ads] == ["第一号", "第三号", "第四号"]
    assert outcome.errors == [("E109", 3)]


def test_tables_ragged_rows(read: Read) -> None:
    outcome = read("ads.csv", "职位名称,岗位要求\n甲,限男性,多出一格\n乙\n丙,限女性,,\n,\n\n丁,会开车\n")
    assert outcome.errors == [("E111", 2)]
    assert "3 格" in outcome.messages
    assert [(ad.title, ad.text, ad.row) for ad in outcome.ads] == [
        ("乙", "", 3),
        ("丙", "限女性", 4),
        ("丁", "会开车", 7),
    ]


def test_tables_row_without_text_or_title_is_e104(read: Read) -> None:
    outcome = read("ads.csv", "岗位要求,公司名称\n  ,甲公司\n限男性,乙公司\n")
    assert outcome.errors == [("E104", 2)]
    assert outcome.texts == ["限男性"]


def test_tables_unclosed_quote_costs_its_line_only(read: Read) -> None:
    outcome = read("ads.csv", '职位名称,岗位要求\n甲,限男性\n乙,"没有关上\n丙,限女性\n丁,会开车\n')
    assert outcome.errors == [("E111", 3)]
    assert "引号没有闭合" in outcome.messages
    assert [(ad.title, ad.row) for ad in outcome.ads] == [("甲", 2), ("丙", 4), ("丁", 5)]


def test_tables_unclosed_quote_beyond_the_limit_costs_its_line_only(read: Read) -> None:
    rows = "".join(f"第{n}号,限男性{'长' * 90}\n" for n in range(900))
    outcome = read("ads.csv", f'职位名称,岗位要求\n乙,"没有关上\n{rows}', max_chars=1_000)
    assert outcome.errors == [("E111", 2)]
    assert len(outcome.ads) == 900


def test_tables_unclosed_quote_on_the_last_line(read: Read) -> None:
    outcome = read("ads.csv", '岗位要求,公司\n限男性,甲\n"会开车,乙')
    assert outcome.errors == [("E111", 3)]
    assert outcome.texts == ["限男性"]


def test_tables_quotes_within_a_cell_are_text(read: Read) -> None:
    outcome = read("ads.csv", '岗位要求,公司\n会装5"屏,甲\n"急招"司机,乙\n会装6"屏,丙\n')
    assert outcome.texts == ['会装5"屏', "急招司机", '会装6"屏']


def test_tables_oversize_row_costs_itself(read: Read) -> None:
    wide = "长" * 100_000
    rows = f'甲,{wide}\n乙,"{wide}\n{wide}"\n丙,限女性\n丁,{"中" * 1_500}\n戊,好\n'
    outcome = read("ads.csv", f"职位名称,岗位要求\n{rows}", max_chars=1_000)
    assert outcome.errors == [("E105", 2), ("E105", 3), ("E105", 5)]
    assert "1000" in outcome.messages
    assert [(ad.title, ad.row) for ad in outcome.ads] == [("丙", 4), ("戊", 6)]


def test_tables_hundred_megabyte_row_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "ads.csv"
    with path.open("wb") as file:
        file.write("岗位要求\n".encode())
        for _ in range(100):
            file.write(b"x" * (1 << 20))
        file.write("\n限男性\n".encode())
    tracemalloc.start()
    items = list(open_source(path, ReadOptions()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [getattr(item, "code", None) for item in items] == ["E105", None]
    assert peak < 20 << 20


@pytest.mark.parametrize("text", ["限\x00男性", "限\ud7ff男性", "🚹𠮷", "=1+1", "'限男性"])
def test_tables_odd_characters_are_kept(read: Read, text: str) -> None:
    assert read("ads.csv", f"岗位要求,公司\n{text},甲\n").texts == [text]


def test_tables_header_may_stand_below_a_banner(read: Read) -> None:
    outcome = read("ads.csv", "某地招聘信息汇总表,,\n\n岗位名称,岗位要求,单位\n司机,限男性,甲\n")
    assert [(ad.title, ad.text, ad.employer, ad.row) for ad in outcome.ads] == [("司机", "限男性", "甲", 4)]


def test_tables_unknown_columns_are_e106_with_their_names(refused: Refused) -> None:
    error = refused("ads.csv", "甲列,乙列\n限男性,会开车\n")
    assert error.code == "E106"
    assert "甲列、乙列" in error.message
    assert "--map text=" in error.message


def test_tables_mapping_makes_unknown_columns_readable(read: Read, refused: Refused) -> None:
    content = "甲列,乙列\n限男性,司机\n"
    outcome = read("ads.csv", content, mapping={"text": "甲列", "title": "乙列"})
    assert [(ad.text, ad.title) for ad in outcome.ads] == [("限男性", "司机")]
    for mapping in ({"text": "丙列"}, {"text": "甲列", "employer": "丙列"}):
        error = refused("ads.csv", content, mapping=mapping)
        assert error.code == "E114"
        assert "丙列" in error.message
        assert "甲列、乙列" in error.message


def test_tables_mapping_missed_names_the_columns_below_a_banner(refused: Refused) -> None:
    error = refused("ads.csv", "某市岗位表,\n岗位要求,公司\n限男性,甲\n", mapping={"text": "丙列"})
    assert error.code == "E114"
    assert "岗位要求、公司" in error.message


def test_tables_mapping_of_another_role_must_be_there_too(refused: Refused) -> None:
    error = refused("ads.csv", "岗位要求,公司\n限男性,甲\n", mapping={"url": "网页"})
    assert error.code == "E114"


@pytest.mark.parametrize("content", ["", "\n\n", " , \n"])
def test_tables_empty_file_is_e102(refused: Refused, content: str) -> None:
    assert refused("ads.csv", content).code == "E102"


def test_tables_header_alone_gives_nothing(read: Read) -> None:
    assert read("ads.csv", HEAD).items == []


def test_tables_own_id_column_is_kept(read: Read) -> None:
    outcome = read("ads.csv", "编号,岗位要求\nA-7,限男性\n,会开车\n")
    assert [ad.id for ad in outcome.ads] == ["A-7", "3"]
