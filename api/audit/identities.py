"""Who made a report is forgotten once the report was closed for long enough."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from api.audit.record import Who, record_each
from api.store.base import now
from api.store.blobs import Blobs
from api.store.complaints import Complaint, ComplaintEvent, ComplaintMaterial, ReporterIdentity
from api.store.engine import Store


def outlived_identities(session: Session, before: datetime) -> int:
    """Of reports closed before then, how many reporters are still known."""
    return session.scalar(select(func.count()).select_from(_outlived(before).subquery())) or 0


def erase(store: Store, blobs: Blobs, who: Who, before: datetime, at_once: int) -> int:
    """Erase up to `at_once` of them with their sealed files; how many. Masked texts and checksums stay."""
    with store.session() as session:
        kept = list(session.scalars(_outlived(before).limit(at_once)))
        ids = [one.complaint_id for one in kept]
        for one in kept:
            one.sealed, one.erased_at = "", now()
            event = ComplaintEvent(complaint_id=one.complaint_id, kind="identity_erased", details={})
            session.add(event)
        files = _unseal(session, ids)
        if ids:
            after = {"closed_before": before.isoformat()}
            record_each(session, who, "complaint.identity_erased", "complaint", ids, after=after)
    for name in files:
        blobs.delete(name)
    return len(ids)


def _outlived(before: datetime) -> Select[ReporterIdentity]:
    closed = Complaint.closed_at < before, ReporterIdentity.erased_at.is_(None)
    joined = select(ReporterIdentity).join(Complaint, Complaint.id == ReporterIdentity.complaint_id)
    return joined.where(*closed).order_by(ReporterIdentity.complaint_id)


def _unseal(session: Session, complaint_ids: list[str]) -> list[str]:
    """Let go of the sealed files; their names in the blob store. Each was sealed anew, so none is shared."""
    materials = select(ComplaintMaterial).where(ComplaintMaterial.complaint_id.in_(complaint_ids))
    names = []
    for material in session.scalars(materials):
        if material.blob_sha256:
            names.append(material.blob_sha256)
        material.blob_sha256 = material.sealed_name = ""
    return names
