"""Ads checked at once: nothing is kept unless asked for."""

from __future__ import annotations

from io import BytesIO
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from api.audit.record import record
from api.auth.deps import allowed
from api.auth.permissions import PERMISSION_NAMES, Permission
from api.auth.principal import Principal
from api.cases.opening import open_by_rules
from api.deps import ServicesDep
from api.errors import ApiError
from api.intake.ingest import Ingested, ingest_many
from api.intake.sighting import Seen, Sighting
from api.schemas.scan import (
    AdIn,
    BulkScanReport,
    BulkScanRequest,
    RewrittenField,
    ScanFailure,
    ScanReport,
    ScanRequest,
    StoredAs,
)
from api.state import Services
from api.store.base import now
from scanner.ad import Ad
from scanner.decide.whole import rewritten
from scanner.findings import AdReport
from scanner.report.fragment import fragment

router = APIRouter(prefix="/v1", tags=["检查"])
Checker = Annotated[Principal, Depends(allowed(Permission.SCAN))]
SOURCE = "接口"
"""What the source of an ad is called that came by the API."""


async def _raw(request: Request) -> bytes:
    return await request.body()


RawDep = Annotated[bytes, Depends(_raw)]


@router.post("/scan", summary="检查一条广告")
def scan(asked: ScanRequest, user: Checker, services: ServicesDep, raw: RawDep) -> ScanReport:
    """The findings, the ad marked up, and the ad rewritten."""
    ad = _checked(asked, services)
    report = services.scanner.scan(ad)
    stored = _store([(ad, report)], user, services, raw)[0] if asked.store else None
    return _shown(ad, report, services, stored)


@router.post("/scan:batch", summary="检查多条广告")
def scan_some(asked: BulkScanRequest, user: Checker, services: ServicesDep, raw: RawDep) -> BulkScanReport:
    """As for one ad, in order; an ad that cannot be scanned costs itself only."""
    if len(asked.ads) > services.settings.max_batch_ads:
        raise ApiError("E643", limit=services.settings.max_batch_ads)
    checked = [_checked_or_failed(one, services) for one in asked.ads]
    ads = [ad for ad in checked if isinstance(ad, Ad)]
    scanned = list(zip(ads, services.scanner.scan_many(ads), strict=True))
    places = iter(_store(scanned, user, services, raw) if asked.store else [None] * len(ads))
    shown = iter([_shown(ad, report, services, next(places)) for ad, report in scanned])
    return BulkScanReport(items=[one if isinstance(one, ScanFailure) else next(shown) for one in checked])


def _checked(asked: AdIn, services: Services) -> Ad:
    """The ad. Raises ApiError E644 or E645."""
    ad, limit = asked.ad(), services.settings.max_text_chars
    size = sum(len(value) for _, value in ad.parts())
    if not any(value.strip() for _, value in ad.parts()):
        raise ApiError("E644")
    if size > limit:
        raise ApiError("E645", size=size, limit=limit)
    return ad


def _checked_or_failed(asked: AdIn, services: Services) -> Ad | ScanFailure:
    try:
        return _checked(asked, services)
    except ApiError as error:
        return ScanFailure(id=asked.id, error={"code": error.code, "message": error.message})


def _store(
    scanned: list[tuple[Ad, AdReport]], user: Principal, services: Services, raw: bytes
) -> list[Ingested]:
    """Keep the ads, the request itself as their original bytes. Raises ApiError E623."""
    if not user.may(Permission.BATCH_CREATE):
        raise ApiError("E623", permission=PERMISSION_NAMES[Permission.BATCH_CREATE])
    original = services.blobs.put(BytesIO(raw), len(raw)).sha256
    sighting = Sighting(now(), user.organisation_id, source_file=SOURCE, source_sha256=original)
    seen = [Seen.of(ad, report, sighting) for ad, report in scanned]
    with services.store.session() as session:
        stored = ingest_many(session, seen)
        open_by_rules(session, [finding_id for one in stored for finding_id in one.new_findings])
        after = {"ads": [one.ad_id for one in stored], "source_sha256": original}
        record(session, user, "ad.store", "ad", "", after=after)
    return stored


def _shown(ad: Ad, report: AdReport, services: Services, stored: Ingested | None) -> ScanReport:
    services.metrics.ads_scanned.inc()
    for finding in report.findings:
        services.metrics.findings.labels(finding.category.value, finding.disposition.value).inc()
    return ScanReport(
        schema_version=report.schema_version,
        id=report.id,
        findings=list(report.findings),
        text_sha256=report.text_sha256,
        versions=report.versions,
        html=fragment(ad, report),
        rewrite=[RewrittenField.model_validate(one) for one in rewritten(ad, report.findings)],
        stored=StoredAs(ad_id=stored.ad_id, version_id=stored.version_id) if stored else None,
    )
