"""Every read of protected data and every export leaves an entry that says who and what."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from api.auth.permissions import Permission
from api.auth.table import Endpoint, endpoints
from api.store.accounts import User
from api.store.ads import StoredAd, StoredFinding
from api.store.audit import AuditEntry
from api.store.engine import Store

PROTECTED = {
    Permission.AD_READ,
    Permission.AUDIT_READ,
    Permission.CASE_READ,
    Permission.EMPLOYER_READ,
    Permission.EXPORT,
    Permission.FINDING_READ,
    Permission.USER_MANAGE,
}
NO_DATA = {"/v1/case-statuses", "/settings/service"}
"""What such a permission opens, but says nothing of anybody."""


@pytest.fixture
def ids(client: TestClient, store: Store) -> dict[str, str]:
    """One of each thing, by the name of its path parameter."""
    ad = {"text": "招文员一名，限女性。", "employer": "东风路商行", "publisher": "东风路网", "store": True}
    client.post("/v1/scan", json=ad)
    batch = client.post("/v1/batches", files={"file": ("a.jsonl", b'{"text": "x"}')}).json()["id"]
    with store.reading() as session:
        stored = session.scalars(select(StoredAd)).one()
        finding, user = session.scalars(select(StoredFinding)).one(), session.scalar(select(User.id))
    case = client.post("/v1/cases", json={"finding_ids": [finding.id]}).json()["id"]
    attached = client.post(f"/v1/cases/{case}/attachments", files={"file": ("a.txt", b"x", "text/plain")})
    return {
        "ad_id": stored.id,
        "finding_id": finding.id,
        "fold_id": finding.fold_id,
        "employer_id": stored.employer_id,
        "publisher_id": stored.publisher_id,
        "batch_id": batch,
        "case_id": case,
        "attachment_id": attached.json()["id"],
        "user_id": user,
    }


def protected_reads(app: FastAPI) -> list[Endpoint]:
    reads = [one for one in endpoints(app) if one.method == "GET" and one.permission in PROTECTED]
    return [one for one in reads if one.path not in NO_DATA]


def test_reads_of_protected_data_are_recorded(client, app, store, ids) -> None:
    recorded = set()
    for endpoint in protected_reads(app):
        assert set(re.findall(r"\{([^}]+)\}", endpoint.path)) <= set(ids), endpoint.path
        before = count(store)
        asked = {"format": "csv", "ad_id": ids["ad_id"], "old": 1, "new": 1}
        answer = client.get(endpoint.path.format(**ids), params=asked)
        if answer.status_code == 200:
            of_page = not endpoint.path.startswith("/v1/")  # a page may show several things
            assert count(store) == before + 1 or (of_page and count(store) > before), endpoint.path
            recorded.add(endpoint.path)
    assert {endpoint.path for endpoint in protected_reads(app)} - recorded <= {
        "/v1/batches/{batch_id}/export"
    }
    with store.reading() as session:
        entries = session.scalars(select(AuditEntry)).all()
    assert {entry.actor_name for entry in entries} == {"admin"}
    assert "限女性" not in "".join(f"{entry.before}{entry.after}" for entry in entries)


def count(store: Store) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0
