"""Cases: board, list, one case, its second look; handing over; standing orders to open cases."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import visible
from api.cases.attachments import KINDS
from api.cases.changes import version_in_case
from api.cases.deadlines import NEAR_DAYS
from api.cases.handover import holders
from api.cases.labels import labels_in_use
from api.cases.lists import CaseOrder, board
from api.cases.reviews import DECISION_NAMES, standing_in_case
from api.cases.workflow import today
from api.deps import ScannerDep, SessionDep, SettingsDep
from api.routes.accounts import list_officers
from api.routes.case_recheck import compare_versions, preview_recheck
from api.routes.cases import Filters, list_cases, read_case
from api.routes.opening_rules import list_rules
from api.schemas.case_recheck import ChangesView
from api.schemas.cases import CaseView, NextView
from api.schemas.ids import ID_PATTERN, ObjectId
from api.schemas.page import MAX_SIZE, Paging, PagingDep
from api.store.cases import CASE_STATUS_NAMES, Case, CaseStatus
from api.workbench.blanks import PageRoute
from api.workbench.case_ads import SHOWN, shown_ads
from api.workbench.pages import page
from api.workbench.timeline import timeline

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Reader = Annotated[Principal, Depends(allowed(Permission.CASE_READ))]
Assigner = Annotated[Principal, Depends(allowed(Permission.CASE_ASSIGN))]
Manager = Annotated[Principal, Depends(allowed(Permission.OPENING_RULE_MANAGE))]
ALL = Paging(page=1, size=MAX_SIZE)
DEPTH = 12
"""Cases shown in one status of the board."""
COMPARED = 20
"""Ads of one case that are compared on its page for second looks."""


STAGES = (
    ("核查", (CaseStatus.TO_VERIFY,)),
    ("认定", (CaseStatus.VERIFIED, CaseStatus.UNFOUNDED, CaseStatus.EXCEPTION)),
    ("处理", (CaseStatus.INTERVIEW, CaseStatus.RECTIFICATION_ORDER, CaseStatus.TRANSFERRED)),
    ("改正", (CaseStatus.RECTIFIED, CaseStatus.REFUSED)),
    ("结案", (CaseStatus.CLOSED,)),
)
"""Statuses that stand below each other on the board, so that all ten fit on a screen."""


class View(StrEnum):
    """How cases are laid out."""

    BOARD = "board"
    LIST = "list"


@router.get("/cases", summary="案件页面")
def show_cases(
    request: Request,
    user: Reader,
    session: SessionDep,
    paging: PagingDep,
    filters: Filters,
    view: View = View.BOARD,
    order: CaseOrder = CaseOrder.DEADLINE,
) -> HTMLResponse:
    """As a board, or as a list in pages."""
    shown: dict[str, Any] = {"view": view, "order": order, "filters": filters}
    if view is View.LIST:
        cases = list_cases(user, session, paging, filters, order)
        shown |= {"cases": cases, "total": cases.total}
    else:
        columns = board(session, [visible(Case, user), *filters.criteria(session)], DEPTH)
        record(session, user, "case.list", "case", "", after=filters.told() | {"view": view})
        lanes = {one.status: (one.total, list(map(CaseView.of, one.cases))) for one in columns}
        shown |= {"columns": lanes, "total": sum(one.total for one in columns), "stages": STAGES}
    shown |= {"holders": holders(session), "labels": labels_in_use(session)}
    shown |= {
        "statuses": CASE_STATUS_NAMES,
        "near_days": NEAR_DAYS,
        "export_query": urlencode(filters.told()),
    }
    return page(request, "cases.html", user, title="案件", **shown)


@router.get("/cases/handover", summary="移交案件页面")
def show_handover(request: Request, user: Assigner, session: SessionDep) -> HTMLResponse:
    """From whom, to whom, why."""
    told: dict[str, Any] = {"holders": holders(session), "officers": _officers(user, session)}
    return page(request, "case_handover.html", user, title="移交案件", **told)


@router.get("/cases/rules", summary="立案规则页面")
def show_rules(request: Request, user: Manager, session: SessionDep) -> HTMLResponse:
    """The standing orders."""
    rules = list_rules(user, session, ALL).items
    return page(request, "case_rules.html", user, title="立案规则", rules=rules)


@router.get("/cases/{case_id}", summary="案件详情页面")
def show_case(
    request: Request,
    case_id: ObjectId,
    user: Reader,
    session: SessionDep,
    scanner: ScannerDep,
    settings: SettingsDep,
) -> HTMLResponse:
    """One case with everything that belongs to it."""
    detail = read_case(case_id, user, session)
    told: dict[str, Any] = {
        "detail": detail,
        "case": detail.case,
        "ads": shown_ads(session, detail.findings, scanner.versions),
        "timeline": timeline(session, session.get_one(Case, case_id)),
        "officers": _officers(user, session),
        "labels": labels_in_use(session),
        "more_ads": max(0, len({finding.version_id for finding in detail.findings}) - SHOWN),
        "decisions": DECISION_NAMES,
        "today": today(),
        "kinds": ",".join(KINDS),
        "limit": settings.max_attachment_bytes,
    }
    return page(request, "case.html", user, title=f"案件 {detail.case.number}", **told)


@router.get("/cases/{case_id}/recheck", summary="复查页面")
def show_recheck(request: Request, case_id: ObjectId, user: Reader, session: SessionDep) -> HTMLResponse:
    """What the ads say now, beside what they said, and what that would lead to."""
    found = preview_recheck(case_id, user, session)
    case = session.get_one(Case, case_id)
    following = NextView.after(CaseStatus(case.status), standing_in_case(session, case))
    told: dict[str, Any] = {
        "case": CaseView.of(case),
        "found": found,
        "proposed": next((one for one in following if one.status is found.proposed), None),
        "compared": {},
        "today": today(),
    }
    for ad in found.ads[:COMPARED]:
        numbers = ad.old_version, ad.new_version
        versions = [version_in_case(session, case, ad.ad_id, number) for number in numbers]
        told["compared"][ad.ad_id] = ChangesView.of(*versions)
    return page(request, "case_recheck.html", user, title=f"复查 {case.number}", **told)


@router.get("/cases/{case_id}/changes", summary="广告前后对比页面")
def show_changes(
    request: Request,
    case_id: ObjectId,
    ad_id: Annotated[str, Query(pattern=ID_PATTERN)],
    old: Annotated[int, Query(ge=1)],
    new: Annotated[int, Query(ge=1)],
    user: Reader,
    session: SessionDep,
) -> HTMLResponse:
    """Two versions of an ad, as they were compared by a second look."""
    compared = compare_versions(case_id, ad_id, old, new, user, session)
    case = CaseView.of(session.get_one(Case, case_id))
    return page(request, "case_changes.html", user, title="前后对比", case=case, compared=compared)


def _officers(user: Principal, session: Session) -> list[Any]:
    """Those whom a case can be given to, for whoever may give it."""
    return list_officers(user, session, ALL).items if user.may(Permission.CASE_ASSIGN) else []
