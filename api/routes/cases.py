"""Cases: the statuses, list, open, read, and what belongs to a case."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import fetch, visible
from api.cases.evidence import findings_of
from api.cases.lists import CaseOrder, in_order
from api.cases.opening import add_findings, open_case
from api.cases.reviews import standing_in_case
from api.cases.workflow import check_open
from api.deps import SessionDep
from api.errors import ApiError
from api.routes.findings import WITH_EMPLOYER, finding_views
from api.schemas.case_filters import CaseFilters
from api.schemas.cases import (
    MAX_FINDINGS,
    AttachmentView,
    CaseDetail,
    CaseIn,
    CaseView,
    EventView,
    FindingsIn,
    NextView,
    StatusView,
)
from api.schemas.ids import ObjectId
from api.schemas.page import Page, PagingDep
from api.store.ads import StoredAd, StoredFinding
from api.store.cases import Attachment, Case, CaseStatus

router = APIRouter(prefix="/v1", tags=["案件"])
Reader = Annotated[Principal, Depends(allowed(Permission.CASE_READ))]
Writer = Annotated[Principal, Depends(allowed(Permission.CASE_WRITE))]
Filters = Annotated[CaseFilters, Depends()]
Order = Annotated[CaseOrder, Query(description="newest：新的在前；deadline：先到期的在前")]


@router.get("/case-statuses", summary="案件状态及其流转和期限")
def list_statuses(user: Reader) -> list[StatusView]:
    """All of them, in the order of a case's course."""
    return [StatusView.of(status) for status in CaseStatus]


@router.get("/cases", summary="案件列表")
def list_cases(
    user: Reader,
    session: SessionDep,
    paging: PagingDep,
    filters: Filters,
    order: Order = CaseOrder.NEWEST,
) -> Page[CaseView]:
    """Newest first, or the nearest deadline."""
    ordered = in_order([visible(Case, user), *filters.criteria(session)], order)
    page = paging.of(session, ordered, CaseView.of)
    record(session, user, "case.list", "case", "", after=filters.told() | {"page": paging.page})
    return page


@router.post("/cases", status_code=201, summary="立案")
def create_case(body: CaseIn, user: Writer, session: SessionDep) -> CaseView:
    """Opens a case, or adds to the open case of the same ad or its copies."""
    _check_there(session, body.finding_ids, user)
    return CaseView.of(open_case(session, user, body.finding_ids, title=body.title))


def _check_there(session: Session, finding_ids: list[str], user: Principal) -> list[StoredFinding]:
    """The findings. Raises ApiError E610 for the first that is not there."""
    return [fetch(session, StoredFinding, finding_id, user, kind="线索") for finding_id in finding_ids]


@router.get("/cases/{case_id}", summary="查看案件")
def read_case(case_id: ObjectId, user: Reader, session: SessionDep) -> CaseDetail:
    """Findings, steps, attachments, and what may come next."""
    case = fetch(session, Case, case_id, user, kind="案件")
    record(session, user, "case.read", "case", case.id)
    of_case = select(StoredFinding).where(StoredFinding.id.in_(findings_of(case)))
    first = of_case.order_by(StoredFinding.created_at, StoredFinding.id).limit(MAX_FINDINGS)
    findings = list(session.scalars(first.options(WITH_EMPLOYER)))
    attached = select(Attachment).where(Attachment.case_id == case.id).order_by(Attachment.created_at)
    return CaseDetail(
        case=CaseView.of(case),
        next=NextView.after(CaseStatus(case.status), standing_in_case(session, case)),
        findings=finding_views(session, findings, user),
        events=[EventView.of(event) for event in case.events],
        attachments=[AttachmentView.of(attachment) for attachment in session.scalars(attached)],
    )


@router.post("/cases/{case_id}/findings", summary="并入线索")
def add_to_case(case_id: ObjectId, body: FindingsIn, user: Writer, session: SessionDep) -> CaseView:
    """Findings of the same ad or employer; those that are in the case already stay once."""
    case = fetch(session, Case, case_id, user, kind="案件")
    check_open(case)
    findings = _check_there(session, body.finding_ids, user)
    for ad_id in {finding.ad_id for finding in findings}:
        ad = session.get_one(StoredAd, ad_id)
        same_employer = case.employer_id is not None and ad.employer_id == case.employer_id
        if ad.group_id != case.group_id and not same_employer:
            raise ApiError("E667")
    add_findings(session, user, case, findings)
    return CaseView.of(case)
