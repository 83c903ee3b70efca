"""Reports over time: the days on which something falls due, and how many there are of which kind."""

from __future__ import annotations

import calendar as months
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from api.audit.record import record
from api.auth.scope import visible
from api.cases.monthly import neighbours
from api.cases.overview import COUNT_NAMES
from api.cases.periods import midnight
from api.cases.workflow import today
from api.complaints.calendar import calendar
from api.complaints.tables import NOTES, complaint_tables
from api.deps import SessionDep
from api.routes.complaints import Reader
from api.schemas.complaint_filters import ComplaintFilters
from api.store.complaints import Complaint
from api.workbench.blanks import PageRoute
from api.workbench.figures import figures
from api.workbench.pages import page

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Filters = Annotated[ComplaintFilters, Depends()]
Month = Annotated[str | None, Query(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", description="月份，如 2026-11")]
WEEKDAYS = "一二三四五六日"


@router.get("/complaints/calendar", summary="投诉举报期限日历页面")
def show_calendar(request: Request, user: Reader, session: SessionDep, month: Month = None) -> HTMLResponse:
    """One month, week by week; this month if none is named."""
    first = date.fromisoformat(f"{month}-01") if month else today().replace(day=1)
    record(session, user, "complaint.calendar", "complaint", "", after={"month": f"{first:%Y-%m}"})
    told: dict[str, Any] = {
        "first": first,
        "weeks": months.Calendar().monthdatescalendar(first.year, first.month),
        "weekdays": WEEKDAYS,
        "days": {day.day: day for day in calendar(session, user, first)},
        "months": [f"{one:%Y-%m}" for one in neighbours(first)],
        "today": today(),
    }
    return page(request, "complaint_calendar.html", user, title="期限日历", **told)


@router.get("/complaints/statistics", summary="投诉举报统计页面")
def show_complaint_statistics(
    request: Request,
    user: Reader,
    session: SessionDep,
    filters: Filters,
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
) -> HTMLResponse:
    """Every table with its chart, of what came in on these days."""
    filters = _within(filters, first, last)
    total, tables = complaint_tables(session, [visible(Complaint, user), *filters.criteria()])
    record(session, user, "statistics.complaints", "statistics", "", after=filters.told())
    told: dict[str, Any] = {
        "first": first,
        "last": last,
        "query": urlencode(_asked(filters)),
        "total": total,
        "tables": tables,
        "charts": figures(tables),
        "count_names": COUNT_NAMES,
        "notes": NOTES,
    }
    return page(request, "complaint_statistics.html", user, title="投诉举报统计", **told)


def _within(filters: ComplaintFilters, first: date | None, last: date | None) -> ComplaintFilters:
    """With whole days in China instead of instants."""
    since = midnight(first) if first else filters.since
    until = midnight(last + timedelta(days=1)) if last else filters.until
    return replace(filters, since=since, until=until)


def _asked(filters: ComplaintFilters) -> dict[str, str]:
    told = {"since": filters.since, "until": filters.until}
    return {name: at.isoformat() for name, at in told.items() if at}
