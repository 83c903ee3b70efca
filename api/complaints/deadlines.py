"""Until when a report must be decided on."""

from __future__ import annotations

from datetime import date, datetime

from api.cases.numbers import CHINA
from api.cases.working_days import after_working_days
from api.store.complaints import ComplaintStatus
from scanner.complaint.channels import ReportKind, load_channels


def due_on(kind: ReportKind | None, status: ComplaintStatus, received_at: datetime) -> date | None:
    """The last day to decide on acceptance, where the law sets a term for this kind and it is not decided yet."""
    if kind is None or status != ComplaintStatus.RECEIVED:
        return None
    days = load_channels().kind(ReportKind(kind)).working_days
    return after_working_days(day_of(received_at), days) if days else None


def day_of(at: datetime) -> date:
    """The day in China."""
    return at.astimezone(CHINA).date()
