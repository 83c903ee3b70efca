"""Reports counted: by month, kind of discrimination, stage, urgency, route, status; and how soon they were answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, load_only

from api.cases.workflow import today
from api.complaints.deadlines import day_of
from api.complaints.status import FINISHED
from api.store.complaints import COMPLAINT_STATUS_NAMES, Complaint, ComplaintEvent, ComplaintStatus
from scanner.complaint.channels import load_channels
from scanner.complaint.kinds import REPORT_KIND_NAMES
from scanner.complaint.understanding import STAGE_NAMES
from scanner.complaint.urgency import LEVEL_NAMES, Level
from scanner.findings import CATEGORY_NAMES


class ComplaintBy(StrEnum):
    """What reports are counted by; a report stands in each of its categories and stages."""

    ALL = "all"
    MONTH = "month"
    KIND = "kind"
    CATEGORY = "category"
    STAGE = "stage"
    LEVEL = "level"
    ROUTE = "route"
    STATUS = "status"


COMPLAINT_BY_NAMES: dict[ComplaintBy, str] = {
    ComplaintBy.ALL: "合计",
    ComplaintBy.MONTH: "按月",
    ComplaintBy.KIND: "投诉或举报",
    ComplaintBy.CATEGORY: "按情形",
    ComplaintBy.STAGE: "按环节",
    ComplaintBy.LEVEL: "按紧急程度",
    ComplaintBy.ROUTE: "按主管部门",
    ComplaintBy.STATUS: "按状态",
}
ANSWERS = ("status", "reply")
"""Kinds of events by which a reporter first learns something."""


@dataclass(frozen=True, slots=True)
class ComplaintGroup:
    """One row. `key` is empty where it is not known.

    `days_to_answer` is the median of the days to the first answer; None where none was answered.
    """

    key: str
    name: str
    total: int
    open: int
    urgent: int
    overdue: int
    answered: int
    days_to_answer: float | None


@dataclass(frozen=True, slots=True)
class _Told:
    """What is counted of one report."""

    complaint: Complaint
    answered_at: datetime | None
    day: date


def complaint_statistics(
    session: Session, ways: Sequence[ComplaintBy], criteria: Sequence[ColumnElement[bool]] = ()
) -> dict[ComplaintBy, list[ComplaintGroup]]:
    """The reports that fit, grouped in each of these ways; spam counts only where they are grouped by status.

    Months come in their order, other groups by their size, what is not known last.
    """
    groups: dict[ComplaintBy, dict[str, list[_Told]]] = {by: defaultdict(list) for by in ways}
    for told in _read(session, criteria):
        for by in ways:
            for key in _keys(told, by):
                groups[by][key].append(told)
    return {by: _ranked(by, found) for by, found in groups.items()}


def _read(session: Session, criteria: Sequence[ColumnElement[bool]]) -> Iterator[_Told]:
    first = _first_answers(session)
    columns = (
        Complaint.kind, Complaint.status, Complaint.level, Complaint.route, Complaint.categories,
        Complaint.understanding, Complaint.received_at, Complaint.due_on,
    )  # fmt: skip
    query = select(Complaint).options(load_only(*columns)).where(*criteria).order_by(Complaint.received_at)
    day = today()
    for complaint in session.scalars(query):
        yield _Told(complaint, first.get(complaint.id), day)


def _first_answers(session: Session) -> dict[str, datetime]:
    first = func.min(ComplaintEvent.created_at)
    query = select(ComplaintEvent.complaint_id, first).where(ComplaintEvent.kind.in_(ANSWERS))
    rows = session.execute(query.group_by(ComplaintEvent.complaint_id))
    return {row[0]: row[1] for row in rows}


def _keys(told: _Told, by: ComplaintBy) -> Sequence[str]:
    one = told.complaint
    if one.status == ComplaintStatus.SPAM and by is not ComplaintBy.STATUS:
        return ()
    keys: dict[ComplaintBy, Sequence[str]] = {
        ComplaintBy.ALL: ["all"],
        ComplaintBy.MONTH: [f"{day_of(one.received_at):%Y-%m}"],
        ComplaintBy.KIND: [one.kind or ""],
        ComplaintBy.CATEGORY: one.categories or [""],
        ComplaintBy.STAGE: one.understanding["stages"] or [""],
        ComplaintBy.LEVEL: [one.level],
        ComplaintBy.ROUTE: [one.route],
        ComplaintBy.STATUS: [one.status],
    }
    return keys[by]


def _ranked(by: ComplaintBy, groups: Mapping[str, list[_Told]]) -> list[ComplaintGroup]:
    names = _names(by)
    found = [_group(key, names.get(key, key), told) for key, told in groups.items()]
    if by is ComplaintBy.MONTH:
        return sorted(found, key=lambda group: group.key)
    return sorted(found, key=lambda group: (not group.key, -group.total, group.key))


def _names(by: ComplaintBy) -> Mapping[Any, str]:
    routes = {channel.code: channel.name for channel in load_channels().channels}
    known: dict[ComplaintBy, Mapping[Any, str]] = {
        ComplaintBy.ALL: {"all": "合计"},
        ComplaintBy.KIND: {**REPORT_KIND_NAMES, "": "未定"},
        ComplaintBy.CATEGORY: {**CATEGORY_NAMES, "": "其他事项"},
        ComplaintBy.STAGE: {**STAGE_NAMES, "": "环节不明"},
        ComplaintBy.LEVEL: LEVEL_NAMES,
        ComplaintBy.ROUTE: {**routes, "": "尚未确定"},
        ComplaintBy.STATUS: COMPLAINT_STATUS_NAMES,
    }
    return known.get(by, {})


def _group(key: str, name: str, told: Sequence[_Told]) -> ComplaintGroup:
    unfinished = [one for one in told if one.complaint.status not in FINISHED]
    waits = [
        (one.answered_at - one.complaint.received_at) / timedelta(days=1) for one in told if one.answered_at
    ]
    return ComplaintGroup(
        key=key,
        name=name,
        total=len(told),
        open=len(unfinished),
        urgent=sum(one.complaint.level == Level.URGENT for one in unfinished),
        overdue=sum(_overdue(one) for one in unfinished),
        answered=len(waits),
        days_to_answer=round(median(waits), 1) if waits else None,
    )


def _overdue(told: _Told) -> bool:
    due = told.complaint.due_on
    return due is not None and due < told.day
