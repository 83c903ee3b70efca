"""Findings: list, read, review."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import fetch
from api.cases.reviews import latest_by_reviewer, review, standing
from api.deps import SessionDep
from api.schemas.finding_filters import FindingFilters
from api.schemas.findings import FindingDetail, FindingView, ReviewIn, ReviewView
from api.schemas.ids import ObjectId
from api.schemas.page import Page, PagingDep
from api.store.accounts import Role
from api.store.ads import AdVersion, Review, StoredAd, StoredFinding
from api.store.cases import CaseFinding

router = APIRouter(prefix="/v1", tags=["线索"])
Reader = Annotated[Principal, Depends(allowed(Permission.FINDING_READ))]
Reviewer = Annotated[Principal, Depends(allowed(Permission.FINDING_REVIEW))]
Filters = Annotated[FindingFilters, Depends()]
WITH_EMPLOYER = joinedload(StoredFinding.version).joinedload(AdVersion.ad).joinedload(StoredAd.employer)


@router.get("/findings", summary="线索列表")
def list_findings(
    user: Reader, session: SessionDep, paging: PagingDep, filters: Filters
) -> Page[FindingView]:
    """Newest first."""
    wanted = select(StoredFinding).where(*filters.visible_to(user))
    newest = StoredFinding.created_at.desc(), StoredFinding.id
    rows = paging.of(session, wanted.options(WITH_EMPLOYER).order_by(*newest), lambda finding: finding)
    record(session, user, "finding.list", "finding", "", after=filters.told() | {"page": paging.page})
    items = finding_views(session, rows.items, user)
    return Page[FindingView](items=items, total=rows.total, page=rows.page, size=rows.size)


def finding_views(session: Session, findings: list[StoredFinding], user: Principal) -> list[FindingView]:
    """The findings with what people said of them; an agency is not told."""
    said = {}
    if user.role != Role.AGENCY:
        said = standing(session, Review.finding_id.in_([finding.id for finding in findings]))
    return [FindingView.of(finding, said.get(finding.id)) for finding in findings]


@router.get("/findings/{finding_id}", summary="查看线索")
def read_finding(finding_id: ObjectId, user: Reader, session: SessionDep) -> FindingDetail:
    """The whole finding with its reviews and cases."""
    finding = fetch(session, StoredFinding, finding_id, user, kind="线索")
    record(session, user, "finding.read", "finding", finding.id)
    office = user.role != Role.AGENCY
    cases = select(CaseFinding.case_id).where(CaseFinding.finding_id == finding.id)
    return FindingDetail(
        summary=finding_views(session, [finding], user)[0],
        finding=finding.payload,
        versions=finding.versions,
        reviews=[ReviewView.of(one) for one in finding.reviews] if office else [],
        case_ids=list(session.scalars(cases)) if office else [],
    )


@router.post("/findings/{finding_id}/reviews", status_code=201, summary="复核线索")
def review_finding(finding_id: ObjectId, body: ReviewIn, user: Reviewer, session: SessionDep) -> ReviewView:
    """Adds a decision; earlier ones stay on record, the latest holds."""
    finding = fetch(session, StoredFinding, finding_id, user, kind="线索")
    (made,) = review(session, user, [finding.id], body.decision, body.reason)
    return ReviewView.of(made)


@router.get("/findings/{finding_id}/reviews", summary="线索的复核记录")
def list_reviews(finding_id: ObjectId, user: Reviewer, session: SessionDep) -> list[ReviewView]:
    """The decision of each reviewer that holds, oldest first."""
    finding = fetch(session, StoredFinding, finding_id, user, kind="线索")
    record(session, user, "finding.reviews", "finding", finding.id)
    return [ReviewView.of(one) for one in latest_by_reviewer(session, Review.finding_id == finding.id)]
