"""Look at the ads of a case again: what changed, and whether that closes or escalates it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.audit.record import Who, record
from api.cases.status import CORRECTABLE
from api.cases.workflow import add_event, change_status, today
from api.store.ads import AdVersion, Capture, StoredFinding
from api.store.cases import Case, CaseFinding, CaseStatus
from scanner.findings import Disposition


class Outcome(StrEnum):
    """What a second look found."""

    NOT_SEEN_AGAIN = "not_seen_again"
    CORRECTED = "corrected"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


OUTCOME_NAMES: dict[Outcome, str] = {
    Outcome.NOT_SEEN_AGAIN: "没有新的采集记录",
    Outcome.CORRECTED: "已没有涉嫌违法或待核的用语",
    Outcome.CHANGED: "内容有改动，仍有涉嫌违法或待核的用语",
    Outcome.UNCHANGED: "内容没有改动",
}


@dataclass(frozen=True, slots=True)
class AdCheck:
    """One ad of the case: the version the case rests on against the newest one.

    `captured_at` is the newest sighting. `diff` holds the lines of a unified diff.
    """

    ad_id: str
    outcome: Outcome
    old_version: int
    new_version: int
    captured_at: datetime | None
    diff: tuple[str, ...]
    gone: tuple[str, ...]
    remaining: tuple[str, ...]
    new_finding_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recheck:
    """All ads of the case together, and the status that follows from it; None where nothing does."""

    outcome: Outcome
    ads: tuple[AdCheck, ...]
    proposed: CaseStatus | None


def recheck(session: Session, case: Case) -> Recheck:
    """Compare; changes nothing. What was seen after the last change of status counts as a second look."""
    steps = [event.created_at for event in case.events if event.kind == "status"]
    since = max([case.created_at, *steps])
    checks = tuple(_check(session, case, version, since) for version in _versions(session, case))
    outcome = _together([check.outcome for check in checks])
    return Recheck(outcome, checks, _proposed(case, outcome))


def apply(session: Session, who: Who, case: Case, found: Recheck, *, reason: str, accept: bool) -> None:
    """Write the second look into the case; with `accept` take the step that it proposes.

    A machine looks, a person accepts: without `accept` the status stays. New findings join the case.
    """
    new = [finding_id for check in found.ads for finding_id in check.new_finding_ids]
    session.add_all(CaseFinding(case_id=case.id, finding_id=finding_id) for finding_id in new)
    details = {
        "outcome": found.outcome.value,
        "proposed": found.proposed.value if found.proposed else None,
        "accepted": accept,
        "ads": [
            {"ad_id": c.ad_id, "outcome": c.outcome.value, "old": c.old_version, "new": c.new_version}
            for c in found.ads
        ],
    }
    add_event(session, who, case, "recheck", reason=reason, details=details)
    session.expire(case, ["findings"])
    record(session, who, "case.recheck", "case", case.id, after=details)
    if accept and found.proposed:
        change_status(session, who, case, found.proposed, reason=reason)


def _versions(session: Session, case: Case) -> list[AdVersion]:
    """The newest version of each ad that the case has a finding in."""
    query = (
        select(AdVersion)
        .join(StoredFinding, StoredFinding.version_id == AdVersion.id)
        .join(CaseFinding, CaseFinding.finding_id == StoredFinding.id)
        .where(CaseFinding.case_id == case.id)
        .order_by(AdVersion.ad_id, AdVersion.number)
    )
    return list({version.ad_id: version for version in session.scalars(query)}.values())


def _check(session: Session, case: Case, old: AdVersion, since: datetime) -> AdCheck:
    last = session.scalars(
        select(Capture)
        .where(Capture.ad_id == old.ad_id)
        .order_by(Capture.captured_at.desc(), Capture.id.desc())
    ).first()
    new = session.get_one(AdVersion, last.version_id) if last else old
    seen_again = last is not None and last.captured_at > since
    before, after = _open_findings(session, old), _open_findings(session, new)
    words = {finding.finding_key: _quotes(finding) for finding in before}
    left = {_quotes(finding) for finding in after}
    in_case = {finding.id for finding in case.findings}
    return AdCheck(
        ad_id=old.ad_id,
        outcome=_outcome(seen_again, old.id != new.id, bool(after)),
        old_version=old.number,
        new_version=new.number,
        captured_at=last.captured_at if last else None,
        diff=tuple(unified_diff(_lines(old), _lines(new), lineterm="", n=1))[2:],
        gone=tuple(quote for quote in words.values() if quote not in left),
        remaining=tuple(sorted(left)),
        new_finding_ids=tuple(finding.id for finding in after if finding.id not in in_case),
    )


def _outcome(seen_again: bool, differs: bool, flagged: bool) -> Outcome:
    if not seen_again:
        return Outcome.NOT_SEEN_AGAIN
    if not flagged:
        return Outcome.CORRECTED
    return Outcome.CHANGED if differs else Outcome.UNCHANGED


def _together(outcomes: list[Outcome]) -> Outcome:
    """The worst of them; corrected only if every ad is."""
    for outcome in (Outcome.UNCHANGED, Outcome.CHANGED, Outcome.NOT_SEEN_AGAIN):
        if outcome in outcomes:
            return outcome
    return Outcome.CORRECTED if outcomes else Outcome.NOT_SEEN_AGAIN


def _proposed(case: Case, outcome: Outcome) -> CaseStatus | None:
    """Corrected: 已整改, then 结案. Still there after the deadline, or back again: 拒不改正."""
    status = CaseStatus(case.status)
    still_there = outcome in (Outcome.UNCHANGED, Outcome.CHANGED)
    if outcome is Outcome.CORRECTED:
        return (
            CaseStatus.CLOSED
            if status is CaseStatus.RECTIFIED
            else _if(status in CORRECTABLE, CaseStatus.RECTIFIED)
        )
    if still_there and status is CaseStatus.RECTIFIED:
        return CaseStatus.REFUSED
    overdue = case.deadline is not None and case.deadline < today()
    awaited = status in (CaseStatus.INTERVIEW, CaseStatus.RECTIFICATION_ORDER)
    return _if(still_there and awaited and overdue, CaseStatus.REFUSED)


def _if(holds: bool, status: CaseStatus) -> CaseStatus | None:
    return status if holds else None


def _open_findings(session: Session, version: AdVersion) -> list[StoredFinding]:
    """Findings that are not exempt, in the order of the scanner's report."""
    wanted = StoredFinding.version_id == version.id, StoredFinding.disposition != Disposition.EXEMPT
    return list(session.scalars(select(StoredFinding).where(*wanted).order_by(StoredFinding.ordinal)))


def _quotes(finding: StoredFinding) -> str:
    return "；".join(span["quote"] for span in finding.payload["spans"])


def _lines(version: AdVersion) -> list[str]:
    fields = [f"{name}：{value}" for name, value in version.fields.items()]
    return [version.title, *fields, *version.text.splitlines()]
