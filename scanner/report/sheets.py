"""The sheets of the XLSX report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from scanner.ad import Ad
from scanner.findings import DISPOSITION_NAMES, Disposition, Finding, RowError, Versions
from scanner.report import wording
from scanner.report.employers import EmployerTally
from scanner.report.plain import clean
from scanner.report.summary import RunSummary
from scanner.report.table import COLUMNS, HEADERS, Cell, context, finding_row

MAX_ROWS = 1_048_575
"""Rows below the header that Excel shows on one sheet."""
MAX_LINKS = 65_000
MAX_LINK = 2_000
MAX_CELL = 32_767
"""Excel's limits: links a sheet, characters of a link, UTF-16 units of a cell."""
ROW_HEIGHT = 54
"""Points: four lines of the longest cells show, the rest on a click."""
TOP = 50
"""Employers on 汇总."""
_ERROR_COLUMNS = (("编号", 16), ("来源", 24), ("行", 8), ("错误码", 10), ("原因和处理办法", 90))
_FILLS = {
    Disposition.VIOLATION: ("#9C1C1C", "#FBE3E1"),
    Disposition.REVIEW: ("#7A4B00", "#FFF1D0"),
    Disposition.EXEMPT: ("#666666", "#EDEDED"),
}
_AT = {header: at for at, header in enumerate(HEADERS)}
_NOTES = (
    wording.DISCLAIMER,
    "处置：涉嫌违法为线索较明确；待核为可能有合法理由，须按“需要核问”一栏向用人单位核实；属例外为政策或法律已明确允许，仅备查。",
    "法律依据：标注“待核原文”的条文未与官方文本逐字核对，使用前应查对原文。全文见 HTML 报告。",
    "起、止：违规词句在所在字段中的位置，从 0 起按字符计数，止不含。",
    "发布日期决定适用的法律；没有发布日期的，按扫描当日的法律列出依据。",
)


class Styles:
    """The cell formats of one workbook."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": "宋体", "font_size": 10, "valign": "top"}
        self.text = book.add_format({**base, "text_wrap": True})
        self.number = book.add_format({**base, "align": "right"})
        self.head = book.add_format(
            {
                **base,
                "bold": True,
                "bg_color": "#1F3A5F",
                "font_color": "#FFFFFF",
                "valign": "vcenter",
                "border": 1,
            }
        )
        self.title = book.add_format({**base, "bold": True, "font_size": 12})
        self.quote = book.add_format({**base, "bold": True, "font_color": "#C00000"})
        self.link = book.add_format({**base, "font_color": "#0B5CAD", "underline": 1, "text_wrap": True})
        self.disposition = {
            kind: book.add_format({**base, "bold": True, "font_color": ink, "bg_color": fill})
            for kind, (ink, fill) in _FILLS.items()
        }


class FindingSheets:
    """线索, 线索(2) …: one row a finding, a new sheet where Excel's rows end."""

    def __init__(self, book: Any, styles: Styles) -> None:
        self._book, self._styles = book, styles
        self._sheets = 0
        self._open()

    def _open(self) -> None:
        self._sheets += 1
        name = "线索" if self._sheets == 1 else f"线索({self._sheets})"
        self._sheet = headed(self._book, name, [(c.header, c.width) for c in COLUMNS], self._styles)
        self._row = self._links = 0

    def add(self, ad: Ad, finding: Finding) -> None:
        """Write one row."""
        if self._row == MAX_ROWS:
            self.close()
            self._open()
        self._row += 1
        styles, sheet = self._styles, self._sheet
        write_row(sheet, self._row, finding_row(ad, finding), styles)
        state = DISPOSITION_NAMES[finding.disposition]
        sheet.write_string(self._row, _AT["处置"], state, styles.disposition[finding.disposition])
        self._mark_context(*context(ad, finding))
        self._write_link(ad.url)

    def _mark_context(self, before: str, quote: str, after: str) -> None:
        """Set the words at fault off from those around them, if there are both and the cell holds them."""
        if not quote or not (before or after) or _units(before + quote + after) > MAX_CELL:
            return
        runs = [part for part in (before, self._styles.quote, quote, after) if part]
        self._sheet.write_rich_string(self._row, _AT["上下文"], *runs, self._styles.text)

    def _write_link(self, url: str) -> None:
        link = wording.web_link(url)
        if link is None or len(link) > MAX_LINK or self._links == MAX_LINKS:
            return
        self._links += 1
        self._sheet.write_url(self._row, _AT["链接"], link, self._styles.link, clean(link))

    def close(self) -> None:
        """Let the filter reach to the last row."""
        self._sheet.autofilter(0, 0, max(self._row, 1), len(COLUMNS) - 1)


