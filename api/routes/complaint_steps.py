"""What officers do with a report: take it a step on, say what kind it is, weigh it, route it, answer it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from api.auth.scope import fetch
from api.complaints.workflow import Officer
from api.deps import ServicesDep, SessionDep
from api.errors import ApiError
from api.routes.complaints import Writer, held
from api.schemas.complaints import (
    ComplaintAssigneeIn,
    ComplaintEventView,
    ComplaintNoteIn,
    ComplaintStatusIn,
    ComplaintView,
    KindIn,
    RouteIn,
    UrgencyIn,
)
from api.schemas.ids import ObjectId
from api.store.accounts import User
from scanner.complaint.channels import load_channels

router = APIRouter(prefix="/v1/complaints", tags=["投诉举报"])


def _officer(user: Writer, services: ServicesDep, session: SessionDep) -> Officer:
    return Officer(session, services.vault, user)


OfficerDep = Annotated[Officer, Depends(_officer)]
"""The user at work on reports."""


@router.post("/{complaint_id}/status", summary="变更投诉举报的状态")
def change_complaint_status(
    complaint_id: ObjectId, body: ComplaintStatusIn, user: Writer, officer: OfficerDep, session: SessionDep
) -> ComplaintView:
    """One step; a reason is always required."""
    complaint = held(session, complaint_id, user)
    officer.change_status(complaint, body.status, reason=body.reason)
    return ComplaintView.of(complaint)


@router.post("/{complaint_id}/kind", summary="认定为投诉或举报")
def set_complaint_kind(
    complaint_id: ObjectId, body: KindIn, user: Writer, officer: OfficerDep, session: SessionDep
) -> ComplaintView:
    """The term to decide follows from it."""
    complaint = held(session, complaint_id, user)
    officer.set_kind(complaint, body.kind, reason=body.reason)
    return ComplaintView.of(complaint)


@router.post("/{complaint_id}/urgency", summary="调整紧急程度")
def override_urgency(
    complaint_id: ObjectId, body: UrgencyIn, user: Writer, officer: OfficerDep, session: SessionDep
) -> ComplaintView:
    """The computed score stays, and is shown beside it."""
    complaint = held(session, complaint_id, user)
    officer.override_urgency(complaint, body.level, reason=body.reason)
    return ComplaintView.of(complaint)


@router.post("/{complaint_id}/route", summary="确定受理渠道")
def set_complaint_route(
    complaint_id: ObjectId, body: RouteIn, user: Writer, officer: OfficerDep, session: SessionDep
) -> ComplaintView:
    """One of the channels that are known."""
    known = {channel.code: channel.name for channel in load_channels().channels}
    if body.route not in known:
        told = "、".join(f"{code}（{name}）" for code, name in known.items())
        raise ApiError("E687", route=body.route, known=told)
    complaint = held(session, complaint_id, user)
    officer.set_route(complaint, body.route, reason=body.reason)
    return ComplaintView.of(complaint)


@router.post("/{complaint_id}/assignee", summary="分派投诉举报")
def assign_complaint(
    complaint_id: ObjectId,
    body: ComplaintAssigneeIn,
    user: Writer,
    officer: OfficerDep,
    session: SessionDep,
) -> ComplaintView:
    """To an officer who may work on it, or to nobody."""
    complaint = held(session, complaint_id, user)
    assignee = fetch(session, User, body.assignee_id, user, kind="用户") if body.assignee_id else None
    officer.assign(complaint, assignee, reason=body.reason)
    return ComplaintView.of(complaint)


@router.post("/{complaint_id}/notes", status_code=201, summary="添加内部备注")
def note_complaint(
    complaint_id: ObjectId, body: ComplaintNoteIn, user: Writer, officer: OfficerDep, session: SessionDep
) -> ComplaintEventView:
    """For colleagues; in no hand-off copy."""
    complaint = held(session, complaint_id, user)
    return ComplaintEventView.of(officer.note(complaint, body.text))


@router.post("/{complaint_id}/replies", status_code=201, summary="答复反映人")
def reply_to_complaint(
    complaint_id: ObjectId, body: ComplaintNoteIn, user: Writer, officer: OfficerDep, session: SessionDep
) -> ComplaintEventView:
    """Whoever has the receipt reads it."""
    complaint = held(session, complaint_id, user)
    return ComplaintEventView.of(officer.reply(complaint, body.text))
