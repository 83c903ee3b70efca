"""Store scanned ads: ad, version, capture and findings, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from api.intake.duplicates import link_duplicates
from api.intake.employers import employer_ids, normalise_employer
from api.intake.findings import add_findings
from api.intake.identity import address_key, content_key
from api.intake.known import Known, captured_in, known_ads
from api.intake.plan import Plan
from api.intake.publishers import publisher_ids
from api.intake.sighting import Seen, Sighting
from api.store.ads import AdVersion, Capture, StoredAd
from api.store.base import now
from scanner.ad import Ad
from scanner.findings import AdReport


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one sighting: the ids of its ad and version, and of the findings that are new."""

    ad_id: str
    version_id: str
    new_findings: tuple[str, ...]


def ingest_many(session: Session, seen: Sequence[Seen]) -> list[Ingested]:
    """Store scanned ads of one batch, or of none, in order and in a handful of statements.

    An ad that is known gets a capture, and a new version if it says something else. Two rows of one batch that
    share a web address or number but say different things are two ads. A batch's row must come only once.
    """
    if not seen:
        return []
    employers = employer_ids(session, [s.ad.employer for s in seen])
    publishers = publisher_ids(session, [s.ad.publisher for s in seen])
    keys = [_keys(one) for one in seen]
    known = known_ads(session, [key for pair in keys for key in pair])
    taken = captured_in(session, seen[0].sighting.batch_id, [one.ad_id for one in known.values()])
    plan = Plan()
    for one, (key, by_content) in zip(seen, keys, strict=True):
        if _is_other(known.get(key), taken, one):
            key = by_content
        if key not in known:
            employer_id = employers.get(normalise_employer(one.ad.employer))
            publisher_id = publishers.get(normalise_employer(one.ad.publisher))
            known[key] = plan.add_ad(one, key, employer_id, publisher_id)
        plan.add_sighting(one, known[key])
        taken.add(known[key].ad_id)
    return _write(session, plan)


def add_version(
    session: Session,
    stored_ad: StoredAd,
    ad: Ad,
    report: AdReport,
    *,
    batch_id: str | None = None,
    row: int | None = None,
    source_file: str = "",
    source_sha256: str = "",
    captured_at: datetime | None = None,
) -> AdVersion:
    """A new sighting of an ad that the caller knows it to be; its version, new if it says something else."""
    at = captured_at or now()
    sighting = Sighting(at, stored_ad.organisation_id, batch_id, row, source_file, source_sha256)
    plan = Plan()
    plan.add_sighting(Seen.of(ad, report, sighting), known_ads(session, [stored_ad.key])[stored_ad.key])
    (stored,) = _write(session, plan)
    session.refresh(stored_ad)
    return session.get_one(AdVersion, stored.version_id)


def _keys(seen: Seen) -> tuple[str, str]:
    """The ad's key, and the one that it has if that belongs to another ad."""
    organisation_id = seen.sighting.organisation_id
    by_content = content_key(seen.ad, seen.content, organisation_id)
    return address_key(seen.ad, organisation_id) or by_content, by_content


def _is_other(known: Known | None, taken: set[str], seen: Seen) -> bool:
    return known is not None and known.ad_id in taken and known.content != seen.content


def _write(session: Session, plan: Plan) -> list[Ingested]:
    for model, rows in ((StoredAd, plan.ads), (AdVersion, plan.versions), (Capture, plan.captures)):
        if rows:
            session.execute(insert(model), rows)
    if plan.moved:
        session.execute(update(StoredAd), list(plan.moved.values()))
    link_duplicates(session, plan.newcomers)
    found = add_findings(session, plan.placed)
    return [Ingested(p.ad_id, p.version_id, ids) for p, ids in zip(plan.placed, found, strict=True)]
