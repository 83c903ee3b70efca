"""Platforms and agencies that publish ads: the list, and one with its employers."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.cases.ranking import ORDER_NAMES, RankOrder
from api.deps import ServicesDep, SessionDep
from api.routes.publishers import Kind, Words, list_publishers, read_publisher
from api.schemas.case_filters import CaseFilters
from api.schemas.employers import KIND_NAMES
from api.schemas.ids import ObjectId
from api.schemas.page import PagingDep
from api.store.ads import StoredAd
from api.workbench.blanks import PageRoute
from api.workbench.pages import page
from api.workbench.profile import side

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Reader = Annotated[Principal, Depends(allowed(Permission.EMPLOYER_READ))]


@router.get("/publishers", summary="平台页面")
def show_publishers(
    request: Request,
    user: Reader,
    session: SessionDep,
    paging: PagingDep,
    kind: Kind = None,
    words: Words = None,
    order: RankOrder = RankOrder.FINDINGS,
) -> HTMLResponse:
    """Those with most findings first."""
    told: dict[str, Any] = {
        "publishers": list_publishers(user, session, paging, kind, words, order),
        "kind": kind,
        "kinds": KIND_NAMES,
        "words": words,
        "order": order,
        "orders": ORDER_NAMES,
    }
    return page(request, "publishers.html", user, title="平台", **told)


@router.get("/publishers/{publisher_id}", summary="平台详情页面")
def show_publisher(
    request: Request,
    publisher_id: ObjectId,
    user: Reader,
    session: SessionDep,
    paging: PagingDep,
    services: ServicesDep,
) -> HTMLResponse:
    """One platform: what stood on it, and whose it was."""
    detail = read_publisher(publisher_id, user, session)
    cases = CaseFilters(publisher_id=publisher_id).criteria(session)
    told: dict[str, Any] = {
        "publisher": detail.publisher,
        "reach": detail.reach,
        "kinds": KIND_NAMES,
        **side(session, user, StoredAd.publisher_id == publisher_id, paging, services, cases),
    }
    return page(request, "publisher.html", user, title=detail.publisher.name, **told)
