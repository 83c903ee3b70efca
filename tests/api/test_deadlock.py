"""Two transactions that wait for each other: the database ends one of them, and its caller is told to come again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text

from api.audit.record import SYSTEM, record
from api.store.batches import Batch
from api.store.engine import Store

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'"


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_deadlock_is_answered_with_e612_and_the_next_try_succeeds(client: TestClient, store: Store) -> None:
    files = {"file": ("名单.jsonl", b'{"text": "\xe6\x8b\x9b\xe5\xb7\xa5"}')}
    batch_id = client.post("/v1/batches", files=files).json()["id"]
    with ThreadPoolExecutor(1) as pool:
        with store.session() as session:
            session.execute(
                text("SET LOCAL deadlock_timeout = '1min'")
            )  # the request is the one that is ended
            record(session, SYSTEM, "test.hold", "test", "")
            asked = pool.submit(client.post, f"/v1/batches/{batch_id}/cancel")
            _wait_until_it_holds_the_batch_and_waits_for_the_log(store)
            session.scalar(select(Batch).where(Batch.id == batch_id).with_for_update())
        answer = asked.result()
    assert (answer.status_code, answer.json()["code"]) == (503, "E612")
    assert answer.headers["retry-after"] == "5"
    again = client.post(f"/v1/batches/{batch_id}/cancel")
    assert (again.status_code, again.json()["status"]) == (200, "cancelled")


def _wait_until_it_holds_the_batch_and_waits_for_the_log(store: Store) -> None:
    until = monotonic() + 30
    while monotonic() < until:
        with store.reading() as session:
            if session.scalar(text(WAITING)):
                return
        sleep(0.02)
    raise AssertionError("the request did not come to wait")
