"""When two sightings are of one ad, and when they say the same."""

from __future__ import annotations

import hashlib

import orjson

from api.intake.employers import normalise_employer
from scanner.ad import Ad
from scanner.report.wording import web_link

_BOARD_ID = 6
"""A number with so many characters or more is a board's own; shorter ones just count rows (序号)."""


def content_sha256(ad: Ad) -> str:
    """Of what the ad says: title, text and fields as canonical JSON."""
    return _digest([ad.title, ad.text, dict(ad.fields)])


def address_key(ad: Ad, organisation_id: str | None) -> str | None:
    """The key by web address, or else by the board's number for the ad; None if it has neither.

    Sightings of different organisations or employers are never one ad.
    """
    employer = normalise_employer(ad.employer)
    if link := web_link(ad.url):
        return _digest([organisation_id, "url", employer, link])
    if len(ad.id) >= _BOARD_ID and ad.id != str(ad.row) and "!" not in ad.id:
        return _digest([organisation_id, "id", employer, normalise_employer(ad.publisher), ad.id])
    return None


def content_key(ad: Ad, content: str, organisation_id: str | None) -> str:
    """The key of an ad that nothing but its `content` identifies."""
    names = [normalise_employer(ad.employer), normalise_employer(ad.publisher)]
    return _digest([organisation_id, "content", *names, content])


def _digest(value: object) -> str:
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()
