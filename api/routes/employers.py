"""Employers: list, read, names that may be the same, merge."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import fetch, visible
from api.cases.ranking import RankOrder, counted, has_words, ranked
from api.cases.reach import openings, reach
from api.cases.repeats import repeats
from api.deps import SessionDep
from api.errors import ApiError
from api.intake.merging import merge, suggestions
from api.schemas.employers import (
    EmployerDetail,
    EmployerListed,
    EmployerView,
    MergeIn,
    Reach,
    RepeatView,
    SuggestionView,
    WrittenName,
)
from api.schemas.ids import ObjectId
from api.schemas.page import Page, PagingDep
from api.store.accounts import Role
from api.store.ads import Capture, Employer, StoredAd
from api.store.cases import Case

router = APIRouter(prefix="/v1", tags=["用人单位"])
Reader = Annotated[Principal, Depends(allowed(Permission.EMPLOYER_READ))]
Merger = Annotated[Principal, Depends(allowed(Permission.EMPLOYER_MERGE))]
Words = Annotated[str | None, Query(min_length=1, max_length=100, description="名称含有")]
Order = Annotated[RankOrder, Query(description="什么在前")]
NAMES = 20
"""Ways of writing a name that are shown."""


def _view(employer: Employer) -> EmployerView:
    return EmployerView.model_validate(employer)


@router.get("/employers", summary="用人单位列表")
def list_employers(
    user: Reader,
    session: SessionDep,
    paging: PagingDep,
    words: Words = None,
    order: Order = RankOrder.NAME,
) -> Page[EmployerListed]:
    """A name that was merged into another is left out unless asked for by `words`."""
    named = Employer.merged_into_id.is_(None) if words is None else has_words(Employer.name, words)
    found, total = ranked(session, Employer, user, [named], order, paging)
    after = {"words": words, "order": order, "page": paging.page}
    record(session, user, "employer.list", "employer", "", after=after)
    items = [EmployerListed(**_view(row.one).model_dump(), **counted(row)) for row in found]
    return Page(items=items, total=total, page=paging.page, size=paging.size)


@router.get("/employers/{employer_id}", summary="查看用人单位")
def read_employer(employer_id: ObjectId, user: Reader, session: SessionDep) -> EmployerDetail:
    """With its names, its reach and its cases; an agency is told of no case."""
    employer = fetch(session, Employer, employer_id, user, kind="用人单位")
    record(session, user, "employer.read", "employer", employer.id)
    own = (StoredAd.employer_id == employer.id) & visible(StoredAd, user)
    others = select(Employer).where(Employer.merged_into_id == employer.id, visible(Employer, user))
    inside = user.role != Role.AGENCY
    cases = select(Case.id).where(Case.employer_id == employer.id).order_by(Case.number)
    return EmployerDetail(
        employer=_view(employer),
        other_names=[_view(other) for other in session.scalars(others.order_by(Employer.normalised))],
        written=_written(session, own),
        reach=Reach(**reach(session, own, StoredAd.publisher_id)),
        openings=openings(session, own),
        case_ids=list(session.scalars(cases)) if inside else [],
        repeats=[RepeatView.of(one) for one in repeats(session, employer.id)] if inside else [],
    )


def _written(session: Session, own: ColumnElement[bool]) -> list[WrittenName]:
    count = func.count()
    query = (
        select(Capture.employer_name, count)
        .join(StoredAd, StoredAd.id == Capture.ad_id)
        .where(own, Capture.employer_name != "")
        .group_by(Capture.employer_name)
        .order_by(count.desc(), Capture.employer_name)
        .limit(NAMES)
    )
    return [WrittenName(name=name, sightings=times) for name, times in session.execute(query)]


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
