"""Fold findings: which belong together, how many there are, and which are judged first."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from math import log2
from typing import Any

from sqlalchemy import case, delete, exists, func, insert, select, update
from sqlalchemy.orm import Session

from api.store.ads import Review, StoredFinding
from api.store.folds import Fold
from scanner.findings import Finding

_WEIGHTS = {"S1": 3.0, "S2": 2.0, "S3": 1.0}
_AT_ONCE = 500


def priority(severity: str, confidence: float, ads: int) -> float:
    """Severity (3, 2, 1) × confidence × reach, which grows by one whenever the number of ads doubles."""
    return _WEIGHTS[severity] * confidence * (1 + log2(max(1, ads)))


def fold_row(group_id: str, finding: Finding) -> dict[str, Any]:
    """The fold of a finding in an ad of this group: the same words, in the same places, judged alike."""
    words = [f"{span.field}={span.quote}" for span in finding.spans]
    alike = (group_id, finding.category, finding.subtype, finding.direction, finding.disposition)
    key = "\0".join([*alike, finding.severity, *words])
    return {
        "id": hashlib.blake2b(key.encode(), digest_size=16).hexdigest(),
        "group_id": group_id,
        "category": finding.category.value,
        "direction": finding.direction.value,
        "disposition": finding.disposition.value,
        "severity": finding.severity,
    }


def add_folds(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Store those folds that are new; `recount` must follow once their findings are stored."""
    wanted = {row["id"]: row for row in rows}
    known = set(session.scalars(select(Fold.id).where(Fold.id.in_(wanted))))
    if new := [row for fold_id, row in wanted.items() if fold_id not in known]:
        session.execute(insert(Fold), new)


def recount(session: Session, fold_ids: Collection[str]) -> None:
    """Make counts and priority of these folds what their findings say; a fold without findings goes.

    Holds them until the transaction ends, so call it before `record`, which holds the audit log.
    """
    ordered = sorted(set(fold_ids))
    for at in range(0, len(ordered), _AT_ONCE):
        _recount(session, ordered[at : at + _AT_ONCE])


def _recount(session: Session, fold_ids: list[str]) -> None:
    session.flush()
    held = select(Fold.id).where(Fold.id.in_(fold_ids)).order_by(Fold.id).with_for_update()
    session.execute(held).all()
    spoken = exists().where(Review.finding_id == StoredFinding.id)
    counted = (
        select(
            Fold.id,
            Fold.severity,
            func.count(StoredFinding.ad_id.distinct()),
            func.count(case((~spoken, StoredFinding.id))),
            func.max(StoredFinding.confidence),
            func.max(StoredFinding.created_at),
        )
        .join(StoredFinding, StoredFinding.fold_id == Fold.id)
        .where(Fold.id.in_(fold_ids))
        .group_by(Fold.id, Fold.severity)
    )
    rows = [
        {
            "id": fold_id,
            "ads": ads,
            "unreviewed": unreviewed,
            "confidence": confidence,
            "priority": priority(severity, confidence, ads),
            "last_found": last,
        }
        for fold_id, severity, ads, unreviewed, confidence, last in session.execute(counted)
    ]
    if rows:
        session.execute(update(Fold), rows)
    empty = set(fold_ids) - {row["id"] for row in rows}
    if empty:
        session.execute(delete(Fold).where(Fold.id.in_(empty)))
