"""Ads: list, read, their near-duplicates."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, selectinload

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.scope import fetch, visible
from api.deps import ScannerDep, SessionDep
from api.intake.rebuild import ad_of, report_of
from api.routes.findings import finding_views
from api.schemas.ads import AdDetail, AdView, CaptureView, VersionView
from api.schemas.ids import ID_PATTERN, ObjectId
from api.schemas.page import Page, PagingDep
from api.store.ads import AdVersion, Capture, StoredAd, StoredFinding
from scanner.findings import Disposition
from scanner.report.fragment import fragment

router = APIRouter(prefix="/v1", tags=["广告"])
Reader = Annotated[Principal, Depends(allowed(Permission.AD_READ))]
CAPTURES = 100
"""Sightings shown with an ad."""
_Id = Query(pattern=ID_PATTERN)


@dataclass
class Filters:
    """Which ads; all that are given must fit."""

    employer_id: Annotated[str | None, _Id] = None
    publisher_id: Annotated[str | None, _Id] = None
    group_id: Annotated[str | None, _Id] = None
    batch_id: Annotated[str | None, _Id] = None
    disposition: Annotated[Disposition | None, Query(description="有这种处置的线索")] = None
    words: Annotated[str | None, Query(min_length=1, max_length=50, description="标题或正文含有")] = None
    since: Annotated[AwareDatetime | None, Query(description="最近见于（含）之后")] = None
    until: Annotated[AwareDatetime | None, Query(description="首次见于（不含）之前")] = None

    def criteria(self) -> list[ColumnElement[bool]]:
        """As conditions on the table of ads."""
        same = ("employer_id", "publisher_id", "group_id")
        found = [getattr(StoredAd, name) == value for name in same if (value := getattr(self, name))]
        if self.since:
            found.append(StoredAd.last_seen >= self.since)
        if self.until:
            found.append(StoredAd.first_seen < self.until)
        if self.batch_id:
            found.append(StoredAd.id.in_(select(Capture.ad_id).where(Capture.batch_id == self.batch_id)))
        if self.disposition:
            of_kind = StoredFinding.disposition == self.disposition
            found.append(StoredAd.id.in_(select(StoredFinding.ad_id).where(of_kind)))
        if self.words:
            said = [c.contains(self.words, autoescape=True) for c in (AdVersion.title, AdVersion.text)]
            found.append(StoredAd.id.in_(select(AdVersion.ad_id).where(said[0] | said[1])))
        return found


@router.get("/ads", summary="广告列表")
def list_ads(
    user: Reader, session: SessionDep, paging: PagingDep, filters: Annotated[Filters, Depends()]
) -> Page[AdView]:
    """Last seen first."""
    wanted = select(StoredAd).where(visible(StoredAd, user), *filters.criteria())
    page = paging.of(session, _with_names(wanted), AdView.of)
    asked = {name: str(value) for name, value in asdict(filters).items() if value is not None}
    record(session, user, "ad.list", "ad", "", after=asked | {"page": paging.page})
    return page


def _with_names(wanted: Select[StoredAd]) -> Select[StoredAd]:
    loaded = [selectinload(part) for part in (StoredAd.versions, StoredAd.employer, StoredAd.publisher)]
    return wanted.options(*loaded).order_by(StoredAd.last_seen.desc(), StoredAd.id)


@router.get("/ads/{ad_id}", summary="查看广告")
def read_ad(ad_id: ObjectId, user: Reader, session: SessionDep, scanner: ScannerDep) -> AdDetail:
    """All versions, and the newest one highlighted."""
    ad = fetch(session, StoredAd, ad_id, user, kind="广告")
    record(session, user, "ad.read", "ad", ad.id)
    newest = Capture.captured_at.desc(), Capture.id.desc()
    captures = list(
        session.scalars(select(Capture).where(Capture.ad_id == ad.id).order_by(*newest).limit(CAPTURES))
    )
    version = session.get_one(AdVersion, captures[0].version_id)
    findings = sorted(version.findings, key=lambda finding: finding.ordinal)
    report = report_of(ad.id, version, findings, scanner.versions)
    return AdDetail(
        ad=AdView.of(ad),
        versions=[VersionView.of(version) for version in ad.versions],
        captures=[CaptureView.of(capture) for capture in captures],
        findings=finding_views(session, findings, user),
        copies=_copies(session, ad, user),
        html=fragment(ad_of(ad, version, captures[0]), report),
    )


def _copies(session: Session, ad: StoredAd, user: Principal) -> int:
    alike = StoredAd.group_id == ad.group_id, visible(StoredAd, user)
    return session.scalar(select(func.count()).select_from(StoredAd).where(*alike)) or 0


@router.get("/ads/{ad_id}/copies", summary="近似副本")
def list_copies(ad_id: ObjectId, user: Reader, session: SessionDep, paging: PagingDep) -> Page[AdView]:
    """The ads of the same group, this one among them."""
    ad = fetch(session, StoredAd, ad_id, user, kind="广告")
    wanted = select(StoredAd).where(StoredAd.group_id == ad.group_id, visible(StoredAd, user))
    page = paging.of(session, _with_names(wanted), AdView.of)
    record(session, user, "ad.copies", "ad", ad.id, after={"page": paging.page})
    return page
