"""What is added to a report later, by whoever made it or by an officer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.audit.record import Who, record
from api.complaints.deadlines import due_on
from api.complaints.identity import Identity
from api.complaints.masking import mask
from api.complaints.materials import Material, Upload, look_at, stored
from api.complaints.status import FINISHED
from api.errors import ApiError
from api.intake.storable import storable_text
from api.state import Services
from api.store.base import now
from api.store.complaints import (
    Complaint,
    ComplaintEvent,
    ComplaintMaterial,
    ComplaintStatus,
    ReporterIdentity,
)


def add_to(services: Services, who: Who, complaint_id: str, text: str, files: Sequence[Upload]) -> None:
    """Seal words and files as they came, and keep them masked; what was waited for puts the report back to
    the beginning of its term.

    Raises ApiError E602, E692, E693 (files), E698 (nothing more is taken), E699 (nothing given).
    """
    said = storable_text(text).strip()
    if not said and not files:
        raise ApiError("E699")
    with services.store.reading() as session:
        known, held = _known(session, services, complaint_id), _held(session, complaint_id)
    materials = look_at(files, services.settings, services.scanner, known.name, known.contact, held=held)
    with services.store.session() as session:
        _add(session, services, who, complaint_id, said, materials)


def _known(session: Session, services: Services, complaint_id: str) -> Identity:
    """Who it is, for masking. Raises ApiError E698 where the report is finished or its identity erased."""
    complaint = session.get_one(Complaint, complaint_id)
    kept = session.get_one(ReporterIdentity, complaint_id)
    if complaint.status in FINISHED or kept.erased_at is not None:
        raise ApiError("E698", number=complaint.number)
    return services.vault.open(kept.sealed)


def _held(session: Session, complaint_id: str) -> int:
    highest = select(func.max(ComplaintMaterial.number)).where(ComplaintMaterial.complaint_id == complaint_id)
    return session.scalar(highest) or 0


def _add(
    session: Session,
    services: Services,
    who: Who,
    complaint_id: str,
    said: str,
    materials: Sequence[Material],
) -> None:
    complaint = session.get_one(Complaint, complaint_id, with_for_update=True)
    known, vault = _known(session, services, complaint_id), services.vault
    if said:
        told = replace(known, additions=[*known.additions, said])
        session.get_one(ReporterIdentity, complaint_id).sealed = vault.seal(told)
    first = _held(session, complaint_id) + 1
    session.add_all(stored(services.blobs, vault, complaint_id, materials, first))
    details = {"materials": len(materials)}
    event = ComplaintEvent(
        complaint_id=complaint_id,
        user_id=who.user_id or None,
        kind="material",
        reason=mask(said, known.name, known.contact),
        details=details,
    )
    session.add(event)
    if complaint.status == ComplaintStatus.MORE_NEEDED:
        complaint.status = ComplaintStatus.RECEIVED
        complaint.due_on = due_on(complaint.kind, ComplaintStatus.RECEIVED, now())
    record(session, who, "complaint.material", "complaint", complaint_id, after=details)
