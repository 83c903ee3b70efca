"""Counts with reach: how many findings and cases, and how many ads, employers and publishers behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.cases.periods import Period, period_of
from api.cases.status import OPEN
from api.cases.workflow import today
from api.store.accounts import User
from api.store.ads import Employer, Publisher, Review, StoredAd, StoredFinding
from api.store.cases import CASE_STATUS_NAMES, Case, CaseFinding
from scanner.findings import CATEGORY_NAMES, DIRECTION_NAMES, DISPOSITION_NAMES, SEVERITY_NAMES, Disposition

MAX_GROUPS = 200
"""Groups in one answer: those with most ads, or the latest periods."""


class FindingBy(StrEnum):
    """What findings are counted by; periods are those in which they were found."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    CATEGORY = "category"
    DIRECTION = "direction"
    DISPOSITION = "disposition"
    SEVERITY = "severity"
    EMPLOYER = "employer"
    PUBLISHER = "publisher"


class CaseBy(StrEnum):
    """What cases are counted by; periods are those in which they were opened."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    STATUS = "status"
    EMPLOYER = "employer"
    PUBLISHER = "publisher"
    CATEGORY = "category"
    ASSIGNEE = "assignee"


@dataclass(frozen=True, slots=True)
class Group:
    """One row: the group's key (None: not known), its Chinese name, its counts."""

    key: str | None
    name: str
    counts: dict[str, int]


_NAMES: dict[str, Mapping[Any, str]] = {
    "category": CATEGORY_NAMES,
    "direction": DIRECTION_NAMES,
    "disposition": DISPOSITION_NAMES,
    "severity": SEVERITY_NAMES,
    "status": CASE_STATUS_NAMES,
}
_TITLES: dict[str, tuple[InstrumentedAttribute[str], InstrumentedAttribute[str], str]] = {
    "employer": (Employer.id, Employer.name, "用人单位不详"),
    "publisher": (Publisher.id, Publisher.name, "发布者不详"),
    "assignee": (User.id, User.display_name, "未分派"),
}
_PERIODS = {period.value for period in Period}
_REACH = {
    "ads": func.count(StoredAd.id.distinct()),
    "groups": func.count(StoredAd.group_id.distinct()),
    "employers": func.count(StoredAd.employer_id.distinct()),
    "publishers": func.count(StoredAd.publisher_id.distinct()),
}


def _when(condition: ColumnElement[bool], column: Any) -> ColumnElement[int]:
    return func.count(case((condition, column)).distinct())


def finding_statistics(
    session: Session, by: FindingBy, criteria: Sequence[ColumnElement[bool]]
) -> list[Group]:
    """Findings that fit, in groups. Exempt ones count only where they are grouped by disposition."""
    spoken = exists().where(Review.finding_id == StoredFinding.id)
    counts = {
        "findings": func.count(StoredFinding.id.distinct()),
        "violations": _when(StoredFinding.disposition == Disposition.VIOLATION, StoredFinding.id),
        "reviewed": _when(spoken, StoredFinding.id),
        **_REACH,
    }
    columns = {"employer": StoredAd.employer_id, "publisher": StoredAd.publisher_id}
    key: Any = columns.get(by.value, getattr(StoredFinding, by.value, None))
    if by.value in _PERIODS:
        key = period_of(session, StoredFinding.created_at, Period(by.value))
    query = (
        select(key, *counts.values())
        .select_from(StoredFinding)
        .join(StoredAd, StoredAd.id == StoredFinding.ad_id)
    )
    if by is not FindingBy.DISPOSITION:
        query = query.where(StoredFinding.disposition != Disposition.EXEMPT)
    return _groups(session, query.where(*criteria), key, by.value, list(counts))


def case_statistics(session: Session, by: CaseBy, criteria: Sequence[ColumnElement[bool]]) -> list[Group]:
    """Cases that fit, in groups; a case over several categories or publishers counts in each."""
    counts = {
        "cases": func.count(Case.id.distinct()),
        "open": _when(Case.status.in_(OPEN), Case.id),
        "overdue": _when(Case.deadline < today(), Case.id),
        **_REACH,
    }
    columns = {
        "status": Case.status,
        "employer": Case.employer_id,
        "publisher": StoredAd.publisher_id,
        "category": StoredFinding.category,
        "assignee": Case.assignee_id,
    }
    key: Any = columns.get(by.value)
    if by.value in _PERIODS:
        key = period_of(session, Case.created_at, Period(by.value))
    query = (
        select(key, *counts.values())
        .select_from(Case)
        .outerjoin(CaseFinding, CaseFinding.case_id == Case.id)
        .outerjoin(StoredFinding, StoredFinding.id == CaseFinding.finding_id)
        .outerjoin(StoredAd, StoredAd.id == StoredFinding.ad_id)
    )
    return _groups(session, query.where(*criteria), key, by.value, list(counts))


def _groups(session: Session, query: Any, key: Any, by: str, names: list[str]) -> list[Group]:
    order = key.desc() if by in _PERIODS else func.count(StoredAd.id.distinct()).desc()
    rows = session.execute(query.group_by(key).order_by(order, key).limit(MAX_GROUPS)).all()
    told = _told(session, by, [row[0] for row in rows])
    return [Group(row[0], told(row[0]), dict(zip(names, row[1:], strict=True))) for row in rows]


def _told(session: Session, by: str, keys: list[str | None]) -> Any:
    """How a group's key is called."""
    if by not in _TITLES:
        return lambda key: _NAMES.get(by, {}).get(key, key)
    key_column, name_column, unknown = _TITLES[by]
    named = select(key_column, name_column).where(key_column.in_([key for key in keys if key]))
    names = dict(session.execute(named).all())
    return lambda key: names.get(key, unknown)
