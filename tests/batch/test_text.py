"""txt: one ad, or several parted by lines of dashes, equals signs or asterisks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.batch.conftest import Read, Refused


def test_text_whole_file_is_one_ad(read: Read) -> None:
    outcome = read("ad.txt", "\n  招司机\n\n要求：限男性 -- 会开车\n一-二\n")
    assert [(ad.id, ad.text, ad.row, ad.source) for ad in outcome.ads] == [
        ("1", "  招司机\n\n要求：限男性 -- 会开车\n一-二", 1, "ad.txt")
    ]
    assert outcome.notes == ["ad.txt：编码 UTF-8"]


@pytest.mark.parametrize("line", ["---", "======", "***", "———", " ----- ", "___", "＝＝＝"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_lines_that_part_ads(read: Read, line: str, end: str) -> None:
    content = f"{line}\n限男性\n会开车\n{line}\n\n{line}\n限女性\n{line}\n".replace("\n", end)
    outcome = read("ads.txt", content)
    assert outcome.texts == [f"限男性{end}会开车", "限女性"]
    assert [(ad.id, ad.row) for ad in outcome.ads] == [("1", 1), ("2", 2)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_text_encodings(read: Read, encoding: str) -> None:
    assert read("ad.txt", "招司机，限男性\n".encode(encoding)).texts == ["招司机，限男性"]


def test_text_utf16_without_mark_is_refused_and_its_advice_works(read: Read, refused: Refused) -> None:
    data = "招司机，限男性，18-45岁\n".encode("utf-16-le")
    assert "--encoding utf-16" in refused("ad.txt", data).message
    assert read("ad.txt", data, encoding="utf-16").texts == ["招司机，限男性，18-45岁"]


def test_text_broken_byte_leaves_a_sign(read: Read) -> None:
    outcome = read("ad.txt", "限男性\n会开车\n".encode() + b"\xff\n" + "倒班".encode())
    assert outcome.texts == ["限男性\n会开车\n\ufffd\n倒班"]


def test_text_nothing_but_blanks_is_no_ad(read: Read) -> None:
    assert read("ad.txt", " \n\n---\n \n").items == []


def test_text_oversize_ad_costs_itself(read: Read) -> None:
    long_lines = "长" * 60 + "\n" + "长" * 60
    outcome = read("ads.txt", f"限男性\n---\n{long_lines}\n---\n{'长' * 200_000}\n---\n会开车", max_chars=100)
    assert outcome.errors == [("E105", 2), ("E105", 3)]
    assert [(ad.text, ad.row) for ad in outcome.ads] == [("限男性", 1), ("会开车", 4)]
