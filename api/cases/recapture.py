"""What an ad of a case says now, as a person brought it: scanned, then kept as a new version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.cases.evidence import ads_of
from api.errors import ApiError
from api.intake.ingest import add_version
from api.intake.rebuild import ad_of
from api.intake.storable import storable
from api.store.ads import AdVersion, Capture, StoredAd
from api.store.base import now
from api.store.blobs import Blobs
from api.store.cases import Case
from scanner import Scanner
from scanner.ad import Ad
from scanner.findings import AdReport

SOURCE = "复查采集"
"""What the source of such a capture is called."""
MAX_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Brought:
    """An ad of the case as someone saw it."""

    ad_id: str
    title: str
    text: str
    fields: dict[str, str]
    captured_at: datetime | None


@dataclass(frozen=True, slots=True)
class Scanned:
    """The same, scanned; its bytes lie under `sha256`."""

    brought: Brought
    ad: Ad
    report: AdReport
    sha256: str


def scan_brought(
    session: Session, blobs: Blobs, scanner: Scanner, case: Case, brought: Iterable[Brought]
) -> list[Scanned]:
    """Scan each as what the known ad says now. Raises ApiError E669 for an ad that is not in the case."""
    known = set(session.scalars(ads_of(case)))
    return [_scanned(session, blobs, scanner, known, one) for one in brought]


def _scanned(session: Session, blobs: Blobs, scanner: Scanner, known: set[str], one: Brought) -> Scanned:
    if one.ad_id not in known:
        raise ApiError("E669", id=one.ad_id)
    last = session.scalars(
        select(Capture).where(Capture.ad_id == one.ad_id).order_by(Capture.id.desc()).limit(1)
    ).one()
    stored, version = session.get_one(StoredAd, one.ad_id), session.get_one(AdVersion, last.version_id)
    before = ad_of(stored, version, last)
    said = replace(before, title=one.title, text=one.text, fields=one.fields, source=SOURCE, row=None)
    ad = storable(said)
    raw = orjson.dumps({"title": ad.title, "text": ad.text, "fields": dict(ad.fields)})
    return Scanned(one, ad, scanner.scan(ad), blobs.put(BytesIO(raw), MAX_BYTES).sha256)


def keep(session: Session, scanned: Iterable[Scanned]) -> None:
    """Store each as a sighting of the ad that it is."""
    for one in scanned:
        add_version(
            session,
            session.get_one(StoredAd, one.brought.ad_id),
            one.ad,
            one.report,
            source_file=SOURCE,
            source_sha256=one.sha256,
            captured_at=one.brought.captured_at or now(),
        )
