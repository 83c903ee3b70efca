"""The review queue: what is to be judged first, judged with its near-copies, taken back, compared."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import fetch, visible
from api.cases.agreement import own_agreements
from api.cases.dossier import Dossier, dossier
from api.cases.queue import Entry, entries
from api.cases.reviews import review, standing_of_folds
from api.cases.undo import undo
from api.deps import SessionDep
from api.errors import ApiError
from api.schemas.ids import ObjectId
from api.schemas.page import Page, PagingDep
from api.schemas.queue import ActView, FoldsReviewIn, OwnAgreementView, QueueDetail, QueueFilters, QueueItem
from api.store.ads import StoredFinding
from api.store.folds import Fold

router = APIRouter(prefix="/v1", tags=["线索"])
Reader = Annotated[Principal, Depends(allowed(Permission.FINDING_READ))]
Reviewer = Annotated[Principal, Depends(allowed(Permission.FINDING_REVIEW))]
Filters = Annotated[QueueFilters, Depends()]


@router.get("/queue", summary="待核查的线索，近似副本合为一条")
def list_queue(user: Reader, session: SessionDep, paging: PagingDep, filters: Filters) -> Page[QueueItem]:
    """Severity × confidence × reach, unless asked otherwise."""
    found = paging.of(session, filters.queue(user), lambda fold_id: fold_id)
    items = queue_items(session, entries(session, found.items), blind=filters.blind(user))
    record(session, user, "finding.queue", "finding", "", after=filters.told() | {"page": paging.page})
    return Page[QueueItem](items=items, total=found.total, page=found.page, size=found.size)


def queue_items(session: Session, found: list[Entry], *, blind: bool) -> list[QueueItem]:
    """As they go out; `blind` keeps back what people said."""
    said = {} if blind else standing_of_folds(session, [entry.fold.id for entry in found])
    return [QueueItem.of(entry, said.get(entry.fold.id), blind=blind) for entry in found]


@router.get("/queue/{fold_id}", summary="查看待核查的一条")
def read_queue_item(fold_id: ObjectId, user: Reader, session: SessionDep, filters: Filters) -> QueueDetail:
    """With its near-copies, what people said, and the cases; `state` second leaves out the latter two."""
    found = read_dossier(session, user, fold_id, blind=filters.blind(user))
    (item,) = queue_items(session, [found.entry], blind=filters.blind(user))
    return QueueDetail.of(item, found)


def read_dossier(
    session: Session, user: Principal, fold_id: str, *, blind: bool, finding_id: str | None = None
) -> Dossier:
    """What a reviewer looks at, of the newest finding or of `finding_id`; leaves its entry in the audit log.

    Raises ApiError E610 for what does not exist or is not theirs to see.
    """
    fold = fetch(session, Fold, fold_id, user, kind="线索")
    (entry,) = entries(session, [fold.id])
    if finding_id is not None:
        chosen = fetch(session, StoredFinding, finding_id, user, kind="线索")
        entry = Entry(fold, chosen if chosen.fold_id == fold.id else entry.finding)
    record(session, user, "finding.read", "finding", entry.finding.id)
    return dossier(session, user, entry, blind=blind)


@router.post("/queue/reviews", status_code=201, summary="复核一条或多条，连同近似副本")
def review_folds(body: FoldsReviewIn, user: Reviewer, session: SessionDep) -> ActView:
    """One act, however many; `DELETE /v1/reviews/{act_id}` takes it back."""
    wanted = set(body.ids)
    known = set(session.scalars(select(Fold.id).where(Fold.id.in_(wanted), visible(Fold, user))))
    if missing := wanted - known:
        raise ApiError("E610", id=min(missing), kind="线索")
    ids = select(StoredFinding.id).where(StoredFinding.fold_id.in_(known)).order_by(StoredFinding.id)
    made = review(session, user, session.scalars(ids).all(), body.decision, body.reason)
    return ActView(act_id=made[0].act_id, findings=len(made))


@router.get("/reviews/agreement", summary="本人与同事的复核一致性")
def compare_own(user: Reviewer, session: SessionDep) -> list[OwnAgreementView]:
    """Cohen's kappa with each colleague who judged the same."""
    found, names = own_agreements(session, user.user_id)
    record(session, user, "statistics.agreement", "statistics", "", after={"own": True})
    return [OwnAgreementView.of(one, user.user_id, names) for one in found]


@router.delete("/reviews/{act_id}", summary="撤销本人的一次复核")
def undo_review(act_id: ObjectId, user: Reviewer, session: SessionDep) -> ActView:
    """All that was decided at that stroke; the audit log keeps it."""
    return ActView(act_id=act_id, findings=len(undo(session, user, act_id)))
