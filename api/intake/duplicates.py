"""Near-duplicates: ads of one employer that differ in a few words share a group.

MinHash over runs of three characters; groups are found by locality-sensitive hashing in a table, so memory
stays flat however many ads there are.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from api.store.ads import AdVersion, NearBand, StoredAd
from scanner.ad import Ad

ALIKE = 0.8
"""Least estimated share of runs in common."""
_RUN = 3
_PERMUTATIONS = 64
_BANDS = 8
"""Of 8 values each: ads with nine tenths in common meet with 99 %, with half in common with 3 %."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An ad that seeks its group, among ads of the same `scope` (organisation and employer)."""

    ad_id: str
    scope: str
    signature: str


def signature(ad: Ad) -> str:
    """The MinHash of title, text and field values, as base64 of 64 unsigned 32-bit numbers."""
    text = "\n".join([ad.title, ad.text, *ad.fields.values()])
    runs = {text[at : at + _RUN] for at in range(max(1, len(text) - _RUN + 1))}
    sketch = _empty_sketch().copy()
    sketch.update_batch([run.encode() for run in runs])
    return base64.b64encode(sketch.hashvalues.astype("<u4").tobytes()).decode("ascii")


def alike(one: str, other: str) -> float:
    """The estimated share of runs that the texts behind two signatures have in common."""
    return float(np.mean(_values(one) == _values(other)))


@cache
def _empty_sketch() -> MinHash:
    """Its permutations cost more than a text's hashes, so that sketches are copies of one."""
    return MinHash(num_perm=_PERMUTATIONS, hashfunc=zlib.crc32)


def link_duplicates(session: Session, newcomers: Sequence[Newcomer]) -> None:
    """Give stored ads, each still a group of its own, the group of the first ad that is almost the same."""
    buckets = {newcomer.ad_id: _buckets(newcomer) for newcomer in newcomers}
    wanted = set(chain.from_iterable(buckets.values()))
    rows = session.execute(select(NearBand.bucket, NearBand.group_id).where(NearBand.bucket.in_(wanted)))
    known = {row.bucket: row.group_id for row in rows}
    values = _first_values(session, set(known.values()))
    joined: list[dict[str, str]] = []
    added: dict[str, str] = {}
    for newcomer in newcomers:
        own = values[newcomer.ad_id] = _values(newcomer.signature)
        candidates = {known[bucket] for bucket in buckets[newcomer.ad_id] if bucket in known}
        group_id = _nearest(own, {key: values[key] for key in candidates}) or newcomer.ad_id
        if group_id != newcomer.ad_id:
            joined.append({"id": newcomer.ad_id, "group_id": group_id})
        fresh = {bucket: group_id for bucket in buckets[newcomer.ad_id] if bucket not in known}
        known |= fresh
        added |= fresh
    if joined:
        session.execute(update(StoredAd), joined)
    if added:
        session.execute(insert(NearBand), [{"bucket": b, "group_id": added[b]} for b in sorted(added)])


def _first_values(session: Session, group_ids: set[str]) -> dict[str, NDArray[np.uint32]]:
    """The signatures of the ads that groups are named after."""
    rows = session.execute(
        select(AdVersion.ad_id, AdVersion.signature).where(
            AdVersion.ad_id.in_(group_ids), AdVersion.number == 1
        )
    )
    return {ad_id: _values(signature) for ad_id, signature in rows}


def _nearest(own: NDArray[np.uint32], groups: dict[str, NDArray[np.uint32]]) -> str | None:
    """The group most like `own`, if any is alike; of equals the one whose id comes first."""
    shares = {group_id: float(np.mean(own == values)) for group_id, values in sorted(groups.items())}
    best = max(shares, key=lambda group_id: shares[group_id], default=None)
    return best if best is not None and shares[best] >= ALIKE else None


def _values(signature: str) -> NDArray[np.uint32]:
    return np.frombuffer(base64.b64decode(signature), dtype="<u4")


def _buckets(newcomer: Newcomer) -> list[str]:
    bands = _values(newcomer.signature).reshape(_BANDS, -1)
    return [
        hashlib.blake2b(f"{newcomer.scope}|{number}|".encode() + band.tobytes(), digest_size=16).hexdigest()
        for number, band in enumerate(bands)
    ]
