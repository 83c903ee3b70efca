"""Files of a case: attachments, and the evidence pack."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, UploadFile
from fastapi.responses import FileResponse

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import fetch
from api.cases import attachments, evidence
from api.cases.workflow import add_event
from api.deps import ServicesDep, SessionDep
from api.errors import ApiError
from api.exports.download import DOWNLOAD_ONLY, sent, temporary_file
from api.schemas.cases import AttachmentView
from api.schemas.ids import ObjectId
from api.store.cases import Attachment, Case
from scanner.report.evidence import pack

router = APIRouter(prefix="/v1", tags=["案件"])
Reader = Annotated[Principal, Depends(allowed(Permission.CASE_READ))]
Writer = Annotated[Principal, Depends(allowed(Permission.CASE_WRITE))]
Exporter = Annotated[Principal, Depends(allowed(Permission.EXPORT))]


@router.post("/cases/{case_id}/attachments", status_code=201, summary="添加附件")
def add_attachment(
    case_id: ObjectId,
    user: Writer,
    services: ServicesDep,
    session: SessionDep,
    file: Annotated[UploadFile, File(description="pdf、png、jpg、docx、xlsx、zip、mp4、txt")],
) -> AttachmentView:
    """Kept under its SHA-256; kind and size are checked."""
    case = fetch(session, Case, case_id, user, kind="案件")
    limit = services.settings.max_attachment_bytes
    name = file.filename or ""
    made = attachments.attach(session, services.blobs, user, case, name, file.file, limit)
    return AttachmentView.of(made)


@router.get("/cases/{case_id}/attachments/{attachment_id}", summary="下载附件", response_class=FileResponse)
def download_attachment(
    case_id: ObjectId, attachment_id: ObjectId, user: Reader, services: ServicesDep, session: SessionDep
) -> FileResponse:
    """As a download only: a browser neither shows nor runs it."""
    case = fetch(session, Case, case_id, user, kind="案件")
    attachment = session.get(Attachment, attachment_id)
    place = services.blobs.path(attachment.sha256) if attachment and attachment.case_id == case.id else None
    if attachment is None or place is None:
        raise ApiError("E610", id=attachment_id, kind="附件")
    record(session, user, "case.attachment_read", "attachment", attachment.id)
    return FileResponse(
        place, media_type="application/octet-stream", filename=attachment.file_name, headers=DOWNLOAD_ONLY
    )


@router.get("/cases/{case_id}/evidence", summary="导出证据包", response_class=FileResponse)
def export_evidence(case_id: ObjectId, user: Exporter, services: ServicesDep) -> FileResponse:
    """A zip with a SHA-256 manifest; `pingzhao verify` checks it. Its digest is in the audit log."""
    with temporary_file(".zip") as place:
        with services.store.reading() as session, place.open("wb") as out:
            case = fetch(session, Case, case_id, user, kind="案件")
            files = evidence.members(session, case, services.blobs.path, services.scanner.versions)
            digest = pack(case.number, files, out)
        with services.store.session() as session:
            case = fetch(session, Case, case_id, user, kind="案件")
            add_event(session, user, case, "evidence", details={"digest": digest})
            record(session, user, "case.evidence", "case", case.id, after={"digest": digest})
    return sent(place, f"证据包-{case.number}.zip", "application/zip", {"X-Pingzhao-Digest": digest})
