"""Files of a report, as whoever reads the report may see them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Response, UploadFile
from sqlalchemy.orm import Session

from api.audit.record import record
from api.auth.scope import fetch
from api.complaints.adding import add_to
from api.complaints.materials import Upload, original
from api.complaints.pictures import redrawn
from api.deps import ServicesDep, SessionDep
from api.errors import ApiError
from api.routes.complaints import KIND, Reader, Writer
from api.schemas.complaints import MaterialView
from api.schemas.ids import ObjectId
from api.store.complaints import Complaint, ComplaintMaterial

router = APIRouter(prefix="/v1/complaints", tags=["投诉举报"])


def material_of(session: Session, complaint: Complaint, material_id: str) -> ComplaintMaterial:
    """The file of this report. Raises ApiError E610."""
    material = session.get(ComplaintMaterial, material_id)
    if material is None or material.complaint_id != complaint.id:
        raise ApiError("E610", id=material_id, kind="材料")
    return material


@router.post("/{complaint_id}/materials", status_code=201, summary="添加材料")
def add_material(
    complaint_id: ObjectId,
    user: Writer,
    services: ServicesDep,
    file: Annotated[UploadFile, File(description="png、jpg、webp、pdf、txt")],
) -> MaterialView:
    """Sealed before it is stored."""
    with services.store.reading() as session:
        fetch(session, Complaint, complaint_id, user, kind=KIND)
    upload = Upload(file.filename or "", file.file.read(services.settings.max_material_bytes + 1))
    add_to(services, user, complaint_id, "", [upload])
    with services.store.reading() as session:
        return MaterialView.of(session.get_one(Complaint, complaint_id).materials[-1])


@router.get("/{complaint_id}/materials/{material_id}", summary="查看材料（已遮盖）")
def read_material(
    complaint_id: ObjectId, material_id: ObjectId, user: Reader, session: SessionDep
) -> MaterialView:
    """What was read in it."""
    complaint = fetch(session, Complaint, complaint_id, user, kind=KIND)
    material = material_of(session, complaint, material_id)
    record(session, user, "complaint.material_read", "complaint", complaint.id, after=_told(material))
    return MaterialView.of(material)


@router.get(
    "/{complaint_id}/materials/{material_id}/picture", summary="查看图片（已遮盖）", response_class=Response
)
def read_picture(
    complaint_id: ObjectId, material_id: ObjectId, user: Reader, services: ServicesDep
) -> Response:
    """Drawn anew: what tells who reported is black, findings are framed, nothing is left of metadata."""
    with services.store.session() as session:
        complaint = fetch(session, Complaint, complaint_id, user, kind=KIND)
        material = material_of(session, complaint, material_id)
        record(session, user, "complaint.material_read", "complaint", complaint.id, after=_told(material))
    data = original(services.blobs, services.vault, material).data if material.picture else b""
    return Response(redrawn(data, material.picture), media_type="image/png")


def _told(material: ComplaintMaterial) -> dict[str, int]:
    return {"number": material.number}
