"""Reports put straight into the store, understood by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from api.auth.principal import Principal, principal_of
from api.intake.employers import employer_ids, normalise_employer
from api.store.accounts import Role, User
from api.store.base import new_id
from api.store.complaints import Channel, Complaint, ComplaintMaterial, ComplaintStatus
from scanner.complaint.understanding import Fact, Signal, Stage, Understanding
from tests.complaint.told import told

RECEIVED = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
EMPLOYER = "沈阳样例电子有限公司"


def a_complaint(
    session: Session,
    *,
    employer: str = EMPLOYER,
    categories: Sequence[str] = ("gender_restriction",),
    stages: Sequence[Stage] = (Stage.INTERVIEW,),
    when: str = "",
    deadline: str = "",
    at: datetime = RECEIVED,
    **columns: Any,
) -> Complaint:
    """A stored report. `when` and `deadline` are the words that tell of a day."""
    key = new_id()
    understanding = told(
        stages=stages,
        employer=employer,
        facts=[(Fact.EVENT_DATE, when)] if when else [],
        signals=[(Signal.DEADLINE, deadline)] if deadline else [],
    )
    given: dict[str, Any] = {
        "number": f"T2026-{key[:6]}",
        "channel": Channel.PHONE,
        "status": ComplaintStatus.RECEIVED,
        "masked_text": "面试时说只要男的。",
        "text_key": key,
        "understanding": TypeAdapter(Understanding).dump_python(understanding, mode="json"),
        "urgency": {"score": 0, "level": "normal", "factors": []},
        "level": "normal",
        "categories": list(categories),
        "suspicions": [],
        "employer_name": employer,
        "employer_id": employer_ids(session, [employer]).get(normalise_employer(employer)),
        "received_at": at,
    }
    complaint = Complaint(**(given | columns))
    session.add(complaint)
    session.flush()
    return complaint


def a_material(session: Session, complaint: Complaint, **columns: Any) -> None:
    """A file of the report."""
    given: dict[str, Any] = {
        "number": 1,
        "media_type": "image/png",
        "sha256": new_id(),
        "size": 1,
        "blob_sha256": "",
        "sealed_name": "",
        "picture": {},
    }
    session.add(ComplaintMaterial(complaint_id=complaint.id, **(given | columns)))
    session.flush()


def an_officer(session: Session, role: Role = Role.COMPLAINT_DESK) -> Principal:
    """A user at work."""
    user = User(name=f"u-{new_id()[:8]}", role=role, password_hash="")
    session.add(user)
    session.flush()
    return principal_of(user, "")
