"""Who made a report, and its files as they came: each look needs the permission, a reason, and is logged."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Response

from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.complaints.materials import original
from api.complaints.workflow import Officer
from api.deps import ServicesDep, SessionDep
from api.exports.download import DOWNLOAD_ONLY
from api.routes.complaint_materials import material_of
from api.routes.complaints import held
from api.schemas.complaints import IdentityView, ReasonIn
from api.schemas.ids import ObjectId

router = APIRouter(prefix="/v1/complaints", tags=["投诉举报"])
Confidant = Annotated[Principal, Depends(allowed(Permission.IDENTITY_VIEW))]


@router.post("/{complaint_id}/identity", summary="查看举报人身份和原文")
def view_identity(
    complaint_id: ObjectId, body: ReasonIn, user: Confidant, services: ServicesDep, session: SessionDep
) -> IdentityView:
    """Name, contact, and the words as they came."""
    complaint = held(session, complaint_id, user)
    found = Officer(session, services.vault, user).identity(complaint, reason=body.reason)
    return IdentityView.of(found)


@router.post(
    "/{complaint_id}/materials/{material_id}/original", summary="调阅材料原件", response_class=Response
)
def view_original(
    complaint_id: ObjectId,
    material_id: ObjectId,
    body: ReasonIn,
    user: Confidant,
    services: ServicesDep,
    session: SessionDep,
) -> Response:
    """As a download only, under its own name."""
    complaint = held(session, complaint_id, user)
    material = material_of(session, complaint, material_id)
    file = original(services.blobs, services.vault, material)
    Officer(session, services.vault, user).saw_original(complaint, material.id, reason=body.reason)
    named = f"attachment; filename*=utf-8''{quote(file.name or '材料', safe='')}"
    headers = DOWNLOAD_ONLY | {"Content-Disposition": named}
    return Response(file.data, media_type="application/octet-stream", headers=headers)
