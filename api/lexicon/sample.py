"""A bounded random sample of the ads that the service keeps: what a change of the lexicon is tried on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from api.store.ads import AdVersion, Employer, StoredAd
from api.store.base import new_id
from scanner.ad import Ad

AT_ONCE = 256
"""Ads read together."""


class Sampled(NamedTuple):
    """A stored wording and the ad that it is of."""

    version_id: str
    ad_id: str
    ad: Ad


def sample(session: Session, limit: int) -> Iterator[list[Sampled]]:
    """The newest wordings of up to `limit` ads, in chunks of at most AT_ONCE.

    Keys of wordings are random, so that those from a random key on, and then from the first, are a random
    sample that is found without reading the others.
    """
    start = new_id()
    for part in (AdVersion.id >= start, AdVersion.id < start):
        last = ""
        while limit and (found := _read(session, _newest().where(part, AdVersion.id > last), limit)):
            yield found
            last, limit = found[-1].version_id, limit - len(found)


def stored_ads(session: Session) -> int:
    """How many ads are kept."""
    return session.scalar(select(func.count()).select_from(StoredAd)) or 0


def _newest() -> Select[AdVersion, str]:
    later = aliased(AdVersion)
    newest = select(func.max(later.number)).where(later.ad_id == AdVersion.ad_id).scalar_subquery()
    return (
        select(AdVersion, Employer.name)
        .join(StoredAd, StoredAd.id == AdVersion.ad_id)
        .outerjoin(Employer, Employer.id == StoredAd.employer_id)
        .where(AdVersion.number == newest)
        .order_by(AdVersion.id)
    )


def _read(session: Session, query: Select[AdVersion, str], limit: int) -> list[Sampled]:
    rows = session.execute(query.limit(min(limit, AT_ONCE))).all()
    found = [Sampled(version.id, version.ad_id, ad_of(version, employer)) for version, employer in rows]
    session.expunge_all()
    return found


def ad_of(version: AdVersion, employer: str | None = None) -> Ad:
    """The ad in this wording."""
    return Ad(
        text=version.text,
        title=version.title,
        fields=version.fields,
        posted_on=version.posted_on,
        employer=employer or "",
    )
