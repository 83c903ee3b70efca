"""What officers do with a report. Each act leaves an event in it and an entry in the audit log."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.audit.record import Who, record
from api.complaints.deadlines import due_on
from api.complaints.identity import Identity, Vault
from api.complaints.masking import mask
from api.complaints.status import check_step
from api.errors import ApiError
from api.store.accounts import User
from api.store.base import now
from api.store.complaints import (
    Complaint,
    ComplaintEvent,
    ComplaintStatus,
    ReporterIdentity,
)
from scanner.complaint.channels import ReportKind
from scanner.complaint.urgency import Level


class Officer:
    """Someone at work on reports: whatever they type is masked before it is kept, so that no note or reason
    says who made a report."""

    def __init__(self, session: Session, vault: Vault, who: Who) -> None:
        self._session, self._vault, self._who = session, vault, who

    def change_status(self, complaint: Complaint, target: ComplaintStatus, *, reason: str) -> None:
        """Take it one step on. Raises ApiError E684."""
        source = ComplaintStatus(complaint.status)
        check_step(source, target)
        complaint.status = target
        complaint.due_on = due_on(complaint.kind, target, now())
        complaint.closed_at = now() if target in (ComplaintStatus.CLOSED, ComplaintStatus.SPAM) else None
        self._note(complaint, "status", reason, {"from": source.value, "to": target.value})

    def set_kind(self, complaint: Complaint, kind: ReportKind, *, reason: str) -> None:
        """Say whether it is a 投诉 or a 举报; the term to decide follows from that."""
        before, complaint.kind = complaint.kind, kind
        complaint.due_on = due_on(kind, ComplaintStatus(complaint.status), complaint.received_at)
        self._note(complaint, "kind", reason, {"from": before, "to": kind.value})

    def set_route(self, complaint: Complaint, route: str, *, reason: str) -> None:
        """Name the channel that is competent."""
        before, complaint.route = complaint.route, route
        complaint.route_reason = self._masked(complaint, reason)
        self._note(complaint, "route", reason, {"from": before, "to": route})

    def assign(self, complaint: Complaint, assignee: User | None, *, reason: str) -> None:
        """Put it on someone's desk, or on none."""
        before, complaint.assignee = complaint.assignee_id, assignee
        self._note(complaint, "assigned", reason, {"from": before, "to": assignee.id if assignee else None})

    def override_urgency(self, complaint: Complaint, level: Level | None, *, reason: str) -> None:
        """Put the officer's word over the computed level; None takes the word back."""
        before, complaint.urgency_override = complaint.level, level.value if level else None
        complaint.override_reason = self._masked(complaint, reason) if level else ""
        complaint.override_by = (self._who.user_id or None) if level else None
        complaint.level = level.value if level else complaint.urgency["level"]
        self._note(complaint, "override", reason, {"from": before, "to": complaint.level})

    def note(self, complaint: Complaint, text: str) -> ComplaintEvent:
        """An internal note."""
        return self._note(complaint, "note", text, {})

    def reply(self, complaint: Complaint, text: str) -> ComplaintEvent:
        """An answer that the reporter reads with number and passphrase."""
        return self._note(complaint, "reply", text, {})

    def handed_off(self, complaint: Complaint, *, reason: str) -> None:
        """Say that a masked copy went to another office."""
        self._note(complaint, "handoff", reason, {})

    def identity(self, complaint: Complaint, *, reason: str) -> Identity:
        """Who made it. The look is kept, whatever comes of it. Raises ApiError E690, E691."""
        found = self._opened(complaint)
        self._note(complaint, "identity_viewed", reason, {})
        return found

    def saw_original(self, complaint: Complaint, material: str, *, reason: str) -> None:
        """Say that a file was looked at as it came."""
        self._note(complaint, "identity_viewed", reason, {"material_id": material})

    def _opened(self, complaint: Complaint) -> Identity:
        kept = self._session.get_one(ReporterIdentity, complaint.id)
        if kept.erased_at is not None:
            raise ApiError("E691")
        return self._vault.open(kept.sealed)

    def _masked(self, complaint: Complaint, text: str) -> str:
        return masked_for(self._session, self._vault, complaint, text)

    def _note(self, complaint: Complaint, kind: str, reason: str, details: dict[str, Any]) -> ComplaintEvent:
        told = self._masked(complaint, reason)
        user_id = self._who.user_id or None
        event = ComplaintEvent(
            complaint_id=complaint.id, user_id=user_id, kind=kind, reason=told, details=details
        )
        self._session.add(event)
        self._session.flush()
        self._session.expire(complaint, ["events"])
        private = kind in _PRIVATE
        after = details | ({"event_id": event.id} if private else {"reason": told})
        record(self._session, self._who, _ACTIONS[kind], "complaint", complaint.id, after=after)
        return event


_PRIVATE = ("note", "reply")
"""Of these the audit log says only that they are there."""
_ACTIONS = {
    "status": "complaint.status",
    "kind": "complaint.kind",
    "route": "complaint.route",
    "assigned": "complaint.assign",
    "override": "complaint.urgency",
    "note": "complaint.note",
    "reply": "complaint.reply",
    "handoff": "complaint.handoff",
    "identity_viewed": "complaint.identity",
}


def masked_for(session: Session, vault: Vault, complaint: Complaint, text: str) -> str:
    """The text without this report's reporter; of an erased identity, without what reaches any person."""
    sealed = session.scalar(
        select(ReporterIdentity.sealed).where(ReporterIdentity.complaint_id == complaint.id)
    )
    known = vault.open(sealed) if sealed else Identity()
    return mask(text, known.name, known.contact)
