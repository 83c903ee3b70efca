"""Long after closing the reporter is forgotten; what the office needs of the report stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.audit import retention
from api.audit.record import SYSTEM
from api.settings import Settings
from api.store.base import now
from api.store.blobs import Blobs
from api.store.complaints import Complaint, ReporterIdentity
from api.store.engine import Store
from tests.api.complaints.conftest import Send


@pytest.fixture
def closed(send: Send, desk: TestClient, store: Store) -> Callable[[int], str]:
    """A report with a file, closed so many days ago; its id."""

    def closing(days: int) -> str:
        key: str = send(name="王翠缇", contact="13800138000")["id"]
        desk.post(f"/v1/complaints/{key}/materials", files={"file": ("a.txt", "只要男的".encode())})
        for status in ("not_accepted", "closed"):
            desk.post(f"/v1/complaints/{key}/status", json={"status": status, "reason": "已办完"})
        with store.session() as session:
            session.get_one(Complaint, key).closed_at = now() - timedelta(days=days)
        return key

    return closing


def erased(store: Store, settings: Settings) -> int:
    """Run the retention of 30 days; how many identities it told of."""
    keep, blobs = settings.model_copy(update={"retention_days_identity": 30}), Blobs(settings.blobs_dir)
    with store.reading() as session:
        planned = retention.plan(session, blobs, keep)
    retention.execute(store, blobs, keep, SYSTEM, planned.confirmation)
    return planned.identities


def test_erasing_takes_identity_and_originals_and_leaves_the_rest(
    closed: Callable[[int], str], desk: TestClient, client: TestClient, store: Store, settings: Settings
) -> None:
    old, recent = closed(40), closed(10)
    assert (erased(store, settings), erased(store, settings)) == (1, 0)
    with store.reading() as session:
        assert session.get_one(ReporterIdentity, old).sealed == ""
        assert session.get_one(ReporterIdentity, recent).sealed != ""
    assert len(list(Path(settings.blobs_dir).glob("??/*"))) == 1
    refused = desk.post(f"/v1/complaints/{old}/identity", json={"reason": "回访"})
    assert (refused.status_code, refused.json()["code"]) == (410, "E691")
    seen = desk.get(f"/v1/complaints/{old}").json()
    (material,) = seen["materials"]
    assert (seen["complaint"]["identity_erased"], material["erased"], material["text"]) == (
        True,
        True,
        "只要男的",
    )
    assert seen["text"]
    path = f"/v1/complaints/{old}/materials/{material['id']}/original"
    assert desk.post(path, json={"reason": "核对"}).json()["code"] == "E691"
    (entry,) = client.get("/v1/audit", params={"action": "complaint.identity_erased"}).json()["items"]
    assert (entry["object_id"], seen["events"][-1]["kind"]) == (old, "identity_erased")


def test_erasing_is_off_unless_it_is_set(
    closed: Callable[[int], str], store: Store, settings: Settings
) -> None:
    closed(4000)
    with store.reading() as session:
        planned = retention.plan(session, Blobs(settings.blobs_dir), settings)
    assert (planned.identities, planned.identities_before) == (0, None)


def test_erasing_sealed_files_outlive_the_uploads(
    send: Send, desk: TestClient, store: Store, settings: Settings
) -> None:
    """The routine that removes old uploads does not take what a report needs."""
    key: Any = send()["id"]
    made = desk.post(f"/v1/complaints/{key}/materials", files={"file": ("a.txt", b"abc")}).json()
    with store.reading() as session:
        gone = retention.outlived_files(session, Blobs(settings.blobs_dir), now() + timedelta(days=1))
    assert gone == []
    path = f"/v1/complaints/{key}/materials/{made['id']}/original"
    assert desk.post(path, json={"reason": "核对"}).content == b"abc"
