"""What a report may belong to, as it is shown: called by its name, with its page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.schemas.complaints import ComplaintView
from api.store.ads import Employer, StoredAd, StoredFinding
from api.store.cases import CASE_STATUS_NAMES, Case, CaseStatus
from api.store.complaints import Complaint, ComplaintLink, LinkKind, LinkStatus
from scanner.findings import Disposition

LINK_NAMES: dict[LinkKind, str] = {
    LinkKind.EMPLOYER: "用人单位",
    LinkKind.AD: "招聘广告",
    LinkKind.COMPLAINT: "其他投诉举报",
    LinkKind.CASE: "案件",
}
MOST_FINDINGS = 200
"""Of one ad, from which a case is opened."""


class _Target(NamedTuple):
    """What a link leads to; `address` is empty for those who may not open it."""

    name: str
    about: str
    address: str


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link with the name of what it leads to; `findings` of an ad from which a case may be opened."""

    id: str
    kind: LinkKind
    status: LinkStatus
    score: float
    reasons: list[str]
    name: str
    about: str
    address: str
    findings: list[str]


def shown_links(session: Session, user: Principal, links: Sequence[ComplaintLink]) -> list[ShownLink]:
    """Those whose target still is there, in their order."""
    shown = []
    for link in links:
        kind = LinkKind(link.kind)
        target = _TARGETS[kind](session, user, link.target_id)
        if target is None:
            continue
        told = {name: getattr(link, name) for name in ("id", "score", "reasons")}
        findings = _findings(session, user, link) if kind is LinkKind.AD else []
        shown.append(
            ShownLink(
                **told, kind=kind, status=LinkStatus(link.status), findings=findings, **target._asdict()
            )
        )
    return shown


def _findings(session: Session, user: Principal, link: ComplaintLink) -> list[str]:
    if link.status != LinkStatus.JOINED or not user.may(Permission.CASE_WRITE):
        return []
    serious = StoredFinding.disposition != Disposition.EXEMPT
    query = select(StoredFinding.id).where(StoredFinding.ad_id == link.target_id, serious)
    return list(session.scalars(query.order_by(StoredFinding.id).limit(MOST_FINDINGS)))


def _employer(session: Session, user: Principal, key: str) -> _Target | None:
    found = session.get(Employer, key)
    address = f"/employers/{key}" if user.may(Permission.EMPLOYER_READ) else ""
    return _Target(found.name, "", address) if found else None


def _ad(session: Session, user: Principal, key: str) -> _Target | None:
    found = session.get(StoredAd, key)
    if found is None:
        return None
    latest = max(found.versions, key=lambda version: version.number)
    who = (found.employer.name if found.employer else "", found.publisher.name if found.publisher else "")
    address = f"/review?ad_id={key}&state=all" if user.may(Permission.FINDING_READ) else ""
    return _Target(latest.title or "（无职位名称）", "，".join(filter(None, who)), address)


def _report(session: Session, user: Principal, key: str) -> _Target | None:
    found = session.get(Complaint, key)
    if found is None:
        return None
    view = ComplaintView.of(found)
    return _Target(view.number, f"{view.status_name}，{view.excerpt}", f"/complaints/{key}")


def _case(session: Session, user: Principal, key: str) -> _Target | None:
    found = session.get(Case, key)
    if found is None:
        return None
    address = f"/cases/{key}" if user.may(Permission.CASE_READ) else ""
    status = CASE_STATUS_NAMES[CaseStatus(found.status)]
    return _Target(f"{found.number} {found.title}", status, address)


_TARGETS: dict[LinkKind, Callable[[Session, Principal, str], Any]] = {
    LinkKind.EMPLOYER: _employer,
    LinkKind.AD: _ad,
    LinkKind.COMPLAINT: _report,
    LinkKind.CASE: _case,
}
