"""Findings as rows, each version's each finding once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from api.intake.folds import add_folds, fold_row, recount
from api.intake.plan import Placed
from api.store.ads import FindingRule, StoredAd, StoredFinding
from api.store.base import new_id
from scanner.findings import Finding

Row = dict[str, Any]
_LONGEST_KEY = 200
_KEPT = 135


def add_findings(session: Session, placed: Sequence[Placed]) -> list[tuple[str, ...]]:
    """Store the findings of each of `placed` that its version does not have yet; their ids, one tuple each."""
    present = _present(
        session, (p.version_id for p in placed if p.seen.report.findings and not p.new_version)
    )
    groups = _groups(session, {p.ad_id for p in placed if p.seen.report.findings})
    rows: list[Row] = []
    folds: list[Row] = []
    ids: list[tuple[str, ...]] = []
    for one in placed:
        new: list[Row] = []
        for finding, row in zip(one.seen.report.findings, _rows(one), strict=True):
            if (row["version_id"], row["finding_key"]) in present:
                continue
            present.add((row["version_id"], row["finding_key"]))
            folds.append(fold_row(groups[one.ad_id], finding))
            new.append(row | {"fold_id": folds[-1]["id"]})
        rows += new
        ids.append(tuple(row["id"] for row in new))
    if rows:
        _write(session, rows, folds)
    return ids


def _write(session: Session, rows: list[Row], folds: list[Row]) -> None:
    add_folds(session, folds)
    session.execute(insert(StoredFinding), rows)
    made_by = [
        {"rule_id": rule_id, "finding_id": row["id"]}
        for row in rows
        for rule_id in {source["id"] for source in row["payload"]["sources"] if source["kind"] == "rule"}
    ]
    if made_by:
        session.execute(insert(FindingRule), made_by)
    recount(session, {row["id"] for row in folds})


def _groups(session: Session, ad_ids: set[str]) -> dict[str, str]:
    """Ad → its group of near-duplicates."""
    query = select(StoredAd.id, StoredAd.group_id).where(StoredAd.id.in_(ad_ids))
    return dict(session.execute(query).all()) if ad_ids else {}


def _present(session: Session, version_ids: Iterable[str]) -> set[tuple[str, str]]:
    wanted = set(version_ids)
    if not wanted:
        return set()
    columns = (StoredFinding.version_id, StoredFinding.finding_key)
    return {
        (v, key) for v, key in session.execute(select(*columns).where(StoredFinding.version_id.in_(wanted)))
    }


def _rows(placed: Placed) -> list[Row]:
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
