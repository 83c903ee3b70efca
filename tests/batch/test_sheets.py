"""xlsx and xls built by openpyxl and xlwt: what a sheet shows is what is read; hostile files are refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlwt

if TYPE_CHECKING:
    from tests.batch.conftest import Read, Refused

Rows = list[list[object]]
HEAD: list[object] = ["岗位名称", "岗位要求", "性别要求", "年龄", "薪资", "发布日期"]
BODY: Rows = [
    ["司机", "有A2证", "男", 35, 6500.5, datetime(2024, 5, 1)],
    ["文员", "限女性\n会电脑", None, 28.0, "面议", "2024年5月2日"],
]


def xlsx(sheets: Mapping[str, Rows], *, skip_rows: int = 0) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for at, row in enumerate(rows, 1 + skip_rows):
            for column, value in enumerate(row, 1):
                sheet.cell(at, column, value)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def xls(sheets: Mapping[str, Rows], *, skip_rows: int = 0) -> bytes:
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for at, row in enumerate(rows, skip_rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(at, column, value, *([day] if isinstance(value, datetime) else []))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


BUILDERS = pytest.mark.parametrize(("suffix", "build"), [("xlsx", xlsx), ("xls", xls)])
Build = Callable[..., bytes]


@BUILDERS
def test_sheets_structured_columns(read: Read, suffix: str, build: Build) -> None:
    outcome = read(f"ads.{suffix}", build({"表": [HEAD, *BODY]}))
    assert [(ad.title, ad.text) for ad in outcome.ads] == [("司机", "有A2证"), ("文员", "限女性\n会电脑")]
    assert [dict(ad.fields) for ad in outcome.ads] == [
        {"性别要求": "男", "年龄": "35", "薪资": "6500.5"},
        {"年龄": "28", "薪资": "面议"},
    ]
    assert [ad.posted_on for ad in outcome.ads] == [date(2024, 5, 1), date(2024, 5, 2)]
    assert [(ad.id, ad.row) for ad in outcome.ads] == [("2", 2), ("3", 3)]
    assert any("正文←岗位要求" in note for note in outcome.notes)


@BUILDERS
def test_sheets_rows_are_numbered_as_the_sheet_shows_them(read: Read, suffix: str, build: Build) -> None:
    rows: Rows = [["岗位要求"], ["限男性"], [None], ["会开车"]]
    outcome = read(f"ads.{suffix}", build({"表": rows}, skip_rows=3))
    assert [(ad.text, ad.row) for ad in outcome.ads] == [("限男性", 5), ("会开车", 7)]


@BUILDERS
def test_sheets_each_sheet_has_its_own_header(read: Read, suffix: str, build: Build) -> None:
    sheets: dict[str, Rows] = {
        "一月": [["岗位要求", "公司"], ["限男性", "甲"]],
        "空": [],
        "说明": [["本表由某处编制"]],
        "二月": [["单位名称", "职位描述"], ["乙", "会开车"]],
    }
    outcome = read(f"ads.{suffix}", build(sheets))
    assert [(ad.id, ad.text, ad.employer) for ad in outcome.ads] == [
        ("一月!2", "限男性", "甲"),
        ("二月!2", "会开车", "乙"),
    ]
    assert [ad.source for ad in outcome.ads] == [f"ads.{suffix}“一月”", f"ads.{suffix}“二月”"]
    assert f"ads.{suffix}：工作表“说明”没有可识别的表头，未扫描" in outcome.notes
    assert not any("空" in note for note in outcome.notes)


@BUILDERS
def test_sheets_without_any_header_are_refused(refused: Refused, suffix: str, build: Build) -> None:
    error = refused(f"ads.{suffix}", build({"表": [["甲列", "乙列"], ["限男性", "会开车"]]}))
    assert error.code == "E106"
    assert "甲列、乙列" in error.message
    assert refused(f"ads.{suffix}", build({"表": []})).code == "E102"


@BUILDERS
def test_sheets_rows_that_fail_cost_themselves(read: Read, suffix: str, build: Build) -> None:
    rows: Rows = [["岗位要求", "公司"], [None, "甲"], ["长" * 200, "乙"], ["会开车", "丙"]]
    outcome = read(f"ads.{suffix}", build({"表": rows}), max_chars=100)
    assert outcome.errors == [("E104", 2), ("E105", 3)]
    assert outcome.texts == ["会开车"]


@BUILDERS
def test_sheets_cell_beside_the_header_is_scanned_too(read: Read, suffix: str, build: Build) -> None:
    outcome = read(f"ads.{suffix}", build({"表": [["岗位要求"], ["会开车", "限男性"]]}))
    assert [dict(ad.fields) for ad in outcome.ads] == [{"第2列": "限男性"}]


@BUILDERS
def test_sheets_cells_read_as_shown(read: Read, suffix: str, build: Build) -> None:
    rows: Rows = [["岗位要求", "年龄", "其他", "福利", "人数"], ["限男性", 18.0, True, 0.5, 1e15]]
    fields = dict(read(f"ads.{suffix}", build({"表": rows})).ads[0].fields)
    assert fields == {"年龄": "18", "其他": "True", "福利": "0.5", "人数": "1000000000000000"}


def test_sheets_times_of_day(read: Read) -> None:
    rows: Rows = [["岗位要求", "工作时间", "其他"], ["限男性", time(8, 30), datetime(2024, 5, 1, 8, 30)]]
    fields = dict(read("ads.xlsx", xlsx({"表": rows})).ads[0].fields)
    assert fields == {"工作时间": "08:30:00", "其他": "2024-05-01 08:30:00"}


def test_sheets_formula_gives_the_value_kept_and_is_never_run(read: Read) -> None:
    data = xlsx({"表": [["岗位要求", "性别要求"], ["会开车", "=1+1"], ["限男性", "男"]]})
    kept = _patched(data, "xl/worksheets/sheet1.xml", b"<v></v>", b"<v>7</v>")
    kept = _patched(kept, "xl/worksheets/sheet1.xml", b"<v />", b"<v>7</v>")
    assert [dict(ad.fields) for ad in read("ads.xlsx", kept).ads] == [{"性别要求": "7"}, {"性别要求": "男"}]
    assert [dict(ad.fields) for ad in read("none.xlsx", data).ads] == [{}, {"性别要求": "男"}]


def test_sheets_macros_are_noted_and_left(read: Read) -> None:
    data = _patched(xlsx({"表": [["岗位要求"], ["限男性"]]}), "xl/vbaProject.bin", b"", b"\x00macro")
    outcome = read("ads.xlsm", data)
    assert outcome.texts == ["限男性"]
    assert "ads.xlsm：含宏，宏未运行" in outcome.notes


@BUILDERS
def test_sheets_hostile_text_is_kept_as_text(read: Read, suffix: str, build: Build) -> None:
    text = "<script>alert(1)</script>=HYPERLINK(1) 限男性 🚹"
    assert read(f"ads.{suffix}", build({"表": [["岗位要求"], [text]]})).texts == [text]


def _patched(package: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The package with `old` in `part` made `new`; a part that is not there is added."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as to,
    ):
        for name in source.namelist():
            content = source.read(name)
            to.writestr(name, content.replace(old, new) if name == part else content)
        if part not in source.namelist():
            to.writestr(part, new)
    return held.getvalue()


def _many_parts() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for number in range(10_001):
            package.writestr(str(number), b"")
    return held.getvalue()


GOOD = xlsx({"表": [["岗位要求"], ["限男性"]]})
SHEET = "xl/worksheets/sheet1.xml"
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
HOSTILE = {
    "bomb": (_patched(GOOD, "xl/media/zeros.bin", b"", bytes(30 << 20)), "压缩比"),
    "parts": (_many_parts(), "10001 个部件"),
    "doctype": (_patched(GOOD, SHEET, b"<worksheet", DOCTYPE + b"<worksheet"), "XML 实体"),
    "doctype_utf16": (
        _patched(GOOD, "xl/theme/x.xml", b"", ("<?xml?>" + DOCTYPE.decode()).encode("utf-16")),
        "XML",
    ),
    "truncated": (GOOD[: len(GOOD) // 2], "损坏"),
    "truncated_end": (GOOD[:-30], "损坏"),
    "flipped": (GOOD.replace(b"PK\x03\x04", b"PK\x03\x09"), "损坏"),
    "not_a_workbook": (b"<html>restricted</html>", "损坏"),
    "ole_garbage": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "损坏"),
}


@pytest.mark.parametrize("name", list(HOSTILE))
@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_sheets_hostile_file_is_e108(refused: Refused, name: str, suffix: str) -> None:
    data, says = HOSTILE[name]
    error = refused(f"ads.{suffix}", data)
    assert error.code == "E108"
    assert says in error.message
    assert "另存为" in error.message


@pytest.mark.parametrize("size", [1, 4, 100, 600, 2000, 4000])
@BUILDERS
def test_sheets_cut_at_any_place_never_leaks_a_library_error(
    refused: Refused, suffix: str, build: Build, size: int
) -> None:
    data = build({"表": [["岗位要求"], ["限男性"]]})[:size]
    assert refused(f"ads.{suffix}", data).code == "E108"


def test_sheets_password_protected_is_e108(refused: Refused) -> None:
    """An encrypted workbook is an OLE container with the stream EncryptedPackage, here built by hand."""
    error = refused("ads.xlsx", _encrypted())
    assert error.code == "E108"
    assert "密码" in error.message


def _encrypted() -> bytes:
    """The smallest OLE file with an EncryptionInfo and an EncryptedPackage stream."""
    sector, free, end = 512, 0xFFFFFFFF, 0xFFFFFFFE

    def u32(*values: int) -> bytes:
        return b"".join(value.to_bytes(4, "little") for value in values)

    def entry(name: str, kind: int, left: int, right: int, child: int, start: int, size: int) -> bytes:
        raw = name.encode("utf-16-le")
        head = raw.ljust(64, b"\0") + (len(raw) + 2).to_bytes(2, "little") + bytes([kind, 1])
        return head + u32(left, right, child) + bytes(36) + u32(start) + size.to_bytes(8, "little")

    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + bytes.fromhex("3e000300feff09000600") + bytes(10)
    )
    header += u32(1, 1, 0, 4096, end, 0, end, 0, 0) + u32(*[free] * 108)
    fat = u32(0xFFFFFFFD, end, *range(3, 10), end, *range(11, 18), end).ljust(sector, b"\xff")
    directory = entry("Root Entry", 5, free, free, 1, end, 0)
    directory += entry("EncryptionInfo", 2, free, 2, free, 2, 4096)
    directory += entry("EncryptedPackage", 2, free, free, free, 10, 4096)
    directory = directory.ljust(sector, b"\0")
    return header + fat + directory + bytes(8192)
