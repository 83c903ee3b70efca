"""Which employer, ads, reports and cases a report belongs to: the program suggests, a person joins."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.audit.record import Who, record
from api.complaints.deadlines import day_of
from api.complaints.likely_ads import likely_ads
from api.complaints.likely_employers import likely_employers
from api.complaints.likely_reports import likely_cases, likely_reports
from api.complaints.suggestion import Suggestion
from api.complaints.understanding import Understood, understanding_of
from api.intake.employers import employer_ids, normalise_employer
from api.store.complaints import (
    Complaint,
    ComplaintEvent,
    ComplaintLink,
    ComplaintStatus,
    LinkKind,
    LinkStatus,
)


def suggest(session: Session, complaint: Complaint) -> list[Suggestion]:
    """What the report may belong to, kind by kind, the likeliest first. Nothing is stored."""
    employers = likely_employers(session, complaint)
    likely = [one.target_id for one in employers]
    own = [complaint.employer_id] if complaint.employer_id else []
    ads = likely_ads(session, complaint, [*own, *likely])
    cases = likely_cases(session, complaint, ads)
    return [*employers, *ads, *likely_reports(session, complaint, likely), *cases]


def offer(session: Session, complaint: Complaint) -> list[ComplaintLink]:
    """Store what is suggested now; what a person decided stays, a suggestion that no longer holds goes."""
    known = {(str(link.kind), link.target_id): link for link in complaint.links}
    made = {(str(one.kind), one.target_id): one for one in suggest(session, complaint)}
    for key, link in known.items():
        if link.status == LinkStatus.SUGGESTED and key not in made:
            session.delete(link)
    for key, one in made.items():
        link = known.get(key) or ComplaintLink(
            complaint_id=complaint.id, kind=one.kind, target_id=one.target_id, status=LinkStatus.SUGGESTED
        )
        if link.status == LinkStatus.SUGGESTED:
            link.score, link.reasons = one.score, list(one.reasons)
            session.add(link)
    session.flush()
    session.expire(complaint, ["links"])
    return complaint.links


def decide(session: Session, who: Who, link: ComplaintLink, *, joined: bool) -> ComplaintEvent:
    """Join what was suggested, or say that it does not belong; either may be changed later.

    A joined employer or case becomes that of the report, and its urgency is weighed anew.
    """
    complaint = session.get_one(Complaint, link.complaint_id)
    before = link.status
    link.status = LinkStatus.JOINED if joined else LinkStatus.DISMISSED
    link.decided_by = who.user_id or None
    if joined or before == LinkStatus.JOINED:
        _carry_over(session, complaint, link, joined)
    details = {
        "kind": str(link.kind),
        "target_id": link.target_id,
        "from": str(before),
        "to": str(link.status),
    }
    kind, action = ("linked", "complaint.link") if joined else ("unlinked", "complaint.unlink")
    event = ComplaintEvent(complaint_id=complaint.id, user_id=link.decided_by, kind=kind, details=details)
    session.add(event)
    session.flush()
    session.expire(complaint, ["events"])
    record(session, who, action, "complaint", complaint.id, after=details)
    return event


def earlier_reports(session: Session, employer_id: str, before: datetime) -> int:
    """How many reports on the employer came in before, spam left out."""
    serious = Complaint.status != ComplaintStatus.SPAM
    on_employer = Complaint.employer_id == employer_id, Complaint.received_at < before
    return session.scalar(select(func.count()).where(serious, *on_employer)) or 0


def _carry_over(session: Session, complaint: Complaint, link: ComplaintLink, joined: bool) -> None:
    """What is let go is taken back only where it still holds."""
    if link.kind == LinkKind.CASE and (joined or complaint.case_id == link.target_id):
        complaint.case_id = link.target_id if joined else None
    if link.kind == LinkKind.EMPLOYER and (joined or complaint.employer_id == link.target_id):
        complaint.employer_id = link.target_id if joined else _as_written(session, complaint.employer_name)
        _weigh(session, complaint)


def _as_written(session: Session, name: str) -> str | None:
    return employer_ids(session, [name]).get(normalise_employer(name))


def _weigh(session: Session, complaint: Complaint) -> None:
    """The urgency with the employer that it has now; an officer's own word stands."""
    session.flush()
    employer_id, at = complaint.employer_id, complaint.received_at
    reports = earlier_reports(session, employer_id, at) if employer_id else 0
    read = Understood(understanding_of(complaint), complaint.masked_text)
    complaint.urgency = read.urgency(day_of(at), reports)
    complaint.level = complaint.urgency_override or complaint.urgency["level"]
