"""The course of a report in words: what was done, by whom, why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store.accounts import User
from api.store.complaints import COMPLAINT_STATUS_NAMES, Complaint, ComplaintEvent, ComplaintStatus
from api.workbench.complaint_links import LINK_NAMES
from api.workbench.timeline import SYSTEM, Moment
from scanner.complaint.channels import ReportKind, load_channels
from scanner.complaint.kinds import REPORT_KIND_NAMES
from scanner.complaint.urgency import LEVEL_NAMES, Level

REPORTER = "反映人"


def course(session: Session, complaint: Complaint) -> list[Moment]:
    """All steps, the newest first."""
    names = {user.id: user.shown_name for user in session.scalars(select(User))}
    return [_step(event, names) for event in reversed(complaint.events)]


def _step(event: ComplaintEvent, names: Mapping[str, str]) -> Moment:
    title = _TITLES[event.kind](event.details, names)
    nobody = REPORTER if event.kind in _BY_REPORTER else SYSTEM
    return Moment(event.created_at, names.get(event.user_id or "", nobody), event.kind, title, event.reason)


_BY_REPORTER = ("received", "material")


def _received(told: Mapping[str, Any], names: Mapping[str, str]) -> str:
    files = told.get("materials")
    return f"收到，附 {files} 份材料" if files else "收到"


def _status(told: Mapping[str, Any], names: Mapping[str, str]) -> str:
    source, target = (COMPLAINT_STATUS_NAMES[ComplaintStatus(told[side])] for side in ("from", "to"))
    return f"{source} → {target}"


def _level(told: Mapping[str, Any], names: Mapping[str, str]) -> str:
    before, after = (LEVEL_NAMES[Level(told[side])] for side in ("from", "to"))
    return f"紧急程度由“{before}”调整为“{after}”"


def _kind(told: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return f"认定为{REPORT_KIND_NAMES[ReportKind(told['to'])]}"


def _route(told: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return f"确定渠道：{load_channels().channel(told['to']).name}"


def _assigned(told: Mapping[str, Any], names: Mapping[str, str]) -> str:
    taker = names.get(told["to"] or "")
    return f"分派给 {taker}" if taker else "改为未分派"


def _looked(told: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return "调阅材料原件" if "material_id" in told else "查看反映人身份"


_TITLES: dict[str, Callable[[Mapping[str, Any], Mapping[str, str]], str]] = {
    "received": _received,
    "read": lambda told, names: "查看",
    "identity_viewed": _looked,
    "identity_erased": lambda told, names: "按保存期限清除反映人身份和材料原件",
    "override": _level,
    "kind": _kind,
    "linked": lambda told, names: f"合并：{LINK_NAMES[told['kind']]}",
    "unlinked": lambda told, names: f"排除：{LINK_NAMES[told['kind']]}",
    "status": _status,
    "note": lambda told, names: "内部备注",
    "reply": lambda told, names: "答复反映人",
    "material": lambda told, names: "补充材料",
    "handoff": lambda told, names: "生成转办件",
    "assigned": _assigned,
    "route": _route,
}
"""Kind of event → its words, from the event's details and the names of users."""
