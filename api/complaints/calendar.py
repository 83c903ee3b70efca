"""Days of a month on which something falls due: a decision on acceptance, or a term that presses the reporter."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.complaints.deadlines import day_of
from api.complaints.status import FINISHED
from api.complaints.understanding import understanding_of
from api.store.complaints import Complaint
from scanner.complaint.timing import nearest_deadline


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day with the reports to decide on by then, and those whose reporter must act by then; by number."""

    day: date
    due: tuple[Complaint, ...]
    pressing: tuple[Complaint, ...]


def calendar(session: Session, user: Principal, month: date) -> list[CalendarDay]:
    """The days of the month that `month` lies in on which something falls due, as far as this user may see."""
    if not user.may(Permission.COMPLAINT_READ):
        return []
    first = month.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    due: dict[date, list[Complaint]] = defaultdict(list)
    pressing: dict[date, list[Complaint]] = defaultdict(list)
    query = select(Complaint).where(Complaint.status.not_in(FINISHED)).order_by(Complaint.number)
    for complaint in session.scalars(query):
        for days, day in ((due, complaint.due_on), (pressing, _told_term(complaint))):
            if day is not None and first <= day < after:
                days[day].append(complaint)
    return [CalendarDay(day, tuple(due[day]), tuple(pressing[day])) for day in sorted({*due, *pressing})]


def _told_term(complaint: Complaint) -> date | None:
    """The day by which the reporter must act, seen from the day on which the report came in."""
    deadline = nearest_deadline(understanding_of(complaint), day_of(complaint.received_at))
    return deadline.day if deadline else None
