"""The tables of statistics: the same for the page, the workbook and the monthly report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import visible
from api.cases.periods import Period, period_name, without_gaps
from api.cases.statistics import CaseBy, FindingBy, Group, case_statistics, finding_statistics
from api.store.accounts import Role
from api.store.ads import StoredFinding
from api.store.cases import Case

TOP = 20
"""Rows of the tables of employers, platforms, regions."""
COUNT_NAMES = {
    "findings": "线索",
    "violations": "涉嫌违法",
    "pending": "待核",
    "reviewed": "已复核",
    "cases": "案件",
    "open": "未结",
    "overdue": "逾期",
    "ads": "广告",
    "groups": "去副本后广告",
    "employers": "用人单位",
    "publishers": "平台",
    "regions": "地区",
    "reports": "投诉举报",
    "urgent": "急",
    "answered": "已答复",
}
_OF_FINDINGS = ("findings", "violations", "pending", "reviewed", "ads", "employers")
_REACH = ("ads", "groups", "publishers", "regions", "findings", "violations")
_OF_CASES = ("cases", "open", "overdue", "ads", "employers")
_TITLES = {
    FindingBy.REGION: "按地区",
    FindingBy.CATEGORY: "按类别",
    FindingBy.DIRECTION: "按方向",
    FindingBy.DISPOSITION: "按处置",
    FindingBy.DECISION: "按人工复核结论",
    FindingBy.EMPLOYER: f"用人单位（影响范围前 {TOP}）",
    FindingBy.PUBLISHER: f"发布平台（影响范围前 {TOP}）",
}
_PERIOD_TITLES = {Period.DAY: "按日", Period.WEEK: "按周", Period.MONTH: "按月", Period.YEAR: "按年"}
_COLUMNS = {
    FindingBy.EMPLOYER: _REACH,
    FindingBy.PUBLISHER: ("ads", "groups", "employers", "regions", "findings", "violations"),
    FindingBy.DIRECTION: ("findings", "violations", "pending", "ads", "employers"),
    FindingBy.DISPOSITION: ("findings", "reviewed", "ads", "employers"),
    FindingBy.DECISION: ("findings", "violations", "pending", "ads", "employers"),
}
MOST_PERIODS = 200
NOTES = (
    "线索由程序发现，不是违法认定；是否违法由执法人员核实后认定。",
    "线索按发现时间计入各时段，不按广告的发布日期；案件按立案时间计入。日、周、月都按北京时间，周一为一周之始。",
    "涉嫌违法、待核为程序给出的处置；属例外的线索只在“按处置”中计数。",
    "已复核：已有人作出结论的线索；结论以最近一次为准。机器判断不算复核。",
    "广告：同一机构、同一用人单位、同一网址算一条；去副本后广告：内容近似的合为一条。",
    "一条广告可以有多个类别的线索，因此各行的广告数、用人单位数相加会大于合计。",
    "地区取自广告中的工作城市、工作地点等栏目；没有写明的列为“地区不详”。",
)
"""What the figures mean."""


@dataclass(frozen=True, slots=True)
class Table:
    """Groups of counts under a title; `columns` are names of counts."""

    key: str
    title: str
    columns: tuple[str, ...]
    groups: list[Group]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything together, then table by table; periods come in their order and without gaps."""

    total: dict[str, int]
    tables: dict[str, Table]


def overview(
    session: Session,
    user: Principal,
    findings: Sequence[ColumnElement[bool]],
    cases: Sequence[ColumnElement[bool]] | None,
    period: Period,
) -> Overview:
    """What this user may know: an agency nothing of reviews and cases. Without `cases` they are not counted."""
    inside = user.role != Role.AGENCY
    by_period = FindingBy(period.value)
    ways = [FindingBy.ALL, by_period, *(by for by in _TITLES if inside or by is not FindingBy.DECISION)]
    counted = finding_statistics(session, ways, [visible(StoredFinding, user), *findings])
    total = counted.pop(FindingBy.ALL)
    tables = [_table(by, groups, period, told_reviews=inside) for by, groups in counted.items()]
    if cases is not None and user.may(Permission.CASE_READ):
        groups = case_statistics(session, CaseBy.STATUS, [visible(Case, user), *cases])
        tables.append(Table("status", "案件状态", _OF_CASES, groups))
    return Overview(total[0].counts if total else {}, {table.key: table for table in tables})


def _table(by: FindingBy, groups: list[Group], period: Period, *, told_reviews: bool) -> Table:
    columns = tuple(c for c in _COLUMNS.get(by, _OF_FINDINGS) if told_reviews or c != "reviewed")
    if by.value == period.value:
        return Table("period", _PERIOD_TITLES[period], columns, in_order(groups, period))
    many = by in (FindingBy.EMPLOYER, FindingBy.PUBLISHER, FindingBy.REGION)
    return Table(by.value, _TITLES[by], columns, groups[:TOP] if many else groups)


def in_order(groups: Sequence[Group], period: Period) -> list[Group]:
    """Periods from the first to the last, those without findings among them."""
    if not groups:
        return []
    known = {group.key: group for group in groups}
    keys = sorted(key for key in known if key)
    empty = replace(groups[0], counts=dict.fromkeys(groups[0].counts, 0))
    filled = [
        known.get(key) or replace(empty, key=key, name=period_name(key, period))
        for key in without_gaps(keys[0], keys[-1], period)
    ]
    return filled[-MOST_PERIODS:]
