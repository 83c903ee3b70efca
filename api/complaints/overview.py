"""Reports in order, and how many there are of which kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from api.cases.workflow import today
from api.complaints.status import FINISHED
from api.store.complaints import Complaint
from scanner.complaint.urgency import Level


class ComplaintOrder(StrEnum):
    """What comes first."""

    URGENT = "urgent"
    NEWEST = "newest"
    DUE = "due"


_LEVEL = case({level.value: place for place, level in enumerate(Level)}, value=Complaint.level)
_ORDERS: dict[ComplaintOrder, tuple[Any, ...]] = {
    ComplaintOrder.URGENT: (_LEVEL, Complaint.due_on.is_(None), Complaint.due_on, Complaint.number.desc()),
    ComplaintOrder.NEWEST: (Complaint.number.desc(),),
    ComplaintOrder.DUE: (Complaint.due_on.is_(None), Complaint.due_on, Complaint.number.desc()),
}
_NAMES = (
    joinedload(Complaint.employer),
    joinedload(Complaint.assignee),
    joinedload(Complaint.identity),
    selectinload(Complaint.materials),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many reports fit: all, those that are not finished, and of those the urgent and the overdue."""

    total: int
    open: int
    urgent: int
    overdue: int
    by_status: dict[str, int] = field(default_factory=dict)


def in_order(criteria: Sequence[ColumnElement[bool]], order: ComplaintOrder) -> Select[Complaint]:
    """The reports that fit, with what is shown of them in lists."""
    return select(Complaint).options(*_NAMES).where(*criteria).order_by(*_ORDERS[order])


def counts(session: Session, criteria: Sequence[ColumnElement[bool]]) -> Counts:
    """In one query."""
    unfinished = Complaint.status.not_in(FINISHED)
    urgent = func.count().filter(unfinished, Complaint.level == Level.URGENT)
    overdue = func.count().filter(unfinished, Complaint.due_on < today())
    query = (
        select(Complaint.status, func.count(), urgent, overdue).where(*criteria).group_by(Complaint.status)
    )
    rows = session.execute(query).all()
    by_status = {str(status): count for status, count, _, _ in rows}
    return Counts(
        sum(by_status.values()),
        sum(count for status, count in by_status.items() if status not in FINISHED),
        sum(row[2] for row in rows),
        sum(row[3] for row in rows),
        by_status,
    )
