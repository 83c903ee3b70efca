"""Statistics with their charts, and the monthly report for printing."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import visible
from api.cases.monthly import monthly, neighbours
from api.cases.overview import COUNT_NAMES, NOTES, overview
from api.cases.periods import Period
from api.cases.workflow import today
from api.deps import SessionDep, SettingsDep
from api.schemas.statistics_filters import StatisticsFilters
from api.store.ads import Publisher, StoredAd
from api.store.base import now
from api.store.cases import CASE_STATUS_NAMES
from api.workbench.blanks import PageRoute
from api.workbench.figures import figures
from api.workbench.pages import page

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Reader = Annotated[Principal, Depends(allowed(Permission.STATISTICS_READ))]
Month = Annotated[str | None, Query(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", description="月份，如 2026-11")]
OFFERED = 500
"""Regions and platforms that the filters offer."""
PERIODS = {Period.MONTH: "按月", Period.WEEK: "按周", Period.DAY: "按日"}


@router.get("/statistics", summary="统计页面")
def show_statistics(
    request: Request, user: Reader, session: SessionDep, filters: Annotated[StatisticsFilters, Depends()]
) -> HTMLResponse:
    """Every table with its chart."""
    criteria = filters.findings().criteria(), filters.cases().criteria(session)
    found = overview(session, user, *criteria, filters.period)
    record(session, user, "statistics.overview", "statistics", "", after=filters.told())
    told: dict[str, Any] = {
        "filters": filters,
        "query": urlencode(filters.told()),
        "asked": filters.in_words(session, user),
        "regions": _regions(session, user),
        "publishers": _publishers(session, user),
        "periods": PERIODS,
        "found": found,
        "charts": figures(found.tables.values()),
        "count_names": COUNT_NAMES,
        "notes": NOTES,
    }
    return page(request, "statistics.html", user, title="统计", **told)


@router.get("/statistics/report", summary="月报页面")
def show_report(
    request: Request, user: Reader, session: SessionDep, settings: SettingsDep, month: Month = None
) -> HTMLResponse:
    """One month on paper; this month if none is named."""
    wanted = date.fromisoformat(f"{month}-01") if month else today()
    found = monthly(session, user, wanted)
    record(session, user, "statistics.report", "statistics", "", after={"month": f"{found.first:%Y-%m}"})
    before, after = neighbours(found.first)
    told: dict[str, Any] = {
        "report": found,
        "tables": found.found.tables,
        "charts": figures(found.found.tables.values()),
        "count_names": COUNT_NAMES,
        "notes": NOTES,
        "office": settings.office_name,
        "made_at": now(),
        "running": found.last >= today(),
        "months": (f"{before:%Y-%m}", f"{after:%Y-%m}" if after <= today() else None),
        "statuses": CASE_STATUS_NAMES,
    }
    return page(request, "report.html", user, title=f"{found.first:%Y 年} {found.first.month} 月月报", **told)


def _regions(session: Session, user: Principal) -> list[str]:
    named = select(StoredAd.region).where(StoredAd.region != "", visible(StoredAd, user))
    return list(session.scalars(named.distinct().order_by(StoredAd.region).limit(OFFERED)))


def _publishers(session: Session, user: Principal) -> list[Publisher]:
    known = select(Publisher).where(visible(Publisher, user)).order_by(Publisher.normalised).limit(OFFERED)
    return list(session.scalars(known))
