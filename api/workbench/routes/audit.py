"""审计日志: who did what, when, from where; and whether the log is whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from api.audit.wording import OBJECT_NAMES, action_name
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.cases.periods import midnight
from api.deps import SessionDep
from api.exports.table import ExportFormat
from api.routes.audit import read_audit
from api.schemas.audit_filters import AuditFilters
from api.schemas.page import PagingDep
from api.workbench.blanks import PageRoute
from api.workbench.pages import page

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Auditor = Annotated[Principal, Depends(allowed(Permission.AUDIT_READ))]


@router.get("/audit", summary="审计日志页面")
def show_audit(
    request: Request,
    user: Auditor,
    session: SessionDep,
    paging: PagingDep,
    filters: Annotated[AuditFilters, Depends()],
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
) -> HTMLResponse:
    """The entries, newest first; whole days in China instead of instants."""
    since = midnight(first) if first else filters.since
    until = midnight(last + timedelta(days=1)) if last else filters.until
    filters = replace(filters, since=since, until=until)
    told: dict[str, Any] = {
        "entries": read_audit(user, session, paging, filters),
        "filters": filters,
        "first": first,
        "last": last,
        "objects": OBJECT_NAMES,
        "action": action_name(filters.action) if filters.action else "",
        "export_query": urlencode(filters.told()),
        "formats": list(ExportFormat),
    }
    return page(request, "audit.html", user, title="审计日志", **told)
