"""线索核查: the queue, and the ad in question beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.cases.periods import midnight
from api.cases.queue import SORT_NAMES, STATE_NAMES, QueueState
from api.cases.reviews import DECISION_NAMES
from api.deps import ScannerDep, SessionDep
from api.routes.queue import compare_own, list_queue, queue_items, read_dossier
from api.schemas.ids import ID_PATTERN, ObjectId
from api.schemas.page import PagingDep
from api.schemas.queue import QueueFilters
from api.workbench.blanks import PageRoute
from api.workbench.pages import page
from api.workbench.reasons import reasons
from api.workbench.review import choices, told
from scanner import Scanner

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Reader = Annotated[Principal, Depends(allowed(Permission.FINDING_READ))]
Filters = Annotated[QueueFilters, Depends()]
Id = Annotated[str | None, Query(pattern=ID_PATTERN)]
_NAMES: dict[str, Any] = {"decisions": DECISION_NAMES}


@router.get("/review", summary="线索核查页面")
def show_queue(
    request: Request,
    user: Reader,
    session: SessionDep,
    scanner: ScannerDep,
    paging: PagingDep,
    filters: Filters,
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
    item: Id = None,
    finding: Id = None,
) -> HTMLResponse:
    """The queue with its filters; `item` (else the first) is open beside it."""
    filters = replace(filters, findings=_within(filters, first, last))
    queue = list_queue(user, session, paging, filters)
    chosen = item or (queue.items[0].id if queue.items else None)
    second = filters.state is QueueState.SECOND and user.may(Permission.FINDING_REVIEW)
    shown = {
        "queue": queue,
        "filters": filters,
        "first": first,
        "last": last,
        "chosen": chosen,
        "opened": _opened(session, user, scanner, filters, chosen, finding) if chosen else None,
        "agreement": compare_own(user, session) if second else [],
        "second": second,
        "states": STATE_NAMES,
        "sorts": SORT_NAMES,
        "common": reasons(),
        **choices(session, user, scanner),
        **_NAMES,
    }
    return page(request, "review.html", user, title="线索核查", **shown)


@router.get("/review/items/{fold_id}", summary="线索核查页面的一条")
def show_item(
    request: Request,
    fold_id: ObjectId,
    user: Reader,
    session: SessionDep,
    scanner: ScannerDep,
    filters: Filters,
    finding: Id = None,
) -> HTMLResponse:
    """What stands beside the queue, alone: the page's script puts it there."""
    opened = _opened(session, user, scanner, filters, fold_id, finding)
    return page(request, "review_item.html", user, opened=opened, **_NAMES)


def _opened(
    session: Session,
    user: Principal,
    scanner: Scanner,
    filters: QueueFilters,
    fold_id: str,
    finding_id: str | None,
) -> dict[str, Any]:
    blind = filters.blind(user)
    found = read_dossier(session, user, fold_id, blind=blind, finding_id=finding_id)
    (item,) = queue_items(session, [found.entry], blind=blind)
    return told(found, item, scanner) | {"blind": blind}


def _within(filters: QueueFilters, first: date | None, last: date | None) -> Any:
    """The filters of findings with whole days in China instead of instants."""
    since = midnight(first) if first else filters.findings.since
    until = midnight(last + timedelta(days=1)) if last else filters.findings.until
    return replace(filters.findings, since=since, until=until)
