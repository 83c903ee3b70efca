"""What people do with a case: take it a step on, assign, label, note, review, hand over."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import fetch
from api.cases import workflow
from api.cases.evidence import findings_of
from api.cases.handover import hand_over
from api.cases.reviews import review
from api.deps import SessionDep
from api.schemas.cases import (
    AssigneeIn,
    CaseView,
    DeadlineIn,
    EventView,
    HandoverIn,
    HandoverView,
    LabelsIn,
    NoteIn,
    StatusIn,
)
from api.schemas.findings import ReviewIn
from api.schemas.ids import ObjectId
from api.store.accounts import User
from api.store.ads import StoredFinding
from api.store.cases import Case

router = APIRouter(prefix="/v1", tags=["案件"])
Writer = Annotated[Principal, Depends(allowed(Permission.CASE_WRITE))]
Reviewer = Annotated[Principal, Depends(allowed(Permission.FINDING_REVIEW))]
Assigner = Annotated[Principal, Depends(allowed(Permission.CASE_ASSIGN))]


def _held(session: Session, case_id: str, user: Principal) -> Case:
    """The case, locked against another officer's step at the same time."""
    case = fetch(session, Case, case_id, user, kind="案件")
    session.refresh(case, with_for_update=True)
    return case


@router.post("/cases/{case_id}/status", summary="变更案件状态")
def change_status(case_id: ObjectId, body: StatusIn, user: Writer, session: SessionDep) -> CaseView:
    """One step; a reason is always required."""
    case = _held(session, case_id, user)
    workflow.change_status(session, user, case, body.status, reason=body.reason, deadline=body.deadline)
    return CaseView.of(case)


@router.post("/cases/{case_id}/deadline", summary="变更期限")
def change_deadline(case_id: ObjectId, body: DeadlineIn, user: Writer, session: SessionDep) -> CaseView:
    """Extend, shorten or lift."""
    case = _held(session, case_id, user)
    workflow.set_deadline(session, user, case, body.deadline, reason=body.reason)
    return CaseView.of(case)


@router.post("/cases/{case_id}/assignee", summary="分派案件")
def assign_case(case_id: ObjectId, body: AssigneeIn, user: Assigner, session: SessionDep) -> CaseView:
    """To an officer, or to nobody."""
    case = _held(session, case_id, user)
    assignee = fetch(session, User, body.assignee_id, user, kind="用户") if body.assignee_id else None
    workflow.assign(session, user, case, assignee, reason=body.reason)
    return CaseView.of(case)


@router.put("/cases/{case_id}/labels", summary="设置标签")
def label_case(case_id: ObjectId, body: LabelsIn, user: Writer, session: SessionDep) -> CaseView:
    """Replaces all labels."""
    case = _held(session, case_id, user)
    workflow.set_labels(session, user, case, body.labels)
    return CaseView.of(case)


@router.post("/cases/{case_id}/notes", status_code=201, summary="添加内部备注")
def note_case(case_id: ObjectId, body: NoteIn, user: Writer, session: SessionDep) -> EventView:
    """In no evidence pack."""
    case = fetch(session, Case, case_id, user, kind="案件")
    return EventView.of(workflow.note(session, user, case, body.text))


@router.post("/cases/{case_id}/reviews", status_code=201, summary="复核本案全部线索")
def review_case(case_id: ObjectId, body: ReviewIn, user: Reviewer, session: SessionDep) -> CaseView:
    """One decision for every finding of the case: copies of one ad need not be reviewed one by one."""
    case = fetch(session, Case, case_id, user, kind="案件")
    of_case = select(StoredFinding.id).where(StoredFinding.id.in_(findings_of(case)))
    findings = list(session.scalars(of_case.order_by(StoredFinding.id)))
    review(session, user, findings, body.decision, body.reason)
    return CaseView.of(case)


@router.post("/cases:handover", summary="移交一名承办人的全部案件")
def hand_over_cases(body: HandoverIn, user: Assigner, session: SessionDep) -> HandoverView:
    """All open ones."""
    giver = fetch(session, User, body.from_id, user, kind="用户")
    taker = fetch(session, User, body.to_id, user, kind="用户")
    cases = hand_over(session, user, giver, taker, reason=body.reason)
    return HandoverView(case_ids=[case.id for case in cases])
