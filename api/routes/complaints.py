"""Reports of people: list, write down, import, read, hand on. All masked; who made one is in `complaint_identity`."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Query, UploadFile
from sqlalchemy.orm import Session

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import fetch, visible
from api.complaints.handoff import handoff
from api.complaints.importing import import_file
from api.complaints.intake import take_in
from api.complaints.overview import ComplaintOrder, in_order
from api.complaints.workflow import Officer
from api.deps import ServicesDep, SessionDep
from api.schemas.complaint_filters import ComplaintFilters
from api.schemas.complaint_reports import ComplaintIn, CreatedView, ImportView
from api.schemas.complaints import ComplaintDetail, ComplaintStatusView, ComplaintView, ReasonIn
from api.schemas.ids import ObjectId
from api.schemas.page import Page, PagingDep
from api.store.complaints import Complaint, ComplaintStatus

router = APIRouter(prefix="/v1/complaints", tags=["投诉举报"])
Reader = Annotated[Principal, Depends(allowed(Permission.COMPLAINT_READ))]
Writer = Annotated[Principal, Depends(allowed(Permission.COMPLAINT_WRITE))]
Filters = Annotated[ComplaintFilters, Depends()]
Order = Annotated[ComplaintOrder, Query(description="urgent：急的在前；newest：新的在前；due：先到期的在前")]
KIND = "投诉举报"


def held(session: Session, complaint_id: str, user: Principal) -> Complaint:
    """The report, locked against another officer's step at the same time. Raises ApiError E610."""
    complaint = fetch(session, Complaint, complaint_id, user, kind=KIND)
    session.refresh(complaint, with_for_update=True)
    return complaint


@router.get("", summary="投诉举报列表")
def list_complaints(
    user: Reader,
    session: SessionDep,
    paging: PagingDep,
    filters: Filters,
    order: Order = ComplaintOrder.URGENT,
) -> Page[ComplaintView]:
    """The most urgent first, unless asked otherwise."""
    wanted = in_order([visible(Complaint, user), *filters.criteria()], order)
    page = paging.of(session, wanted, ComplaintView.of)
    record(session, user, "complaint.list", "complaint", "", after=filters.told() | {"page": paging.page})
    return page


@router.post("", status_code=201, summary="登记投诉举报")
def create_complaint(body: ComplaintIn, user: Writer, services: ServicesDep) -> CreatedView:
    """A call, a letter, or what another system sends on; the receipt is for the reporter."""
    return CreatedView.of(take_in(services, user, body.report()))


@router.post("/import", summary="批量导入投诉举报")
def import_complaints(
    user: Writer,
    services: ServicesDep,
    file: Annotated[UploadFile, File(description="xlsx、xls、csv 或 tsv，每行一件")],
) -> ImportView:
    """Each row is one; a bad row costs itself only."""
    return ImportView.of(import_file(services, user, file.filename or "", file.file))


@router.get("/statuses", summary="投诉举报的状态及其流转")
def list_complaint_statuses(user: Reader) -> list[ComplaintStatusView]:
    """All of them, in the order of their course."""
    return [ComplaintStatusView.of(status) for status in ComplaintStatus]


@router.get("/{complaint_id}", summary="查看投诉举报")
def read_complaint(complaint_id: ObjectId, user: Reader, session: SessionDep) -> ComplaintDetail:
    """Masked: what is understood and on which words it rests, how urgent, who is competent."""
    complaint = fetch(session, Complaint, complaint_id, user, kind=KIND)
    record(session, user, "complaint.read", "complaint", complaint.id)
    return ComplaintDetail.of(complaint)


@router.post("/{complaint_id}/handoff", summary="生成转办件（已遮盖）")
def hand_off(
    complaint_id: ObjectId, body: ReasonIn, user: Writer, services: ServicesDep, session: SessionDep
) -> dict[str, Any]:
    """For another office: no name, no contact, no original."""
    complaint = held(session, complaint_id, user)
    Officer(session, services.vault, user).handed_off(complaint, reason=body.reason)
    return handoff(complaint)