class ErrorSheet:
    """未能扫描的行; beyond Excel's rows the rest is left to the other reports."""

    def __init__(self, book: Any, styles: Styles) -> None:
        self._sheet = headed(book, "未能扫描的行", _ERROR_COLUMNS, styles)
        self._styles, self._row = styles, 0

    def add(self, error: RowError) -> None:
        """Write one row."""
        if self._row < MAX_ROWS:
            self._row += 1
            row = "" if error.row is None else error.row
            cells: list[Cell] = [clean(error.id), clean(error.source), row, error.code, clean(error.message)]
            write_row(self._sheet, self._row, cells, self._styles)

    def close(self) -> None:
        """Let the filter reach to the last row."""
        self._sheet.autofilter(0, 0, max(self._row, 1), len(_ERROR_COLUMNS) - 1)


def fill_summary(sheet: Any, styles: Styles, summary: RunSummary, employers: EmployerTally) -> None:
    """Counts, then the employers with most flagged ads."""
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 3, 14)
    blocks: list[tuple[str, Sequence[Sequence[Cell]]]] = [
        (
            "扫描",
            [
                ("已扫描广告", summary.ads),
                ("有线索的广告", summary.flagged),
                ("未能扫描的行", summary.failed),
            ],
        )
    ]
    blocks += wording.counts(summary)
    blocks.append(
        ("线索最多的用人单位", [("用人单位", "有线索的广告", "涉嫌违法", "待核"), *employers.top(TOP)])
    )
    at = 0
    for title, rows in blocks:
        sheet.write_string(at, 0, title, styles.title)
        for row in rows:
            at += 1
            write_row(sheet, at, [clean(c) if isinstance(c, str) else c for c in row], styles)
        at += 2


def fill_notes(sheet: Any, styles: Styles, summary: RunSummary, versions: Versions | None) -> None:
    """How to read the report, how the input was read, what it was made with."""
    sheet.set_column(0, 0, 120)
    made = f"生成时间：{datetime.now().astimezone():%Y-%m-%d %H:%M %z}"
    lines = [*_NOTES, *summary.notes, wording.versions_line(versions), made]
    for at, line in enumerate(lines):
        sheet.write_string(at, 0, _fitting(clean(line)), styles.text)


def headed(book: Any, name: str, columns: Sequence[tuple[str, int]], styles: Styles) -> Any:
    """A new sheet with its header row, frozen."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.set_default_row(ROW_HEIGHT)
    sheet.set_row(0, 22)
    for at, (header, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, header, styles.head)
    return sheet


def write_row(sheet: Any, row: int, cells: Sequence[Cell], styles: Styles) -> None:
    """Text as text, whatever it looks like; numbers as numbers."""
    for at, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(row, at, _fitting(cell), styles.text)
        else:
            sheet.write_number(row, at, cell, styles.number)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _fitting(text: str) -> str:
    """`text` as far as a cell holds it."""
    if len(text) <= MAX_CELL // 2 or _units(text) <= MAX_CELL:
        return text
    return text.encode("utf-16-le")[: 2 * (MAX_CELL - 1)].decode("utf-16-le", "ignore") + "…"
