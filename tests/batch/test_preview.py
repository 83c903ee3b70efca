"""The first rows of a file, and what its columns are taken for."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from scanner.ad import Ad
from scanner.batch.columns import map_columns
from scanner.batch.layout import SAMPLES
from scanner.batch.preview import Preview, preview
from scanner.batch.reading import ReadOptions
from scanner.errors import PingzhaoError
from scanner.findings import RowError

TABLE = "岗位描述,公司,备注,电话\n招前台，限女性,万福超市,包住,123\n招保安,鸿运餐饮,男士优先,456\n"


def previewed(
    folder: Path, content: str | bytes, name: str = "导出.csv", options: ReadOptions | None = None
) -> Preview:
    path = folder / "blob"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return preview(path, options or ReadOptions(), name=name)


def workbook(path: Path, **sheets: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path / "made.xlsx")
    return (path / "made.xlsx").read_bytes()


def test_preview_tells_encoding_header_columns_and_first_rows(tmp_path: Path) -> None:
    found = previewed(tmp_path, "导出于 2026-05-01\n" + TABLE, options=ReadOptions("utf-8"))
    assert found.problem is None
    assert found.layout is not None
    assert (found.encoding, found.layout.header_row, found.layout.place) == ("utf-8", 2, "导出.csv")
    assert dict(found.layout.columns.roles) == {"text": 0, "employer": 1}
    assert found.layout.columns.fields == (("备注", 2),)
    assert found.layout.columns.ignored == ("电话",)
    assert found.layout.samples[1] == ("招保安", "鸿运餐饮", "男士优先", "456")
    assert [row.text for row in found.rows if isinstance(row, Ad)] == ["招前台，限女性", "招保安"]


def test_preview_shows_no_more_than_it_needs(tmp_path: Path) -> None:
    found = previewed(tmp_path, "岗位描述\n" + "招工，限男性\n" * 50 + "长" * 500 + "\n")
    assert found.layout is not None
    assert len(found.rows) == len(found.layout.samples) == SAMPLES
    long = previewed(tmp_path, "岗位描述\n" + "长" * 500 + "\n").layout
    assert long is not None
    assert len(long.samples[0][0]) < 500


def test_preview_of_a_file_cut_within_a_character_is_that_of_the_whole(tmp_path: Path) -> None:
    whole = (TABLE + "招会计，男女不限,甲厂,包住,1\n" * 20).encode("gb18030")
    found = previewed(tmp_path, whole[:-7])
    assert (found.encoding, found.layout) == ("gb18030", previewed(tmp_path, whole).layout)


@pytest.mark.parametrize(("mapping", "code"), [({}, "E106"), ({"text": "没有的列"}, "E114")])
def test_preview_of_unknown_columns_shows_them_with_the_problem(
    tmp_path: Path, mapping: dict[str, str], code: str
) -> None:
    content = workbook(tmp_path, 表=[["甲", "乙"], ["招前台，限女性", "万福超市"]])
    found = previewed(tmp_path, content, "导出.xlsx", ReadOptions(mapping=mapping))
    assert found.problem is not None
    assert (found.problem.code, found.rows) == (code, ())
    assert found.layout is not None
    assert (found.layout.headers, found.layout.known) == (("甲", "乙"), False)
    assert found.layout.samples == (("招前台，限女性", "万福超市"),)
    mended = previewed(tmp_path, content, "导出.xlsx", ReadOptions(mapping={"text": "甲", "employer": "乙"}))
    assert [(row.text, row.employer) for row in mended.rows if isinstance(row, Ad)] == [
        ("招前台，限女性", "万福超市")
    ]


def test_preview_of_a_workbook_shows_the_first_sheet_with_ads(tmp_path: Path) -> None:
    content = workbook(
        tmp_path, 说明=[["请勿外传"]], 数据=[["岗位描述"], ["限男性"]], 更多=[["职位名称"], ["保安"]]
    )
    found = previewed(tmp_path, content, "导出.xlsx")
    assert found.layout is not None
    assert (found.layout.place, found.problem, len(found.rows)) == ("导出.xlsx“数据”", None, 2)


def test_preview_of_objects_shows_their_keys(tmp_path: Path) -> None:
    found = previewed(tmp_path, '[{"job": "保安", "说": "限男性", "n": null}, {"job": "店员"}]', "a.json")
    assert found.layout is not None
    assert (found.layout.headers, found.layout.header_row) == (("job", "说", "n"), 0)
    assert found.layout.samples == (("保安", "限男性", ""),)
    assert found.layout.columns.ignored == ("说", "n")


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_preview_of_a_file_without_columns_has_no_layout(tmp_path: Path, name: str) -> None:
    found = previewed(tmp_path, "<p>招前台，限女性</p>", name)
    assert (found.layout, len(found.rows)) == (None, 1)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "E102"),
        ("a.csv", "职位描述\n限男".encode("utf-16-le"), "E101"),
        ("a.pdf", b"x", "E107"),
        ("a.xlsx", b"x", "E108"),
        ("a.json", b"[1", "E113"),
    ],
)
def test_preview_of_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    with pytest.raises(PingzhaoError) as caught:
        previewed(tmp_path, content, name)
    assert caught.value.code == code


def test_preview_passes_on_rows_that_cannot_be_scanned(tmp_path: Path) -> None:
    found = previewed(tmp_path, "岗位描述\n限男性\n一,二\n")
    assert [row.code for row in found.rows if isinstance(row, RowError)] == ["E111"]


@pytest.mark.parametrize("keep_unknown", [True, False])
def test_columns_without_a_role_are_scanned_or_not_as_asked(keep_unknown: bool) -> None:
    headers = ["岗位描述", "单位", "备注", "电话", "性别"]
    asked = {"单位": False, "备注": False, "电话": True, "没有的列": True}
    columns = map_columns(headers, {}, asked, keep_unknown=keep_unknown)
    assert dict(columns.roles) == {"text": 0}
    assert columns.fields == (("电话", 3), ("性别", 4))
    assert columns.ignored == ("单位", "备注")


def test_columns_with_a_role_given_are_not_kept_from_it() -> None:
    columns = map_columns(["岗位描述", "备注"], {"text": "备注"}, {"备注": False}, keep_unknown=True)
    assert dict(columns.roles) == {"text": 1}
