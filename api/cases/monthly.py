"""What a month brought: findings, ads, cases, and the month before for comparison."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import visible
from api.cases.overview import Overview, overview
from api.cases.periods import Period, midnight
from api.cases.statistics import FindingBy, finding_statistics
from api.schemas.statistics_filters import StatisticsFilters
from api.store.ads import StoredAd, StoredFinding
from api.store.cases import Case, CaseEvent, CaseStatus

STEPS = (
    CaseStatus.VERIFIED,
    CaseStatus.INTERVIEW,
    CaseStatus.RECTIFICATION_ORDER,
    CaseStatus.TRANSFERRED,
    CaseStatus.RECTIFIED,
    CaseStatus.REFUSED,
    CaseStatus.CLOSED,
)
"""What is reported of cases, in the order of their course."""


@dataclass(frozen=True, slots=True)
class Monthly:
    """The report. `steps`: how many cases came to each status; None where cases are not for this reader."""

    first: date
    last: date
    found: Overview
    before: dict[str, int]
    ads_seen: int
    ads_new: int
    opened: int | None
    steps: dict[CaseStatus, int] | None


def monthly(session: Session, user: Principal, month: date) -> Monthly:
    """Of the month that `month` lies in, as far as this user may see."""
    first, last = _span(month)
    filters = StatisticsFilters(first=first, last=last, period=Period.WEEK)
    criteria = filters.findings().criteria(), filters.cases().criteria(session)
    since, until = midnight(first), midnight(last + timedelta(days=1))
    told_cases = user.may(Permission.CASE_READ)
    return Monthly(
        first=first,
        last=last,
        found=overview(session, user, *criteria, Period.WEEK),
        before=_before(session, user, first),
        ads_seen=_ads(session, user, StoredAd.last_seen >= since, StoredAd.first_seen < until),
        ads_new=_ads(session, user, StoredAd.first_seen >= since, StoredAd.first_seen < until),
        opened=_opened(session, user, since, until) if told_cases else None,
        steps=_steps(session, since, until) if told_cases else None,
    )


def neighbours(first: date) -> tuple[date, date]:
    """The months before and after, by their first days."""
    return _span(first - timedelta(days=1))[0], _span(first)[1] + timedelta(days=1)


def _span(month: date) -> tuple[date, date]:
    first = month.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _before(session: Session, user: Principal, first: date) -> dict[str, int]:
    start, end = _span(first - timedelta(days=1))
    criteria = StatisticsFilters(first=start, last=end).findings().criteria()
    found = finding_statistics(session, [FindingBy.ALL], [visible(StoredFinding, user), *criteria])
    return found[FindingBy.ALL][0].counts if found[FindingBy.ALL] else {}


def _ads(session: Session, user: Principal, *when: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(StoredAd).where(visible(StoredAd, user), *when)
    return session.scalar(query) or 0


def _opened(session: Session, user: Principal, since: datetime, until: datetime) -> int:
    when = Case.created_at >= since, Case.created_at < until
    return session.scalar(select(func.count()).select_from(Case).where(visible(Case, user), *when)) or 0


def _steps(session: Session, since: datetime, until: datetime) -> dict[CaseStatus, int]:
    when = CaseEvent.created_at >= since, CaseEvent.created_at < until
    events = session.execute(
        select(CaseEvent.case_id, CaseEvent.details).where(CaseEvent.kind == "status", *when)
    )
    reached = {(case_id, details["to"]["status"]) for case_id, details in events}
    return {status: sum(to == status for _, to in reached) for status in STEPS}
