"""Employers: the list, and one with everything that is known of it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import select

from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import visible
from api.cases.ranking import ORDER_NAMES, RankOrder
from api.deps import ServicesDep, SessionDep
from api.routes.employers import Words, list_employers, read_employer, suggest_employers
from api.schemas.cases import CaseView
from api.schemas.ids import ObjectId
from api.schemas.page import PagingDep
from api.store.ads import Employer, StoredAd
from api.store.cases import Case
from api.workbench.blanks import PageRoute
from api.workbench.pages import page
from api.workbench.profile import side

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Reader = Annotated[Principal, Depends(allowed(Permission.EMPLOYER_READ))]


@router.get("/employers", summary="用人单位页面")
def show_employers(
    request: Request,
    user: Reader,
    session: SessionDep,
    paging: PagingDep,
    words: Words = None,
    order: RankOrder = RankOrder.FINDINGS,
) -> HTMLResponse:
    """Those with most findings first."""
    told: dict[str, Any] = {
        "employers": list_employers(user, session, paging, words, order),
        "words": words,
        "order": order,
        "orders": ORDER_NAMES,
    }
    return page(request, "employers.html", user, title="用人单位", **told)


@router.get("/employers/{employer_id}", summary="用人单位详情页面")
def show_employer(
    request: Request,
    employer_id: ObjectId,
    user: Reader,
    session: SessionDep,
    paging: PagingDep,
    services: ServicesDep,
) -> HTMLResponse:
    """One employer: what a person needs who weighs whether its case is one of public interest."""
    detail = read_employer(employer_id, user, session)
    cases = select(Case).where(Case.id.in_(detail.case_ids)).order_by(Case.number.desc())
    into = detail.employer.merged_into_id
    merges = user.may(Permission.EMPLOYER_MERGE) and into is None
    told: dict[str, Any] = {
        "detail": detail,
        "employer": detail.employer,
        "reach": detail.reach,
        "merged_into": session.scalar(select(Employer).where(Employer.id == into, visible(Employer, user))),
        "merges": merges,
        "suggestions": suggest_employers(employer_id, user, session) if merges else [],
        "cases": [CaseView.of(case) for case in session.scalars(cases)],
        **side(session, user, StoredAd.employer_id == employer_id, paging, services),
    }
    return page(request, "employer.html", user, title=detail.employer.name, **told)
