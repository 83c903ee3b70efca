"""Original files of uploads that nothing needs any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from api.store.ads import Capture, StoredFinding
from api.store.batches import Batch
from api.store.blobs import Blobs
from api.store.cases import Attachment, CaseFinding
from api.store.complaints import ComplaintMaterial


def outlived_files(session: Session, blobs: Blobs, before: datetime) -> list[str]:
    """Names of the files last put before then that are no evidence, no attachment, no material of a report and no batch's input."""
    needed = _needed(session, before)
    return [name for name in blobs.older_than(before) if name not in needed]


def _needed(session: Session, before: datetime) -> set[str]:
    in_cases = select(StoredFinding.ad_id).join(CaseFinding, CaseFinding.finding_id == StoredFinding.id)
    evidence = select(Capture.source_sha256).where(Capture.ad_id.in_(in_cases))
    recent = or_(Batch.finished_at.is_(None), Batch.finished_at >= before)
    inputs = select(Batch.file_sha256).where(recent)
    sealed = select(ComplaintMaterial.blob_sha256).where(ComplaintMaterial.blob_sha256 != "")
    return {
        name
        for names in (evidence.distinct(), inputs, select(Attachment.sha256), sealed)
        for name in session.scalars(names)
    }
