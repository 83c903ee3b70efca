"""All open cases of one officer go to another: leave, transfer, retirement."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.audit.record import Who
from api.cases.status import OPEN
from api.cases.workflow import assign, check_assignee
from api.store.accounts import User
from api.store.cases import Case


def hand_over(session: Session, who: Who, giver: User, taker: User, *, reason: str) -> list[Case]:
    """Reassign every open case of `giver`; none if there are none. Raises ApiError E665."""
    check_assignee(taker)
    mine = select(Case).where(Case.assignee_id == giver.id, Case.status.in_(OPEN)).order_by(Case.number)
    cases = list(session.scalars(mine.with_for_update()))
    for case in cases:
        assign(session, who, case, taker, reason=reason, kind="handover")
    return cases


def holders(session: Session) -> list[tuple[User, int]]:
    """Everyone who has or had a case on their desk, by name, with how many of theirs are open."""
    still_open = func.count(Case.id).filter(Case.status.in_(OPEN))
    query = select(User, still_open).join(Case, Case.assignee_id == User.id).group_by(User.id)
    return [(user, count) for user, count in session.execute(query.order_by(User.name))]
