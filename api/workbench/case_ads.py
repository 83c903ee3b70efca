"""The ads of a case as its page shows them: the words at fault marked, the findings beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.intake.rebuild import ad_of, finding_of, report_of
from api.schemas.findings import FindingView
from api.store.ads import AdVersion, Capture, StoredAd, StoredFinding
from scanner.findings import Finding, Versions
from scanner.report.highlight import Piece, highlighted
from scanner.report.wording import web_link

SHOWN = 10
"""Ads shown in full; a case about a thousand copies shows the first of them."""
_REACH = 120
"""Code points kept on either side of the words at fault."""


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with what the scanner said of it and what people did."""

    view: FindingView
    finding: Finding


@dataclass(frozen=True, slots=True)
class ShownAd:
    """One version of an ad, in pieces by field, and its findings in the order of their numbers."""

    ad: StoredAd
    version: AdVersion
    link: str | None
    """Its address, if a browser may follow it."""
    parts: list[tuple[str, list[Piece]]]
    findings: list[ShownFinding]


def shown_ads(session: Session, views: Sequence[FindingView], scanned_with: Versions) -> list[ShownAd]:
    """The ads that these findings are in, at most SHOWN; each version of an ad that has some stands by itself."""
    by_version = sorted(views, key=lambda view: view.version_id)
    groups = {version: list(found) for version, found in groupby(by_version, lambda view: view.version_id)}
    order = list(dict.fromkeys(view.version_id for view in views))[:SHOWN]
    return [_shown(session, version_id, groups[version_id], scanned_with) for version_id in order]


def _shown(
    session: Session, version_id: str, views: Sequence[FindingView], scanned_with: Versions
) -> ShownAd:
    version = session.get_one(AdVersion, version_id)
    seen = select(Capture).where(Capture.version_id == version_id).order_by(Capture.id).limit(1)
    ad = ad_of(version.ad, version, session.scalars(seen).one())
    stored = [session.get_one(StoredFinding, view.id) for view in views]
    report = report_of(version.ad_id, version, stored, scanned_with)
    said = {view.id: view for view in views}
    ordered = sorted(stored, key=lambda finding: (finding.created_at, finding.ordinal))
    return ShownAd(
        ad=version.ad,
        version=version,
        link=web_link(version.ad.url),
        parts=[part for part in highlighted(ad, report, _REACH) if any(piece.text for piece in part[1])],
        findings=[ShownFinding(said[one.id], finding_of(one)) for one in ordered],
    )
