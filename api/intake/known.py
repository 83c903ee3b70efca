"""What the store knows of ads that are seen again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store.ads import AdVersion, Capture, StoredAd


@dataclass(slots=True)
class Known:
    """An ad and its latest version; `number` 0 and no `content` before the first."""

    ad_id: str
    first_seen: datetime
    last_seen: datetime
    version_id: str = ""
    number: int = 0
    content: str = ""
    scope: str = ""
    """Within what near-duplicates of a new ad are sought."""


def known_ads(session: Session, keys: Iterable[str]) -> dict[str, Known]:
    """Key → ad, of those among `keys` that are stored."""
    rows = session.execute(
        select(StoredAd, AdVersion.id, AdVersion.number, AdVersion.content_sha256)
        .join(AdVersion, AdVersion.ad_id == StoredAd.id)
        .where(StoredAd.key.in_(set(keys)))
        .order_by(AdVersion.number)
    )
    return {
        ad.key: Known(ad.id, ad.first_seen, ad.last_seen, version_id, number, content)
        for ad, version_id, number, content in rows
    }


def captured_in(session: Session, batch_id: str | None, ad_ids: Iterable[str]) -> set[str]:
    """Those among `ad_ids` that this batch has brought already."""
    if batch_id is None:
        return set()
    query = select(Capture.ad_id).where(Capture.batch_id == batch_id, Capture.ad_id.in_(set(ad_ids)))
    return set(session.scalars(query))
