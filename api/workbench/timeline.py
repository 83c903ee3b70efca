"""The course of a case in words: what was done, by whom, why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.cases.dossier import judgements_of
from api.cases.evidence import findings_of
from api.cases.recheck import OUTCOME_NAMES, Outcome
from api.cases.reviews import DECISION_NAMES
from api.store.accounts import User
from api.store.ads import Review
from api.store.audit import AuditEntry
from api.store.cases import CASE_STATUS_NAMES, Case, CaseEvent, CaseStatus, OpeningRule

SYSTEM = "系统"


class Comparison(NamedTuple):
    """Two versions of an ad that a second look told apart."""

    ad_id: str
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry: `title` says what was done, `text` is the reason or the note as it was written."""

    at: datetime
    by: str
    kind: str
    title: str
    text: str = ""
    comparisons: tuple[Comparison, ...] = ()


def timeline(session: Session, case: Case) -> list[Moment]:
    """All steps and reviews of the case, the newest first."""
    names = {user.id: user.shown_name for user in session.scalars(select(User))}
    steps = [_step(session, event, names) for event in case.events]
    said = [*_reviews(session, case), *_undone(session, case, names)]
    return sorted([*steps, *said], key=lambda one: one.at, reverse=True)


def _step(session: Session, event: CaseEvent, names: Mapping[str, str]) -> Moment:
    told = event.details
    title = _opened(session, told) if event.kind == "opened" else _TITLES[event.kind](told, names)
    compared = tuple(
        Comparison(ad["ad_id"], ad["old"], ad["new"])
        for ad in (told["ads"] if event.kind == "recheck" else [])
        if ad["old"] != ad["new"]
    )
    by = names.get(event.user_id or "", SYSTEM)
    return Moment(event.created_at, by, event.kind, title, event.reason, compared)


def _opened(session: Session, told: Mapping[str, Any]) -> str:
    rule = session.get(OpeningRule, told["opening_rule_id"]) if told["opening_rule_id"] else None
    return f"按立案规则“{rule.name}”立案" if rule else "立案"


def _status(told: Mapping[str, Any], names: Mapping[str, str]) -> str:
    source, target = (CASE_STATUS_NAMES[CaseStatus(told[side]["status"])] for side in ("from", "to"))
    due = told["to"]["deadline"]
    return f"{source} → {target}" + (f"，期限 {due}" if due else "")


def _assigned(told: Mapping[str, Any], names: Mapping[str, str]) -> str:
    taker = names.get(told["to"]["assignee_id"] or "")
    return f"分派给 {taker}" if taker else "改为未分派"


def _handover(told: Mapping[str, Any], names: Mapping[str, str]) -> str:
    giver, taker = (names.get(told[side]["assignee_id"] or "", "") for side in ("from", "to"))
    return f"由 {giver} 移交给 {taker}"


def _deadline(told: Mapping[str, Any], names: Mapping[str, str]) -> str:
    before, after = (told[side]["deadline"] for side in ("from", "to"))
    if after is None:
        return f"取消期限（原为 {before}）" if before else "取消期限"
    return f"期限由 {before} 改为 {after}" if before else f"期限定为 {after}"


def _labels(told: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return "标签：" + ("、".join(told["to"]["labels"]) or "无")


def _recheck(told: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return f"复查：{OUTCOME_NAMES[Outcome(told['outcome'])]}"


_TITLES: dict[str, Callable[[Mapping[str, Any], Mapping[str, str]], str]] = {
    "findings": lambda told, names: f"并入 {len(told['added'])} 条线索",
    "status": _status,
    "note": lambda told, names: "内部备注",
    "assigned": _assigned,
    "handover": _handover,
    "deadline": _deadline,
    "labels": _labels,
    "attachment": lambda told, names: f"添加附件 {told['file_name']}",
    "recheck": _recheck,
    "evidence": lambda told, names: f"导出证据包（摘要 {told['digest'][:12]}…）",
}
"""Kind of event → its words, from the event's details and the names of users."""


def _reviews(session: Session, case: Case) -> list[Moment]:
    """What people said of the findings; one act on many findings is one entry."""
    return [
        Moment(
            act.at,
            act.reviewer,
            "review",
            f"复核 {act.findings} 条线索：{DECISION_NAMES[act.decision]}",
            act.reason,
        )
        for act in judgements_of(session, Review.finding_id.in_(findings_of(case)))
    ]


def _undone(session: Session, case: Case, names: Mapping[str, str]) -> list[Moment]:
    """Reviews that were taken back: only the audit log still knows of them."""
    theirs = AuditEntry.object_id.in_(findings_of(case))
    entries = select(AuditEntry).where(AuditEntry.action == "finding.unreview", theirs)
    acts: dict[str, list[AuditEntry]] = defaultdict(list)
    for entry in session.scalars(entries.order_by(AuditEntry.number)):
        acts[(entry.before or {})["act_id"]].append(entry)
    return [
        Moment(act[0].at, names.get(act[0].actor_id, SYSTEM), "review", f"撤销对 {len(act)} 条线索的复核")
        for act in acts.values()
    ]
