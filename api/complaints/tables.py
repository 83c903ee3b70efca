"""Reports counted, as tables: the same for the page and the workbook."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from api.cases.overview import Table
from api.cases.statistics import Group
from api.complaints.statistics import COMPLAINT_BY_NAMES, ComplaintBy, ComplaintGroup, complaint_statistics

COLUMNS = ("reports", "open", "urgent", "overdue", "answered")
NOTES = (
    "一件投诉举报可以有多种情形、多个环节，因此各行相加会大于合计。",
    "急、逾期只计未办结的；逾期指过了决定是否受理的期限，只有投诉有这一期限。",
    "已答复：有过答复或变更过状态的；答复天数取中位数，从收到算起。",
    "无效信息只在“按状态”中计数。按收到时间计入各月，按北京时间。",
)
"""What the figures mean."""


def complaint_tables(
    session: Session, criteria: Sequence[ColumnElement[bool]]
) -> tuple[ComplaintGroup | None, list[Table]]:
    """All reports that fit together (None where there are none), then table by table."""
    found = complaint_statistics(session, list(ComplaintBy), criteria)
    total = found.pop(ComplaintBy.ALL)
    tables = [_table(by, groups) for by, groups in found.items()]
    return (total[0] if total else None), tables


def _table(by: ComplaintBy, groups: Sequence[ComplaintGroup]) -> Table:
    return Table(by.value, COMPLAINT_BY_NAMES[by], COLUMNS, [_group(group) for group in groups])


def _group(group: ComplaintGroup) -> Group:
    counts = {name: getattr(group, name) for name in ("open", "urgent", "overdue", "answered")}
    return Group(group.key, group.name, {"reports": group.total} | counts)
