"""What waits for a person, counted, each with the page where it is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import visible
from api.cases.deadlines import NEAR_DAYS
from api.cases.queue import QueueSort, QueueState, queue
from api.cases.workflow import today
from api.complaints.overview import counts
from api.jobs.progress import UNFINISHED
from api.store.batches import Batch
from api.store.cases import Case
from api.store.complaints import Complaint, ComplaintStatus
from api.store.folds import Fold
from scanner.findings import Disposition


@dataclass(frozen=True, slots=True)
class Waiting:
    """A count with its page. `kind` is its colour: bad, ask, or none."""

    label: str
    count: int
    address: str
    kind: str = ""


def waiting(session: Session, user: Principal) -> list[Waiting]:
    """All that the user's permissions let them see, the most pressing first."""
    parts = (_complaints, _cases, _findings, _batches)
    return [entry for part in parts for entry in part(session, user)]


def _complaints(session: Session, user: Principal) -> Iterator[Waiting]:
    if not user.may(Permission.COMPLAINT_READ):
        return
    found = counts(session, [visible(Complaint, user)])
    received = found.by_status.get(ComplaintStatus.RECEIVED, 0)
    yield Waiting("急的投诉举报", found.urgent, "/complaints?level=urgent", "bad")
    yield Waiting("超期投诉举报", found.overdue, "/complaints?overdue=true", "bad")
    yield Waiting("待受理投诉举报", received, "/complaints?status=received", "ask")


def _cases(session: Session, user: Principal) -> Iterator[Waiting]:
    if not user.may(Permission.CASE_READ):
        return
    own = user.may(Permission.CASE_WRITE)
    whose, mine = ("我的", {"assignee_id": user.user_id}) if own else ("", {})
    open_ones = [Case.closed_at.is_(None), *([Case.assignee_id == user.user_id] if own else [])]
    overdue, near = Case.deadline < today(), Case.deadline.between(today(), _soon())
    yield _of_cases(session, f"{whose}超期案件", [*open_ones, overdue], mine | {"overdue": "true"}, "bad")
    yield _of_cases(session, f"{whose}将到期案件", [*open_ones, near], mine | {"near": "true"}, "ask")
    if user.may(Permission.CASE_ASSIGN):
        anyone = Case.closed_at.is_(None)
        free = [anyone, Case.assignee_id.is_(None)]
        yield _of_cases(session, "全部超期案件", [anyone, overdue], {"overdue": "true"}, "bad")
        yield _of_cases(session, "未分派案件", free, {"unassigned": "true"}, "ask")
    yield _of_cases(session, f"{whose}未结案件", open_ones, mine)


def _findings(session: Session, user: Principal) -> Iterator[Waiting]:
    if not user.may(Permission.FINDING_READ):
        return
    kinds = {Disposition.VIOLATION: ("涉嫌违法", "bad"), Disposition.REVIEW: ("待核", "ask")}
    for disposition, (name, kind) in kinds.items():
        open_ones = queue(user, [Fold.disposition == disposition], QueueState.OPEN, QueueSort.PRIORITY)
        address = f"/review?{urlencode({'disposition': disposition})}"
        label = f"{name}未核查" if user.may(Permission.FINDING_REVIEW) else f"{name}线索"
        yield Waiting(label, _count(session, open_ones), address, kind)
    if user.may(Permission.FINDING_REVIEW):
        disputed = queue(user, [], QueueState.DISPUTED, QueueSort.PRIORITY)
        yield Waiting("结论不一", _count(session, disputed), "/review?state=disputed", "ask")


def _batches(session: Session, user: Principal) -> Iterator[Waiting]:
    if user.may(Permission.BATCH_READ):
        unfinished = select(Batch).where(visible(Batch, user), Batch.status.in_(UNFINISHED))
        yield Waiting("正在扫描", _count(session, unfinished), "/batches")


def _of_cases(
    session: Session,
    label: str,
    criteria: Sequence[ColumnElement[bool]],
    asked: dict[str, Any],
    kind: str = "",
) -> Waiting:
    count = _count(session, select(Case).where(*criteria))
    return Waiting(label, count, f"/cases?{urlencode(asked | {'view': 'list'})}", kind)


def _count(session: Session, wanted: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0


def _soon() -> date:
    return today() + timedelta(days=NEAR_DAYS)
