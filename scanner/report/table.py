"""The columns of the tables (CSV, XLSX): one row a finding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scanner.ad import Ad
from scanner.findings import (
    CATEGORY_NAMES,
    DIRECTION_NAMES,
    DISPOSITION_NAMES,
    SEVERITY_NAMES,
    Finding,
    RowError,
)
from scanner.report import wording
from scanner.report.highlight import excerpt
from scanner.report.plain import clean, one_line

REACH = 40
"""Code points of context on either side of the words at fault."""
FAILED = "未能扫描"

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, its width in a spreadsheet (characters), its value for a finding."""

    header: str
    width: int
    value: Callable[[Ad, Finding], Cell]


def context(ad: Ad, finding: Finding) -> tuple[str, str, str]:
    """The words before, at and after the first span, each on one line and clean."""
    before, quote, after = excerpt(ad, finding.spans[0], REACH)
    return clean(one_line(before)), clean(one_line(quote)), clean(one_line(after))


COLUMNS = (
    Column("编号", 12, lambda ad, _: ad.id),
    Column("职位", 18, lambda ad, _: ad.title),
    Column("用人单位", 24, lambda ad, _: ad.employer),
    Column("发布平台", 14, lambda ad, _: ad.publisher),
    Column("链接", 20, lambda ad, _: ad.url),
    Column("发布日期", 11, lambda ad, _: ad.posted_on.isoformat() if ad.posted_on else ""),
    Column("处置", 10, lambda _, finding: DISPOSITION_NAMES[finding.disposition]),
    Column("类别", 16, lambda _, finding: CATEGORY_NAMES[finding.category]),
    Column("细类", 18, lambda _, finding: wording.subtype_name(finding)),
    Column("方向", 10, lambda _, finding: DIRECTION_NAMES[finding.direction]),
    Column("严重程度", 9, lambda _, finding: SEVERITY_NAMES[finding.severity]),
    Column("置信度", 8, lambda _, finding: round(finding.confidence, 2)),
    Column("违规词句", 20, lambda _, finding: wording.quotes(finding)),
    Column("所在字段", 10, lambda _, finding: wording.field_name(finding.spans[0].field)),
    Column("起", 6, lambda _, finding: finding.spans[0].start),
    Column("止", 6, lambda _, finding: finding.spans[0].end),
    Column("上下文", 48, lambda ad, finding: "".join(context(ad, finding))),
    Column("说明", 36, lambda _, finding: finding.message),
    Column("法律依据", 44, lambda _, finding: wording.laws(finding)),
    Column("可能的例外", 36, lambda _, finding: "；".join(map(wording.ground, finding.exceptions))),
    Column("需要核问", 36, lambda _, finding: "；".join(hint.question for hint in finding.exceptions)),
    Column("修改建议", 36, lambda _, finding: finding.suggestion),
    Column("判断来源", 20, lambda _, finding: wording.sources(finding)),
    Column("来源", 18, lambda ad, _: ad.source),
    Column("来源行", 8, lambda ad, _: "" if ad.row is None else ad.row),
)
HEADERS = tuple(column.header for column in COLUMNS)


def finding_row(ad: Ad, finding: Finding) -> list[Cell]:
    """The cells of one finding, text without what documents cannot hold."""
    return [_clean(column.value(ad, finding)) for column in COLUMNS]


def error_row(error: RowError) -> list[Cell]:
    """A row that could not be scanned, under the same headers."""
    told: dict[str, Cell] = {
        "编号": error.id,
        "处置": FAILED,
        "说明": f"[{error.code}] {error.message}",
        "来源": error.source,
        "来源行": "" if error.row is None else error.row,
    }
    return [_clean(told.get(header, "")) for header in HEADERS]


def _clean(cell: Cell) -> Cell:
    return clean(cell) if isinstance(cell, str) else cell
