"""Findings again, after a case of the same employer was corrected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.cases.numbers import CHINA
from api.cases.reviews import last_word
from api.store.ads import AdVersion, Decision, StoredAd, StoredFinding
from api.store.cases import Case, CaseEvent, CaseFinding, CaseStatus
from scanner.findings import Disposition

_UPHELD = (None, Decision.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Repeat:
    """What was found after the first correction in one case.

    `findings` in `ads`, of them `alike` of a category that the case was about. An ad posted before the day of
    the correction is no repetition: its findings are `earlier`. What people dismissed is in none of these.
    """

    case_id: str
    number: str
    corrected_at: datetime
    findings: int
    ads: int
    alike: int
    earlier: int
    last_found: datetime | None


@dataclass(frozen=True, slots=True)
class _Later:
    category: str
    ad_id: str
    posted_on: date | None
    found_at: datetime


def repeats(session: Session, employer_id: str) -> list[Repeat]:
    """One entry for each case that was corrected, also where nothing was found since; by number."""
    corrected = _corrected(session, employer_id)
    if not corrected:
        return []
    later = _found_since(session, employer_id, min(corrected.values()))
    cases = session.scalars(select(Case).where(Case.id.in_(corrected)).order_by(Case.number)).all()
    about = _categories(session, corrected)
    return [_repeat(case, corrected[case.id], about.get(case.id, set()), later) for case in cases]


def _corrected(session: Session, employer_id: str) -> dict[str, datetime]:
    """Case → when it was first said to be corrected."""
    query = (
        select(CaseEvent.case_id, CaseEvent.details, CaseEvent.created_at)
        .join(Case, Case.id == CaseEvent.case_id)
        .where(Case.employer_id == employer_id, CaseEvent.kind == "status")
        .order_by(CaseEvent.created_at)
    )
    found: dict[str, datetime] = {}
    for case_id, details, at in session.execute(query):
        if details["to"]["status"] == CaseStatus.RECTIFIED:
            found.setdefault(case_id, at)
    return found


def _categories(session: Session, case_ids: Iterable[str]) -> dict[str, set[str]]:
    query = (
        select(CaseFinding.case_id, StoredFinding.category)
        .join(StoredFinding, StoredFinding.id == CaseFinding.finding_id)
        .where(CaseFinding.case_id.in_(list(case_ids)))
        .distinct()
    )
    about: dict[str, set[str]] = {}
    for case_id, category in session.execute(query):
        about.setdefault(case_id, set()).add(category)
    return about


def _found_since(session: Session, employer_id: str, since: datetime) -> list[_Later]:
    columns: tuple[Any, ...] = (StoredFinding.category, StoredFinding.ad_id, AdVersion.posted_on)
    query = (
        select(*columns, StoredFinding.created_at, last_word())
        .join(StoredAd, StoredAd.id == StoredFinding.ad_id)
        .join(AdVersion, AdVersion.id == StoredFinding.version_id)
        .where(StoredAd.employer_id == employer_id, StoredFinding.created_at > since)
        .where(StoredFinding.disposition != Disposition.EXEMPT)
    )
    return [_Later(*row) for *row, decision in session.execute(query) if decision in _UPHELD]


def _repeat(case: Case, at: datetime, about: set[str], later: Iterable[_Later]) -> Repeat:
    since = [one for one in later if one.found_at > at]
    day = at.astimezone(CHINA).date()
    again = [one for one in since if one.posted_on is None or one.posted_on >= day]
    return Repeat(
        case_id=case.id,
        number=case.number,
        corrected_at=at,
        findings=len(again),
        ads=len({one.ad_id for one in again}),
        alike=sum(one.category in about for one in again),
        earlier=len(since) - len(again),
        last_found=max((one.found_at for one in again), default=None),
    )
