"""The rows that a run of sightings comes to, gathered before they are written in bulk."""

from __future__ import annotations

from typing import Any, NamedTuple

from api.intake.duplicates import Newcomer
from api.intake.known import Known
from api.intake.regions import region_of
from api.intake.sighting import Seen
from api.store.base import new_id

Row = dict[str, Any]


class Placed(NamedTuple):
    """A sighting and where it belongs."""

    seen: Seen
    ad_id: str
    version_id: str
    new_version: bool


class Plan:
    """Rows to insert and ads whose first or last day moves."""

    def __init__(self) -> None:
        self.ads: list[Row] = []
        self.versions: list[Row] = []
        self.captures: list[Row] = []
        self.placed: list[Placed] = []
        self.newcomers: list[Newcomer] = []
        self.moved: dict[str, Row] = {}

    def add_ad(self, seen: Seen, key: str, employer_id: str | None, publisher_id: str | None) -> Known:
        """A new ad; `add_sighting` must follow."""
        at, organisation_id = seen.sighting.captured_at, seen.sighting.organisation_id
        known = Known(new_id(), at, at, scope=f"{organisation_id}|{employer_id}")
        self.ads.append(
            {
                "id": known.ad_id,
                "key": key,
                "organisation_id": organisation_id,
                "employer_id": employer_id,
                "publisher_id": publisher_id,
                "url": seen.ad.url,
                "region": region_of(seen.ad),
                "group_id": known.ad_id,
                "first_seen": at,
                "last_seen": at,
            }
        )
        return known

    def add_sighting(self, seen: Seen, known: Known) -> None:
        """A capture of `known`, with a new version if it says something else than the latest."""
        new = seen.content != known.content
        if new:
            known.version_id, known.number, known.content = new_id(), known.number + 1, seen.content
            self.versions.append(_version(seen, known))
            if known.number == 1:
                self.newcomers.append(Newcomer(known.ad_id, known.scope, seen.signature))
        self._stretch(seen, known)
        self.captures.append(_capture(seen, known))
        self.placed.append(Placed(seen, known.ad_id, known.version_id, new))

    def _stretch(self, seen: Seen, known: Known) -> None:
        at = seen.sighting.captured_at
        if known.first_seen <= at <= known.last_seen:
            return
        known.first_seen, known.last_seen = min(known.first_seen, at), max(known.last_seen, at)
        days = {"first_seen": known.first_seen, "last_seen": known.last_seen}
        self.moved[known.ad_id] = {"id": known.ad_id, **days}


def _version(seen: Seen, known: Known) -> Row:
    ad = seen.ad
    return {
        "id": known.version_id,
        "ad_id": known.ad_id,
        "number": known.number,
        "title": ad.title,
        "text": ad.text,
        "fields": dict(ad.fields),
        "posted_on": ad.posted_on,
        "content_sha256": known.content,
        "text_sha256": seen.report.text_sha256,
        "signature": seen.signature,
    }


def _capture(seen: Seen, known: Known) -> Row:
    ad, sighting = seen.ad, seen.sighting
    return {
        "ad_id": known.ad_id,
        "version_id": known.version_id,
        "batch_id": sighting.batch_id,
        "row": sighting.row,
        "source_file": (ad.source or sighting.source_file)[:500],
        "source_row": ad.row,
        "source_sha256": sighting.source_sha256,
        "external_id": ad.id,
        "employer_name": ad.employer,
        "publisher_name": ad.publisher,
        "captured_at": sighting.captured_at,
    }
