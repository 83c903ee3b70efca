"""The course of a report, as data: what may follow what."""

from __future__ import annotations

from api.errors import ApiError
from api.store.complaints import COMPLAINT_STATUS_NAMES, ComplaintStatus

_S = ComplaintStatus
NEXT: dict[ComplaintStatus, tuple[ComplaintStatus, ...]] = {
    _S.RECEIVED: (_S.ACCEPTED, _S.MORE_NEEDED, _S.TRANSFERRED, _S.NOT_ACCEPTED, _S.SPAM),
    _S.ACCEPTED: (_S.ANSWERED, _S.TRANSFERRED, _S.MORE_NEEDED),
    _S.MORE_NEEDED: (_S.ACCEPTED, _S.TRANSFERRED, _S.NOT_ACCEPTED, _S.RECEIVED),
    _S.TRANSFERRED: (_S.ANSWERED, _S.ACCEPTED, _S.CLOSED),
    _S.NOT_ACCEPTED: (_S.ANSWERED, _S.ACCEPTED, _S.CLOSED),
    _S.ANSWERED: (_S.CLOSED, _S.ACCEPTED),
    _S.CLOSED: (),
    _S.SPAM: (_S.RECEIVED, _S.CLOSED),
}
FINISHED = (_S.CLOSED, _S.SPAM)
"""Nothing more is taken from the reporter."""


def check_step(source: ComplaintStatus, target: ComplaintStatus) -> None:
    """Raises ApiError E684 where `target` may not follow `source`; it names what may."""
    if target not in NEXT[source]:
        names = "、".join(COMPLAINT_STATUS_NAMES[status] for status in NEXT[source]) or "无"
        raise ApiError(
            "E684",
            source=COMPLAINT_STATUS_NAMES[source],
            target=COMPLAINT_STATUS_NAMES[target],
            next=names,
        )
