"""Cases in order, as a list and as a board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from api.store.cases import Case, CaseStatus


class CaseOrder(StrEnum):
    """What comes first: the newest case, or the one whose deadline ends first."""

    NEWEST = "newest"
    DEADLINE = "deadline"


_ORDERS: dict[CaseOrder, tuple[Any, ...]] = {
    CaseOrder.NEWEST: (Case.number.desc(),),
    CaseOrder.DEADLINE: (Case.deadline.is_(None), Case.deadline, Case.number.desc()),
}
_NAMES = joinedload(Case.employer), joinedload(Case.assignee)


@dataclass(slots=True)
class Column:
    """One status on the board: how many cases fit, and the most urgent of them."""

    status: CaseStatus
    total: int = 0
    cases: list[Case] = field(default_factory=list)


def in_order(criteria: Sequence[ColumnElement[bool]], order: CaseOrder) -> Select[Case]:
    """The cases that fit, with the names that are shown of them."""
    return select(Case).options(*_NAMES).where(*criteria).order_by(*_ORDERS[order])


def board(session: Session, criteria: Sequence[ColumnElement[bool]], depth: int) -> list[Column]:
    """A column for every status, each with at most `depth` cases, the nearest deadline first."""
    place = func.row_number().over(partition_by=Case.status, order_by=_ORDERS[CaseOrder.DEADLINE])
    total = func.count().over(partition_by=Case.status)
    ranked = select(Case.id, place.label("place"), total.label("total")).where(*criteria).subquery()
    query = (
        select(Case, ranked.c.total)
        .join(ranked, ranked.c.id == Case.id)
        .where(ranked.c.place <= depth)
        .order_by(ranked.c.place)
        .options(*_NAMES)
    )
    columns = {status: Column(status) for status in CaseStatus}
    for case, count in session.execute(query):
        column = columns[CaseStatus(case.status)]
        column.total = count
        column.cases.append(case)
    return list(columns.values())
