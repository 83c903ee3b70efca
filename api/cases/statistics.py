"""Counts with reach: how many findings and cases, and how many ads, employers and publishers behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, case, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.cases.periods import Period, period_name, period_of
from api.cases.reviews import DECISION_NAMES, UNREVIEWED, last_word
from api.cases.status import OPEN
from api.cases.tally import LEFT_OUT, Row, Tally, tallied
from api.cases.workflow import today
from api.store.accounts import User
from api.store.ads import Employer, Publisher, StoredAd, StoredFinding
from api.store.cases import CASE_STATUS_NAMES, Case, CaseFinding
from scanner.findings import CATEGORY_NAMES, DIRECTION_NAMES, DISPOSITION_NAMES, SEVERITY_NAMES, Disposition

MAX_GROUPS = 200
"""Groups in one answer: those with most ads, or the latest periods."""


class FindingBy(StrEnum):
    """What findings are counted by; periods are those in which they were found."""

    ALL = "all"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    CATEGORY = "category"
    DIRECTION = "direction"
    DISPOSITION = "disposition"
    SEVERITY = "severity"
    DECISION = "decision"
    REGION = "region"
    EMPLOYER = "employer"
    PUBLISHER = "publisher"


class CaseBy(StrEnum):
    """What cases are counted by; periods are those in which they were opened."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    STATUS = "status"
    EMPLOYER = "employer"
    PUBLISHER = "publisher"
    REGION = "region"
    CATEGORY = "category"
    ASSIGNEE = "assignee"


@dataclass(frozen=True, slots=True)
class Group:
    """One row: the group's key (None: not known), its Chinese name, its counts."""

    key: str | None
    name: str
    counts: dict[str, int]


_NAMES: dict[str, Mapping[Any, str]] = {
    "all": {"all": "合计"},
    "category": CATEGORY_NAMES,
    "direction": DIRECTION_NAMES,
    "disposition": DISPOSITION_NAMES,
    "severity": SEVERITY_NAMES,
    "decision": {**DECISION_NAMES, None: UNREVIEWED},
    "region": {"": "地区不详", None: "地区不详"},
    "status": CASE_STATUS_NAMES,
}
_TITLES: dict[str, tuple[InstrumentedAttribute[str], SQLColumnExpression[str], str]] = {
    "employer": (Employer.id, Employer.name, "用人单位不详"),
    "publisher": (Publisher.id, Publisher.name, "发布者不详"),
    "assignee": (User.id, User.shown_name, "未分派"),
}
_PERIODS = {period.value for period in Period}
_REACH = {
    "ads": func.count(StoredAd.id.distinct()),
    "groups": func.count(StoredAd.group_id.distinct()),
    "employers": func.count(StoredAd.employer_id.distinct()),
    "publishers": func.count(StoredAd.publisher_id.distinct()),
    "regions": func.count(func.nullif(StoredAd.region, "").distinct()),
}


def finding_statistics(
    session: Session, ways: Sequence[FindingBy], criteria: Sequence[ColumnElement[bool]]
) -> dict[FindingBy, list[Group]]:
    """Findings that fit, grouped in each of these ways; they are read once for all of them.

    Exempt ones count only where they are grouped by disposition. The decision is the last of any person.
    """
    found = tallied(_rows(session, ways, criteria), len(ways))
    return {by: _ranked(session, by.value, tallies) for by, tallies in zip(ways, found, strict=True)}


def _rows(
    session: Session, ways: Sequence[FindingBy], criteria: Sequence[ColumnElement[bool]]
) -> Iterator[Row]:
    columns = _columns(session, ways)
    query = select(*columns.values()).select_from(StoredFinding).where(*criteria)
    if FindingBy.DISPOSITION not in ways:
        query = query.where(StoredFinding.disposition != Disposition.EXEMPT)
    places = [list(columns).index(by) for by in ways]
    told = [LEFT_OUT if by is not FindingBy.DISPOSITION else Disposition.EXEMPT for by in ways]
    for row in session.execute(query.join(StoredAd, StoredAd.id == StoredFinding.ad_id)):
        ad_id, group, employer, publisher, region, disposition, decision, *_ = row
        keys = told if disposition == Disposition.EXEMPT else [row[at] for at in places]
        yield ad_id, (group, employer, publisher, region), (disposition, decision), keys


def _columns(session: Session, ways: Sequence[FindingBy]) -> dict[str, Any]:
    """What is read of every finding; the keys of `ways` are among it."""
    known = {
        "ad": StoredFinding.ad_id,
        "group": StoredAd.group_id,
        FindingBy.EMPLOYER: StoredAd.employer_id,
        FindingBy.PUBLISHER: StoredAd.publisher_id,
        FindingBy.REGION: StoredAd.region,
        FindingBy.DISPOSITION: StoredFinding.disposition,
        FindingBy.DECISION: last_word(),
        FindingBy.ALL: literal("all"),
    }
    return known | {by: _own_column(session, by) for by in ways if by not in known}


def _own_column(session: Session, by: FindingBy) -> Any:
    if by.value in _PERIODS:
        return period_of(session, StoredFinding.created_at, Period(by.value))
    return getattr(StoredFinding, by.value)


def _ranked(session: Session, by: str, tallies: Mapping[str | None, Tally]) -> list[Group]:
    """Periods latest first, other groups by their ads; what is not known comes last."""
    keys = sorted(tallies, key=lambda key: key or "", reverse=by in _PERIODS)
    if by not in _PERIODS:
        keys.sort(key=lambda key: (not key and by != FindingBy.DECISION, -len(tallies[key].ads)))
    told = _told(session, by, keys[:MAX_GROUPS])
    return [Group(key, told(key), tallies[key].counts()) for key in keys[:MAX_GROUPS]]


def _when(condition: ColumnElement[bool], column: Any) -> ColumnElement[int]:
    return func.count(case((condition, column)).distinct())


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
        "region": StoredAd.region,
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
    if by in _PERIODS:
        return lambda key: period_name(key, Period(by))
    if by not in _TITLES:
        return lambda key: _NAMES.get(by, {}).get(key, key)
    key_column, name_column, unknown = _TITLES[by]
    named = select(key_column, name_column).where(key_column.in_([key for key in keys if key]))
    names = dict(session.execute(named).all())
    return lambda key: names.get(key, unknown)
