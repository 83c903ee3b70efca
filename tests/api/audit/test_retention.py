"""Retention tells first, removes what was told, and leaves a log that verifies."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from api.audit import retention
from api.audit.chain import link
from api.audit.record import SYSTEM, record
from api.audit.verify import CHECKPOINT, Anchor, verify
from api.errors import ApiError
from api.settings import Settings
from api.store.ads import AdVersion, StoredAd, StoredFinding
from api.store.audit import AuditEntry, AuditHead
from api.store.base import Base, now
from api.store.batches import Batch
from api.store.blobs import Blobs
from api.store.cases import Attachment, Case
from api.store.engine import Store
from api.store.folds import Fold

KEEP = Settings(retention_days_ads=30, retention_days_audit=100)


def plan(store: Store, blobs: Blobs, settings: Settings = KEEP) -> retention.Plan:
    with store.reading() as session:
        return retention.plan(session, blobs, settings)


def count(store: Store, model: type[Base]) -> int:
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def write(store: Store, ages: list[int]) -> None:
    """Entries of so many days, oldest first, chained as they would have been then."""
    for age in ages:
        with store.session() as session:
            entry = record(session, SYSTEM, "case.note", "case", str(age))
            entry.at = now() - timedelta(days=age)
            entry.hash = session.get_one(AuditHead, 1).hash = link(entry)


def test_retention_removes_old_ads_but_not_evidence(store, blobs, make_ad) -> None:
    old, evidence, recent = make_ad(31), make_ad(400, in_case=True), make_ad(29)
    planned = plan(store, blobs)
    assert (planned.ads, count(store, StoredAd)) == (1, 3)
    retention.execute(store, blobs, KEEP, SYSTEM, planned.confirmation)
    with store.reading() as session:
        assert set(session.scalars(select(StoredAd.id))) == {evidence, recent}
        assert old not in set(session.scalars(select(StoredFinding.ad_id)))
        entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.after["ads"]) == ("retention.ads", 1)
    assert (count(store, AdVersion), count(store, Fold)) == (2, 2)


def test_retention_of_zero_days_keeps_everything(store, blobs, make_ad) -> None:
    make_ad(4000)
    write(store, [4000])
    forever = Settings()
    planned = plan(store, blobs, forever)
    assert (planned.ads, planned.audit_entries) == (0, 0)
    retention.execute(store, blobs, forever, SYSTEM, planned.confirmation)
    assert (count(store, StoredAd), count(store, AuditEntry)) == (1, 1)


def test_retention_refuses_what_was_not_shown(store, blobs, make_ad) -> None:
    make_ad(31)
    seen = plan(store, blobs).confirmation
    make_ad(32)
    with pytest.raises(ApiError) as refused:
        retention.execute(store, blobs, KEEP, SYSTEM, seen)
    assert (refused.value.code, count(store, StoredAd)) == ("E631", 2)


def test_retention_goes_through_more_than_one_chunk(store, blobs, make_ad, monkeypatch) -> None:
    monkeypatch.setattr(retention, "_AT_ONCE", 2)
    for _ in range(5):
        make_ad(31)
    retention.execute(store, blobs, KEEP, SYSTEM, plan(store, blobs).confirmation)
    assert (count(store, StoredAd), count(store, AuditEntry)) == (0, 3)


def test_retention_removes_originals_that_nothing_needs(
    store, blobs, make_ad, make_file, make_user_id
) -> None:
    old, recent, evidence, attached, waiting = (make_file(days) for days in (31, 29, 400, 400, 400))
    make_ad(1, source=old)
    make_ad(400, in_case=True, source=evidence)
    user = make_user_id()
    with store.session() as session:
        case = session.scalars(select(Case)).one()
        kept = {"file_name": "a", "created_by": user, "file_bytes": 1, "options": {}, "notes": []}
        session.add(Batch(file_sha256=waiting, **kept))
        session.add(Batch(file_sha256=old, finished_at=now() - timedelta(days=31), **kept))
        session.add(
            Attachment(
                case_id=case.id, added_by=user, file_name="a", media_type="a/b", sha256=attached, size=1
            )
        )
    planned = plan(store, blobs)
    assert (planned.files, planned.ads) == (1, 0)
    retention.execute(store, blobs, KEEP, SYSTEM, planned.confirmation)
    assert blobs.path(old) is None
    assert all(blobs.path(name) for name in (recent, evidence, attached, waiting))
    with store.reading() as session:
        assert session.scalars(select(AuditEntry.action)).all() == ["retention.files"]


def test_retention_cuts_the_audit_log_with_a_checkpoint(store, blobs) -> None:
    write(store, [300, 200, 101, 99, 0])
    planned = plan(store, blobs)
    assert (planned.audit_entries, planned.audit_through) == (3, 3)
    retention.execute(store, blobs, KEEP, SYSTEM, planned.confirmation)
    with store.reading() as session:
        verdict = verify(session)
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    assert (verdict.intact, verdict.first, verdict.head.number) == (True, 4, 6)
    assert entries[-1].action == CHECKPOINT
    assert entries[-1].after == {"through": 3, "hash": entries[0].previous_hash, "entries": 3}


def test_retention_twice_and_all_of_it_still_verifies(store, blobs) -> None:
    for ages in ([300, 200], [150, 101]):
        write(store, ages)
        retention.execute(store, blobs, KEEP, SYSTEM, plan(store, blobs).confirmation)
        with store.reading() as session:
            assert verify(session).intact


def test_retention_anchor_of_a_removed_entry(store, blobs) -> None:
    """The last removed entry can still be checked; of an earlier one the report says that it cannot."""
    write(store, [300, 200, 101, 99])
    with store.reading() as session:
        rows = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
        anchors = [Anchor(row.number, row.hash) for row in rows]
    retention.execute(store, blobs, KEEP, SYSTEM, plan(store, blobs).confirmation)
    with store.reading() as session:
        assert verify(session, anchors[2]).intact
        assert verify(session, anchors[3]).intact
        assert "无法核对" in verify(session, anchors[0]).breaks[0].problem


def test_retention_removal_without_a_checkpoint_is_found(store, blobs) -> None:
    write(store, [300, 200, 101, 99])
    retention.execute(store, blobs, KEEP, SYSTEM, plan(store, blobs).confirmation)
    with store.session() as session:
        session.execute(delete(AuditEntry).where(AuditEntry.number == 4))
    with store.reading() as session:
        verdict = verify(session)
    assert [found.number for found in verdict.breaks] == [5]


def test_retention_over_the_api(client, store, make_ad, app) -> None:
    make_ad(31)
    assert client.get("/v1/retention").json()["ads"] == 0
    answer = client.post("/v1/retention", json={"confirmation": "0" * 16})
    assert (answer.status_code, answer.json()["code"]) == (409, "E631")
    app.state.services = _with_periods(app.state.services)
    shown = client.get("/v1/retention").json()
    assert (shown["ads"], count(store, StoredAd)) == (1, 1)
    done = client.post("/v1/retention", json={"confirmation": shown["confirmation"]})
    assert (done.status_code, count(store, StoredAd)) == (200, 0)


def _with_periods(services):
    from dataclasses import replace

    return replace(services, settings=services.settings.model_copy(update={"retention_days_ads": 30}))
