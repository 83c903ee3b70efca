"""What a report may belong to: the program suggests, an officer joins."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy.orm import Session

from api.auth.principal import Principal
from api.complaints.linking import decide, offer
from api.complaints.status import FINISHED
from api.deps import SessionDep
from api.errors import ApiError
from api.routes.complaints import Reader, Writer, held
from api.schemas.complaints import LinkDecisionIn, LinkView
from api.schemas.ids import ObjectId
from api.store.complaints import Complaint, ComplaintLink, LinkStatus

router = APIRouter(prefix="/v1/complaints", tags=["投诉举报"])


def links_of(session: Session, complaint: Complaint) -> list[ComplaintLink]:
    """What is joined, dismissed or suggested, the likeliest first; a finished report gets no new suggestions."""
    return complaint.links if complaint.status in FINISHED else offer(session, complaint)


@router.get("/{complaint_id}/links", summary="投诉举报的关联和建议")
def list_links(complaint_id: ObjectId, user: Reader, session: SessionDep) -> list[LinkView]:
    """Employer, ads, other reports and cases, each with the reasons."""
    return [LinkView.of(link) for link in links_of(session, held(session, complaint_id, user))]


@router.post("/{complaint_id}/links/{link_id}", summary="确认或排除一项关联")
def decide_link(
    complaint_id: ObjectId, link_id: ObjectId, body: LinkDecisionIn, user: Writer, session: SessionDep
) -> LinkView:
    """Either may be changed later."""
    link = _link(session, complaint_id, link_id, user)
    decide(session, user, link, joined=body.status == LinkStatus.JOINED)
    return LinkView.of(link)


def _link(session: Session, complaint_id: str, link_id: str, user: Principal) -> ComplaintLink:
    complaint = held(session, complaint_id, user)
    found = next((link for link in complaint.links if link.id == link_id), None)
    if found is None:
        raise ApiError("E610", id=link_id, kind="关联")
    return found
