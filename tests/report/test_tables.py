"""CSV and XLSX, read back as a spreadsheet reads them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.worksheet import Worksheet

from scanner.ad import Ad
from scanner.findings import RowError
from scanner.report import sheets
from scanner.report.table import HEADERS
from tests.report.conftest import Write, finding, flagged, reported

FAILED = RowError("7", "E103", "第 7 行不是有效的 JSON", 7, "板.jsonl")
AD = Ad(
    "招👷保安两名，\n限男性，包食宿",
    title="保安",
    id="a1",
    employer="虚拟物业",
    publisher="虚拟招聘网",
    url="https://jobs.example.com/1?a=1&b=2",
    posted_on=date(2025, 4, 2),
    source="板.csv",
    row=2,
)
GOLDEN = {
    "编号": "a1",
    "职位": "保安",
    "用人单位": "虚拟物业",
    "发布平台": "虚拟招聘网",
    "链接": "https://jobs.example.com/1?a=1&b=2",
    "发布日期": "2025-04-02",
    "处置": "待核",
    "类别": "限定性别",
    "细类": "限定男性",
    "方向": "限男/偏男",
    "严重程度": "严重",
    "置信度": 0.96,
    "违规词句": "限男性",
    "所在字段": "正文",
    "起": 8,
    "止": 11,
    "上下文": "招👷保安两名， 限男性，包食宿",
    "说明": "招聘条件限定了性别",
    "法律依据": "《妇女权益保障法》第四十三条；《某通知》（某发〔2019〕17号）二（待核原文）",
    "可能的例外": "矿山井下作业（须证明：确在井下作业）",
    "需要核问": "是否在井下作业？",
    "修改建议": "删去该项",
    "判断来源": "规则 only-sex",
    "来源": "板.csv",
    "来源行": 2,
}


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def rows_of(sheet: Worksheet) -> list[dict[str, Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_csv_golden_row(write: Write) -> None:
    path = write("r.csv", [reported(AD, finding(AD, "限男性", disposition="review")), FAILED])
    raw = path.read_bytes()
    assert raw.startswith("\ufeff编号,职位,用人单位".encode())
    assert raw.count(b"\r\n") == 3
    row, failed = read_csv(path)
    assert row == {name: str(value) for name, value in GOLDEN.items()}
    assert {name: value for name, value in failed.items() if value} == {
        "编号": "7",
        "处置": "未能扫描",
        "说明": "[E103] 第 7 行不是有效的 JSON",
        "来源": "板.jsonl",
        "来源行": "7",
    }


def test_xlsx_golden_row(write: Write) -> None:
    path = write(
        "r.xlsx", [reported(AD, finding(AD, "限男性", disposition="review")), FAILED], ["编码 UTF-8"]
    )
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["线索", "汇总", "未能扫描的行", "说明"]
    sheet = book["线索"]
    assert rows_of(sheet) == [GOLDEN]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == (
        "A2",
        f"A1:{sheet.cell(2, len(HEADERS)).coordinate}",
    )
    assert sheet.cell(2, HEADERS.index("说明") + 1).alignment.wrap_text
    assert rows_of(book["未能扫描的行"]) == [
        {
            "编号": "7",
            "来源": "板.jsonl",
            "行": 7,
            "错误码": "E103",
            "原因和处理办法": "第 7 行不是有效的 JSON",
        }
    ]
    notes = "\n".join(str(row[0]) for row in book["说明"].iter_rows(values_only=True))
    assert "命中是线索，不是违法认定" in notes
    assert "编码 UTF-8" in notes
    assert "词库 lex-1" in notes


def test_xlsx_marks_the_words_in_their_context(write: Write) -> None:
    path = write("r.xlsx", [reported(AD, finding(AD, "限男性"))])
    cell = openpyxl.load_workbook(path, rich_text=True)["线索"].cell(2, HEADERS.index("上下文") + 1).value
    assert isinstance(cell, CellRichText)
    marked = [part.text for part in cell if isinstance(part, TextBlock) and part.font.b]
    assert marked == ["限男性"]
    assert str(cell) == GOLDEN["上下文"]


def test_xlsx_dispositions_differ_in_colour(write: Write) -> None:
    items = [
        reported(AD, finding(AD, "限男性", disposition=kind)) for kind in ("violation", "review", "exempt")
    ]
    sheet = openpyxl.load_workbook(write("r.xlsx", items))["线索"]
    cells = [sheet.cell(row, HEADERS.index("处置") + 1) for row in (2, 3, 4)]
    assert [cell.value for cell in cells] == ["涉嫌违法", "待核", "属例外"]
    assert len({cell.fill.fgColor.rgb for cell in cells}) == 3


def test_xlsx_summary_counts_and_employers(write: Write) -> None:
    items = [flagged(employer=name, id=str(at)) for at, name in enumerate(["甲厂", "乙厂", "乙厂", ""])]
    rows = list(openpyxl.load_workbook(write("r.xlsx", [*items, FAILED]))["汇总"].iter_rows(values_only=True))
    assert ("已扫描广告", 4, None, None) in rows
    assert ("未能扫描的行", 1, None, None) in rows
    assert ("限定性别", 4, None, None) in rows
    at = rows.index(("用人单位", "有线索的广告", "涉嫌违法", "待核"))
    assert rows[at + 1 :] == [("乙厂", 2, 2, 0), ("甲厂", 1, 1, 0)]


FORMULAS = [
    '=HYPERLINK("http://x.example","a")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_formula_in_text_is_inert(text: str, write: Write) -> None:
    ad = Ad(f"{text}限男性", title=text, id=text, employer=text, publisher=text, url=text, source=text, row=3)
    error = RowError(text, "E103", "坏", 4, text)
    row, failed = read_csv(write("r.csv", [reported(ad, finding(ad, text, suggestion=text)), error]))
    for name in ("编号", "职位", "用人单位", "发布平台", "链接", "违规词句", "修改建议", "来源"):
        assert row[name] == f"'{text}"
    assert failed["编号"] == f"'{text}"
    assert (row["起"], row["来源行"], row["置信度"]) == ("0", "3", "0.96")


@pytest.mark.parametrize("text", FORMULAS)
def test_xlsx_formula_in_text_is_text(text: str, write: Write) -> None:
    ad = Ad(f"{text}限男性", title=text, id=text, employer=text, url=text, source=text, row=3)
    book = openpyxl.load_workbook(
        write("r.xlsx", [reported(ad, finding(ad, text)), RowError(text, "E1", text)])
    )
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not any(cell.hyperlink for cell in cells)
    title = book["线索"].cell(2, HEADERS.index("职位") + 1).value
    assert title.replace("_x000D_", "\r").strip() == text.strip()


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://jobs.example.com/1", True),
        ("http://jobs.example.com/招聘?a=1&b=<2>", True),
        ("HTTPS://JOBS.EXAMPLE.COM", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("internal:线索!A1", False),
        ("external:c:\\x.xlsx", False),
        ("https:///nowhere", False),
        ("http://[bad", False),
        ("https://a.example/\nx", False),
        ("https://a.example/" + "x" * 3000, False),
        ("www.example.com", False),
    ],
)
@pytest.mark.filterwarnings("error")
def test_xlsx_links_web_addresses_only(url: str, linked: bool, write: Write) -> None:
    cell = openpyxl.load_workbook(write("r.xlsx", [flagged(url=url)]))["线索"].cell(
        2, HEADERS.index("链接") + 1
    )
    assert bool(cell.hyperlink) == linked
    assert cell.value == url


def test_xlsx_goes_on_where_rows_end(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 2)
    book = openpyxl.load_workbook(
        write("r.xlsx", [*(flagged(id=str(at)) for at in range(5)), FAILED, FAILED])
    )
    parts = [book[name] for name in ("线索", "线索(2)", "线索(3)")]
    assert [[row["编号"] for row in rows_of(part)] for part in parts] == [["0", "1"], ["2", "3"], ["4"]]
    assert all(part.freeze_panes == "A2" and part.auto_filter.ref for part in parts)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("filler", ["长", "👷", "a"])
def test_xlsx_cuts_what_no_cell_holds(filler: str, write: Write) -> None:
    ad = Ad(f"{filler * 40_000}限男性", title=filler * 40_000, id="a")
    book = openpyxl.load_workbook(write("r.xlsx", [reported(ad, finding(ad, ad.text))]))
    (row,) = rows_of(book["线索"])
    for name in ("职位", "违规词句", "上下文"):
        assert row[name].endswith("…")
        assert 32_760 < len(row[name].encode("utf-16-le")) // 2 <= 32_767


@pytest.mark.parametrize("name", ["r.csv", "r.xlsx"])
def test_tables_drop_what_documents_cannot_hold(name: str, write: Write) -> None:
    ad = Ad("a\x00b\x1bc\x9bd\ufffee\ud83df限男性", title="\x07标\ufffe题\udc00", id="a\x01")
    path = write(name, [reported(ad, finding(ad, "f限男性")), RowError("b\x02\ud800", "E109", "坏\x03")])
    rows = read_csv(path) if name == "r.csv" else rows_of(openpyxl.load_workbook(path)["线索"])
    assert (rows[0]["编号"], rows[0]["职位"]) == ("a", "标题\ufffd")
    assert rows[0]["上下文"] == "abcde\ufffdf限男性"


def test_xlsx_without_findings_opens(write: Write) -> None:
    book = openpyxl.load_workbook(write("r.xlsx", [reported(Ad("会电脑", id="a"))]))
    assert rows_of(book["线索"]) == []
