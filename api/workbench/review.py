"""What the review page shows besides the queue: choices for its filters, and one ad in pieces."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.auth.principal import Principal
from api.auth.scope import visible
from api.cases.dossier import Dossier
from api.cases.handover import holders
from api.intake.rebuild import ad_of, report_of
from api.schemas.queue import QueueItem
from api.store.ads import Publisher, StoredAd
from api.workbench.reasons import reasons
from scanner import Scanner
from scanner.report.fragment import WHOLE
from scanner.report.highlight import highlighted

CHOICES = 300
"""Publishers and regions offered at most."""


def choices(session: Session, user: Principal, scanner: Scanner) -> dict[str, Any]:
    """What the filters offer to choose from."""
    boards = select(Publisher.id, Publisher.name).where(visible(Publisher, user))
    places = select(StoredAd.region).where(StoredAd.region != "", visible(StoredAd, user)).distinct()
    return {
        "boards": dict(session.execute(boards.order_by(Publisher.normalised).limit(CHOICES)).all()),
        "places": session.scalars(places.order_by(StoredAd.region).limit(CHOICES)).all(),
        "rules": scanner.lexicon.rules.values(),
        "officers": [person for person, _ in holders(session)],
    }


def told(found: Dossier, item: QueueItem, scanner: Scanner) -> dict[str, Any]:
    """One item as its template takes it; `number` is the finding's place among those of its ad."""
    chosen = found.entry.finding
    version = chosen.version
    stored = sorted(version.findings, key=lambda finding: (finding.created_at, finding.ordinal))
    ad = ad_of(version.ad, version, found.capture)
    report = report_of(version.ad_id, version, stored, scanner.versions)
    number = [one.id for one in stored].index(chosen.id) + 1
    finding = report.findings[number - 1]
    others = [(one.fold_id, report.findings[at]) for at, one in enumerate(stored) if one.id != chosen.id]
    return {
        "item": item,
        "ad": ad,
        "stored": version.ad,
        "parts": highlighted(ad, report, WHOLE),
        "number": number,
        "finding": finding,
        "others": others,
        "copies": found.copies,
        "judgements": found.judgements,
        "cases": found.cases,
        "reasons": reasons(finding.exceptions),
    }
