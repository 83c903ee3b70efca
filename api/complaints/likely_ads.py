"""Stored ads that a report may be about: the same address, or almost the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.complaints.suggestion import Suggestion, summed
from api.intake.duplicates import ALIKE, alike, signature
from api.store.ads import AdVersion, StoredAd
from api.store.complaints import Complaint, LinkKind
from scanner.ad import Ad

MOST = 10
_LEAST_SHARE = 0.5
_SHORTEST = 20
"""Characters: of less, two texts are alike by chance."""
_LOOKED_AT = 500


def likely_ads(session: Session, complaint: Complaint, employer_ids: Iterable[str]) -> list[Suggestion]:
    """The ads at the address reported, and those of these employers that say what the report quotes or shows."""
    signs: dict[str, dict[str, float]] = {}
    for ad_id in _at_address(session, complaint.ad_url):
        signs.setdefault(ad_id, {})["与反映的广告网址相同"] = 1.0
    for ad_id, share in _same_words(session, complaint, list(employer_ids)):
        word = "几乎相同" if share >= ALIKE else "相近"
        signs.setdefault(ad_id, {})[f"与反映的广告文字{word}（约{round(share * 10)}成）"] = share
    found = [summed(LinkKind.AD, ad_id, reasons) for ad_id, reasons in signs.items()]
    return sorted(filter(None, found), key=lambda one: -one.score)[:MOST]


def _at_address(session: Session, url: str) -> list[str]:
    if not url.strip():
        return []
    return list(session.scalars(select(StoredAd.id).where(StoredAd.url == url.strip()).limit(MOST)))


def _same_words(
    session: Session, complaint: Complaint, employer_ids: list[str]
) -> Iterator[tuple[str, float]]:
    """The ads of these employers with the share of words in common, the best of their versions."""
    texts = [complaint.ad_text, *(material.text for material in complaint.materials)]
    told = [signature(Ad(text=text)) for text in texts if len(text.strip()) >= _SHORTEST]
    if not told or not employer_ids:
        return
    query = (
        select(AdVersion.ad_id, AdVersion.signature)
        .join(StoredAd, StoredAd.id == AdVersion.ad_id)
        .where(StoredAd.employer_id.in_(employer_ids), AdVersion.signature != "")
        .order_by(StoredAd.last_seen.desc(), AdVersion.number)
        .limit(_LOOKED_AT)
    )
    best: dict[str, float] = {}
    for ad_id, stored in session.execute(query):
        best[ad_id] = max(best.get(ad_id, 0.0), *(alike(stored, one) for one in told))
    yield from ((ad_id, share) for ad_id, share in best.items() if share >= _LEAST_SHARE)
