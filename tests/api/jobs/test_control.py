from __future__ import annotations

from collections.abc import Callable

import pytest

from api.errors import ApiError
from api.jobs.control import cancel, retry
from api.jobs.progress import unfinished
from api.jobs.queue import BatchQueue
from api.settings import Settings
from api.store.batches import Batch, BatchStatus
from api.store.engine import Store

MakeBatch = Callable[..., str]
S = BatchStatus


@pytest.mark.parametrize(
    ("before", "after"),
    [(S.QUEUED, S.CANCELLED), (S.RUNNING, S.RUNNING), (S.DONE, None), (S.FAILED, None), (S.CANCELLED, None)],
)
def test_cancel_is_for_unfinished_batches(
    store: Store, make_batch: MakeBatch, before: BatchStatus, after: BatchStatus | None
) -> None:
    batch_id = make_batch(b"{}")
    with store.session() as session:
        batch = session.get_one(Batch, batch_id)
        batch.status = before
        session.flush()
        if after is None:
            with pytest.raises(ApiError, match="E641"):
                cancel(session, batch)
            return
        cancel(session, batch)
        assert batch.status == after
        assert batch.cancel_requested is (before is S.RUNNING)


@pytest.mark.parametrize(
    ("before", "allowed"),
    [(S.QUEUED, False), (S.RUNNING, False), (S.DONE, False), (S.FAILED, True), (S.CANCELLED, True)],
)
def test_retry_is_for_failed_and_cancelled_batches(
    store: Store, make_batch: MakeBatch, before: BatchStatus, allowed: bool
) -> None:
    batch_id = make_batch(b"{}")
    with store.session() as session:
        batch = session.get_one(Batch, batch_id)
        batch.status, batch.error_code, batch.rows_done = before, "E101", 512
        session.flush()
        if not allowed:
            with pytest.raises(ApiError, match="E641"):
                retry(session, batch)
            return
        retry(session, batch)
        assert (batch.status, batch.error_code, batch.rows_done) == (S.QUEUED, "", 512)


def test_unfinished_batches_come_oldest_first(store: Store, make_batch: MakeBatch) -> None:
    ids = [make_batch(f'{{"text": "{n}"}}'.encode()) for n in range(4)]
    with store.session() as session:
        session.get_one(Batch, ids[1]).status = S.DONE
        session.get_one(Batch, ids[2]).status = S.RUNNING
    with store.reading() as session:
        assert unfinished(session) == [ids[0], ids[2], ids[3]]


def test_the_queue_calls_again_what_raises_and_says_when_it_is_the_last_time(settings: Settings) -> None:
    calls: list[tuple[str, bool]] = []

    def run(batch_id: str, last: bool) -> None:
        calls.append((batch_id, last))
        if not last:
            raise OSError

    queue = BatchQueue(settings, run, first_delay=0)
    consumer = queue.consumer(1)
    consumer.start()
    queue.put("a")
    for _ in range(200):
        if calls and calls[-1][1]:
            break
        consumer.stop_flag.wait(0.1)
    consumer.stop(graceful=True)
    assert calls == [("a", False)] * 4 + [("a", True)]
