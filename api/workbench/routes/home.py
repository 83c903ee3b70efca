"""The first page: what waits for the one who looks."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.cases.lists import CaseOrder
from api.deps import SessionDep
from api.jobs.control import STATUS_NAMES
from api.routes.batches import list_batches
from api.routes.cases import list_cases
from api.schemas.case_filters import CaseFilters
from api.schemas.page import Paging
from api.workbench.pages import page
from api.workbench.waiting import waiting

router = APIRouter(include_in_schema=False)
Self = Annotated[Principal, Depends(allowed(Permission.ACCOUNT_SELF))]
_FEW = Paging(page=1, size=6)


@router.get("/", summary="首页")
def home(request: Request, user: Self, session: SessionDep) -> HTMLResponse:
    """Counts of what is to be done, the cases with the nearest deadlines, the newest batches."""
    works = user.may(Permission.CASE_WRITE)
    mine = CaseFilters(assignee_id=user.user_id if works else None)
    cases = (
        list_cases(user, session, _FEW, mine, CaseOrder.DEADLINE) if user.may(Permission.CASE_READ) else None
    )
    batches = list_batches(user, session, _FEW) if user.may(Permission.BATCH_READ) else None
    told: dict[str, Any] = {"cases": cases, "batches": batches, "statuses": STATUS_NAMES, "works": works}
    return page(request, "home.html", user, title="首页", waiting=waiting(session, user), **told)
