"""What people do with a case. Each act leaves an event in the case and an entry in the audit log."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from api.audit.record import Who, record
from api.cases.deadlines import LIMITS, Unit
from api.cases.numbers import CHINA
from api.cases.reviews import standing_in_case
from api.cases.status import check_reviewed, check_step
from api.errors import ApiError
from api.store.accounts import Role, User
from api.store.base import now
from api.store.cases import CASE_STATUS_NAMES, Case, CaseEvent, CaseStatus

WORKING_ROLES = (Role.INSPECTOR, Role.SUPERVISOR, Role.ADMIN)
"""Whose desk a case may lie on."""


def today() -> date:
    """The day in China."""
    return now().astimezone(CHINA).date()


def change_status(
    session: Session,
    who: Who,
    case: Case,
    target: CaseStatus,
    *,
    reason: str,
    deadline: date | None = None,
) -> CaseEvent:
    """Take the case one step on. `deadline` None takes the limit that the law sets for the new status.

    Raises ApiError E660 (not the next step), E661 (not reviewed enough), E662 (a deadline must be given),
    E663 (it is past).
    """
    source = CaseStatus(case.status)
    check_step(source, target)
    check_reviewed(target, standing_in_case(session, case))
    due = _due(target, deadline)
    before = {"status": source.value, "deadline": _told(case.deadline)}
    case.status, case.deadline = target, due
    case.closed_at = now() if target is CaseStatus.CLOSED else None
    after = {"status": target.value, "deadline": _told(due)}
    details = {"from": before, "to": after}
    event = add_event(session, who, case, "status", reason=reason, details=details)
    record(session, who, "case.status", "case", case.id, before=before, after={**after, "reason": reason})
    return event


def _due(target: CaseStatus, deadline: date | None) -> date | None:
    if deadline is None and LIMITS[target].unit is Unit.SET_BY_PERSON:
        raise ApiError("E662", target=CASE_STATUS_NAMES[target])
    _check_future(deadline)
    return deadline or LIMITS[target].end(today())


def _check_future(deadline: date | None) -> None:
    if deadline is not None and deadline < today():
        raise ApiError("E663", deadline=deadline)


def set_deadline(session: Session, who: Who, case: Case, deadline: date | None, *, reason: str) -> CaseEvent:
    """Extend, shorten or lift the deadline. Raises ApiError E663, E664 (closed)."""
    check_open(case)
    _check_future(deadline)
    before, case.deadline = {"deadline": _told(case.deadline)}, deadline
    after = {"deadline": _told(deadline)}
    record(session, who, "case.deadline", "case", case.id, before=before, after={**after, "reason": reason})
    return add_event(session, who, case, "deadline", reason=reason, details={"from": before, "to": after})


def assign(
    session: Session, who: Who, case: Case, assignee: User | None, *, reason: str, kind: str = "assigned"
) -> CaseEvent:
    """Put the case on someone's desk, or on none. Raises ApiError E664 (closed), E665 (not their work).

    `kind` of the event: assigned, or handover where all of an officer's cases went.
    """
    check_open(case)
    if assignee is not None:
        check_assignee(assignee)
    before = {"assignee_id": case.assignee_id}
    case.assignee = assignee
    after = {"assignee_id": assignee.id if assignee else None}
    record(session, who, "case.assign", "case", case.id, before=before, after={**after, "reason": reason})
    return add_event(session, who, case, kind, reason=reason, details={"from": before, "to": after})


def check_assignee(user: User) -> None:
    """Raises ApiError E665 for someone who works on no cases, or no longer."""
    if not user.active or Role(user.role) not in WORKING_ROLES:
        raise ApiError("E665", name=user.name)


def set_labels(session: Session, who: Who, case: Case, labels: list[str]) -> CaseEvent:
    """Replace the labels; each once, in the order given."""
    before, case.labels = {"labels": case.labels}, list(dict.fromkeys(labels))
    after = {"labels": case.labels}
    record(session, who, "case.labels", "case", case.id, before=before, after=after)
    return add_event(session, who, case, "labels", details={"from": before, "to": after})


def note(session: Session, who: Who, case: Case, text: str) -> CaseEvent:
    """Add an internal note. It is in no evidence pack, and the audit log says only that there is one."""
    event = add_event(session, who, case, "note", reason=text)
    record(session, who, "case.note", "case", case.id, after={"event_id": event.id})
    return event


def check_open(case: Case) -> None:
    """Raises ApiError E664 for a case that is closed."""
    if case.status == CaseStatus.CLOSED:
        raise ApiError("E664", number=case.number)


def add_event(
    session: Session,
    who: Who,
    case: Case,
    kind: str,
    *,
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> CaseEvent:
    """Write a step into the case."""
    user_id = who.user_id or None
    event = CaseEvent(case_id=case.id, user_id=user_id, kind=kind, reason=reason, details=details or {})
    session.add(event)
    session.flush()
    session.expire(case, ["events"])
    return event


def _told(day: date | None) -> str | None:
    return day.isoformat() if day else None
