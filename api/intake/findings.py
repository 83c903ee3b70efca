"""Findings as rows, each version's each finding once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from api.intake.plan import Placed
from api.store.ads import StoredFinding
from api.store.base import new_id
from scanner.findings import Finding

_LONGEST_KEY = 200
_KEPT = 135


def add_findings(session: Session, placed: Sequence[Placed]) -> list[tuple[str, ...]]:
    """Store the findings of each of `placed` that its version does not have yet; their ids, one tuple each."""
    present = _present(
        session, (p.version_id for p in placed if p.seen.report.findings and not p.new_version)
    )
    rows: list[dict[str, Any]] = []
    ids: list[tuple[str, ...]] = []
    for one in placed:
        new = [row for row in _rows(one) if (row["version_id"], row["finding_key"]) not in present]
        present |= {(row["version_id"], row["finding_key"]) for row in new}
        rows += new
        ids.append(tuple(row["id"] for row in new))
    if rows:
        session.execute(insert(StoredFinding), rows)
    return ids


def _present(session: Session, version_ids: Iterable[str]) -> set[tuple[str, str]]:
    wanted = set(version_ids)
    if not wanted:
        return set()
    columns = (StoredFinding.version_id, StoredFinding.finding_key)
    return {
        (v, key) for v, key in session.execute(select(*columns).where(StoredFinding.version_id.in_(wanted)))
    }


def _rows(placed: Placed) -> list[dict[str, Any]]:
    report = placed.seen.report
    versions = orjson.loads(orjson.dumps(report.versions)) if report.findings else {}
    return [
        {
            "id": new_id(),
            "version_id": placed.version_id,
            "ad_id": placed.ad_id,
            "finding_key": _key(finding),
            "ordinal": ordinal,
            "category": finding.category.value,
            "subtype": finding.subtype,
            "direction": finding.direction.value,
            "disposition": finding.disposition.value,
            "severity": finding.severity,
            "confidence": finding.confidence,
            "payload": orjson.loads(orjson.dumps(finding)),
            "versions": versions,
        }
        for ordinal, finding in enumerate(report.findings, 1)
    ]


def _key(finding: Finding) -> str:
    """The finding's id; one with a very long column name in it is cut and told apart by its hash."""
    if len(finding.id) <= _LONGEST_KEY:
        return finding.id
    return finding.id[:_KEPT] + hashlib.sha256(finding.id.encode()).hexdigest()
