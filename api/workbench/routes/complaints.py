"""投诉举报: the desk's list, writing one down, importing many, one report in full, its hand-off copy."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.audit.record import record
from api.auth.permissions import ROLE_PERMISSIONS, Permission
from api.auth.scope import fetch, visible
from api.cases.deadlines import NEAR_DAYS
from api.complaints.handoff import handoff
from api.complaints.importing import COLUMNS
from api.complaints.materials import KNOWN
from api.complaints.overview import ComplaintOrder, counts
from api.complaints.understanding import understanding_of
from api.deps import SessionDep, SettingsDep
from api.routes.complaint_links import links_of
from api.routes.complaints import KIND, Order, Reader, Writer, held, list_complaints, read_complaint
from api.schemas.complaint_filters import ComplaintFilters
from api.schemas.complaints import ComplaintDetail, ComplaintEventView, ComplaintView
from api.schemas.ids import ObjectId
from api.schemas.page import PagingDep
from api.store.accounts import User
from api.store.complaints import CHANNEL_NAMES, COMPLAINT_STATUS_NAMES, Channel, Complaint
from api.workbench.blanks import PageRoute
from api.workbench.complaint_course import course
from api.workbench.complaint_links import LINK_NAMES, shown_links
from api.workbench.complaint_replies import filled_replies
from api.workbench.complaint_text import MARK_NAMES, marked
from api.workbench.pages import page
from scanner.complaint.channels import load_channels
from scanner.complaint.kinds import REPORT_KIND_NAMES
from scanner.complaint.understanding import Matter
from scanner.complaint.urgency import LEVEL_NAMES

router = APIRouter(include_in_schema=False, route_class=PageRoute)
Filters = Annotated[ComplaintFilters, Depends()]
ORDERS = {
    ComplaintOrder.URGENT: "急的在前",
    ComplaintOrder.DUE: "先到期的在前",
    ComplaintOrder.NEWEST: "新的在前",
}
_NAMES: dict[str, Any] = {
    "statuses": COMPLAINT_STATUS_NAMES,
    "levels": LEVEL_NAMES,
    "kinds": REPORT_KIND_NAMES,
    "channels": CHANNEL_NAMES,
    "orders": ORDERS,
    "near_days": NEAR_DAYS,
}


@router.get("/complaints", summary="投诉举报页面")
def show_complaints(
    request: Request,
    user: Reader,
    session: SessionDep,
    paging: PagingDep,
    filters: Filters,
    order: Order = ComplaintOrder.URGENT,
) -> HTMLResponse:
    """The urgent ones first."""
    told: dict[str, Any] = {
        "complaints": list_complaints(user, session, paging, filters, order),
        "counts": counts(session, [visible(Complaint, user)]),
        "filters": filters,
        "order": order,
        "officers": _officers(session),
    }
    return page(request, "complaints.html", user, title="投诉举报", **told, **_NAMES)


@router.get("/complaints/new", summary="登记投诉举报页面")
def show_new(request: Request, user: Writer) -> HTMLResponse:
    """A call or a letter is written down."""
    channels = {channel: CHANNEL_NAMES[channel] for channel in (Channel.PHONE, Channel.LETTER)}
    told = _NAMES | {"channels": channels}
    return page(request, "complaint_new.html", user, title="登记投诉举报", **told)


@router.get("/complaints/import", summary="导入投诉举报页面")
def show_import(request: Request, user: Writer, settings: SettingsDep) -> HTMLResponse:
    """A table is sent in; what could not be taken is told row by row."""
    told: dict[str, Any] = {"columns": COLUMNS, "limit": settings.max_import_rows}
    return page(request, "complaint_import.html", user, title="批量导入", **told)


@router.get("/complaints/{complaint_id}", summary="投诉举报详情页面")
def show_complaint(
    request: Request, complaint_id: ObjectId, user: Reader, session: SessionDep, settings: SettingsDep
) -> HTMLResponse:
    """One report with all that is understood of it, masked; suggestions are made anew."""
    complaint = held(session, complaint_id, user)
    links = shown_links(session, user, links_of(session, complaint))
    detail = read_complaint(complaint_id, user, session)
    understanding = understanding_of(complaint)
    told: dict[str, Any] = {
        "detail": detail,
        "one": detail.complaint,
        "pieces": marked(detail.text, understanding),
        "marks": MARK_NAMES,
        "matters": _matters(detail),
        "links": links,
        "link_names": LINK_NAMES,
        "course": course(session, complaint),
        "replies": filled_replies(detail, settings.office_name),
        "officers": _officers(session) if user.may(Permission.COMPLAINT_WRITE) else [],
        "offices": load_channels().channels,
        "known": KNOWN,
        "limit": settings.max_material_bytes,
    }
    return page(
        request, "complaint.html", user, title=f"投诉举报 {detail.complaint.number}", **told, **_NAMES
    )


@router.get("/complaints/{complaint_id}/handoff", summary="转办件页面", response_class=HTMLResponse)
def show_handoff(
    request: Request, complaint_id: ObjectId, user: Writer, session: SessionDep, settings: SettingsDep
) -> Response:
    """The masked copy for printing, once its making was given a reason."""
    complaint = fetch(session, Complaint, complaint_id, user, kind=KIND)
    made = [event for event in complaint.events if event.kind == "handoff"]
    if not made:
        return RedirectResponse(f"/complaints/{complaint_id}", 303)
    record(session, user, "complaint.read", "complaint", complaint.id)
    told: dict[str, Any] = {
        "copy": handoff(complaint),
        "one": ComplaintView.of(complaint),
        "pieces": marked(complaint.masked_text, understanding_of(complaint)),
        "made": ComplaintEventView.of(made[-1]),
        "offices": {channel.code: channel.name for channel in load_channels().channels},
        "office": settings.office_name,
    }
    return page(request, "complaint_handoff.html", user, title=f"转办件 {complaint.number}", **told, **_NAMES)


def _matters(detail: ComplaintDetail) -> list[dict[str, Any]]:
    """Other matters that are told of, each once, with where it belongs."""
    file = load_channels()
    found: dict[Matter, list[str]] = {}
    for one in detail.understanding["matters"]:
        found.setdefault(Matter(one["kind"]), []).append(one["passage"]["quote"])
    rules = [(matter, quotes, file.matter(matter)) for matter, quotes in found.items()]
    return [
        {
            "matter": matter,
            "quotes": quotes,
            "words": rule.words,
            "offices": [file.channel(code) for code in rule.channels],
        }
        for matter, quotes, rule in rules
    ]


def _officers(session: Session) -> list[User]:
    """Those who may work on reports."""
    roles = [role for role, may in ROLE_PERMISSIONS.items() if Permission.COMPLAINT_WRITE in may]
    return list(session.scalars(select(User).where(User.active, User.role.in_(roles)).order_by(User.name)))
