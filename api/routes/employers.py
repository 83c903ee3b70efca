"""Employers: list, read, names that may be the same, merge."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from sqlalchemy import select

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import fetch, visible
from api.cases.reach import reach
from api.deps import SessionDep
from api.errors import ApiError
from api.intake.merging import merge, suggestions
from api.schemas.employers import EmployerDetail, EmployerView, MergeIn, Reach, SuggestionView
from api.schemas.ids import ObjectId
from api.schemas.page import Page, PagingDep
from api.store.accounts import Role
from api.store.ads import Employer, StoredAd
from api.store.cases import Case

router = APIRouter(prefix="/v1", tags=["用人单位"])
Reader = Annotated[Principal, Depends(allowed(Permission.EMPLOYER_READ))]
Merger = Annotated[Principal, Depends(allowed(Permission.EMPLOYER_MERGE))]
Words = Annotated[str | None, Query(min_length=1, max_length=100, description="名称含有")]


def _view(employer: Employer) -> EmployerView:
    return EmployerView.model_validate({n: getattr(employer, n) for n in EmployerView.model_fields})


@router.get("/employers", summary="用人单位列表")
def list_employers(
    user: Reader, session: SessionDep, paging: PagingDep, words: Words = None
) -> Page[EmployerView]:
    """By name; a name that was merged into another is left out unless asked for by `words`."""
    wanted = select(Employer).where(visible(Employer, user)).order_by(Employer.normalised)
    if words is None:
        wanted = wanted.where(Employer.merged_into_id.is_(None))
    else:
        wanted = wanted.where(Employer.name.contains(words, autoescape=True))
    page = paging.of(session, wanted, _view)
    record(session, user, "employer.list", "employer", "", after={"words": words, "page": paging.page})
    return page


@router.get("/employers/{employer_id}", summary="查看用人单位")
def read_employer(employer_id: ObjectId, user: Reader, session: SessionDep) -> EmployerDetail:
    """With its other names, its reach and its cases."""
    employer = fetch(session, Employer, employer_id, user, kind="用人单位")
    record(session, user, "employer.read", "employer", employer.id)
    own = (StoredAd.employer_id == employer.id) & visible(StoredAd, user)
    others = select(Employer).where(Employer.merged_into_id == employer.id, visible(Employer, user))
    cases = select(Case.id).where(Case.employer_id == employer.id, visible(Case, user)).order_by(Case.number)
    return EmployerDetail(
        employer=_view(employer),
        other_names=[_view(other) for other in session.scalars(others.order_by(Employer.normalised))],
        reach=Reach(**reach(session, own, StoredAd.publisher_id)),
        case_ids=list(session.scalars(cases)) if user.role != Role.AGENCY else [],
    )


@router.get("/employers/{employer_id}/suggestions", summary="可能相同的用人单位")
def suggest_employers(employer_id: ObjectId, user: Merger, session: SessionDep) -> list[SuggestionView]:
    """The likeliest first; a person decides."""
    employer = fetch(session, Employer, employer_id, user, kind="用人单位")
    record(session, user, "employer.suggestions", "employer", employer.id)
    found = suggestions(session, employer)
    return [SuggestionView(employer=_view(one.employer), score=one.score) for one in found]


@router.post("/employers/{employer_id}/merge", summary="合并用人单位")
def merge_employer(employer_id: ObjectId, body: MergeIn, user: Merger, session: SessionDep) -> EmployerView:
    """Its ads and cases go over to the other one."""
    source = fetch(session, Employer, employer_id, user, kind="用人单位")
    target = fetch(session, Employer, body.into_id, user, kind="用人单位")
    before = {"merged_into_id": source.merged_into_id}
    try:
        merge(session, source, target)
    except ValueError:
        raise ApiError("E668") from None
    session.refresh(source)
    after = {"merged_into_id": source.merged_into_id, "reason": body.reason}
    record(session, user, "employer.merge", "employer", source.id, before=before, after=after)
    return _view(source)
