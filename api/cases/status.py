"""The course of a case, as data: what may follow what, and what must be so first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from api.errors import ApiError
from api.store.ads import Decision
from api.store.cases import CASE_STATUS_NAMES, CaseStatus

_S = CaseStatus
NEXT: dict[CaseStatus, tuple[CaseStatus, ...]] = {
    _S.TO_VERIFY: (_S.UNFOUNDED, _S.EXCEPTION, _S.VERIFIED),
    _S.UNFOUNDED: (_S.CLOSED, _S.TO_VERIFY),
    _S.EXCEPTION: (_S.CLOSED, _S.TO_VERIFY),
    _S.VERIFIED: (_S.INTERVIEW, _S.RECTIFICATION_ORDER, _S.TRANSFERRED, _S.RECTIFIED),
    _S.INTERVIEW: (_S.RECTIFIED, _S.REFUSED, _S.RECTIFICATION_ORDER, _S.TRANSFERRED),
    _S.RECTIFICATION_ORDER: (_S.RECTIFIED, _S.REFUSED, _S.TRANSFERRED),
    _S.TRANSFERRED: (_S.RECTIFIED, _S.REFUSED, _S.CLOSED),
    _S.RECTIFIED: (_S.CLOSED, _S.REFUSED),
    _S.REFUSED: (_S.RECTIFICATION_ORDER, _S.TRANSFERRED, _S.RECTIFIED, _S.CLOSED),
    _S.CLOSED: (),
}
"""A closed case stays closed: the same conduct later is a new case with the label 复发."""
CORRECTABLE = (_S.VERIFIED, _S.INTERVIEW, _S.RECTIFICATION_ORDER, _S.TRANSFERRED, _S.REFUSED)
"""Where a correction is awaited."""
OPEN = tuple(status for status in CaseStatus if status is not _S.CLOSED)


def check_step(source: CaseStatus, target: CaseStatus) -> None:
    """Raises ApiError E660 where `target` may not follow `source`; it names what may."""
    if target not in NEXT[source]:
        names = "、".join(CASE_STATUS_NAMES[status] for status in NEXT[source]) or "无"
        raise ApiError("E660", source=CASE_STATUS_NAMES[source], target=CASE_STATUS_NAMES[target], next=names)


def check_reviewed(target: CaseStatus, decisions: Iterable[Decision | None]) -> None:
    """Raises ApiError E661, which says what is missing, unless people have said enough for `target`."""
    if need := missing(target, decisions):
        raise ApiError("E661", target=CASE_STATUS_NAMES[target], need=need)


def missing(target: CaseStatus, decisions: Iterable[Decision | None]) -> str:
    """What people must still say of the findings before `target`; empty where nothing is missing.

    `decisions`: one a finding, None unreviewed. A machine's label is no decision.
    """
    said = Counter(decisions)
    if target is _S.VERIFIED and not said[Decision.CONFIRMED]:
        return "至少一条线索已由人复核为“成立”"
    if target in (_S.UNFOUNDED, _S.EXCEPTION) and (said[None] or said[Decision.CONFIRMED]):
        return "全部线索已由人复核，且没有“成立”的"
    if target is _S.EXCEPTION and not said[Decision.EXCEPTION]:
        return "至少一条线索已由人复核为“属例外”"
    return ""
