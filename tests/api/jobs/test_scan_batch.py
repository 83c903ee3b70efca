from __future__ import annotations

import io
import json
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from sqlalchemy import func, select, update

from api.jobs.control import cancel, retry
from api.jobs.progress import claim
from api.jobs.scan_batch import CHUNK, BatchScanner
from api.store.ads import Capture, Publisher
from api.store.batches import Batch, BatchStatus
from api.store.blobs import Blobs
from api.store.engine import Store
from scanner import Scanner
from tests.api.jobs.samples import jsonl, picture

MakeBatch = Callable[..., str]
ROWS = 2 * CHUNK + 76


def _batch(store: Store, batch_id: str) -> Batch:
    with store.reading() as session:
        return session.get_one(Batch, batch_id)


def test_scan_batch_stores_every_row_and_counts_it(
    store: Store, make_batch: MakeBatch, scan_batch: BatchScanner
) -> None:
    batch_id = make_batch(jsonl(ROWS))
    scan_batch(batch_id, True)
    batch = _batch(store, batch_id)
    seen = picture(store, batch_id)
    assert (batch.status, batch.rows_total, batch.rows_done, batch.rows_failed) == (
        "done",
        ROWS,
        ROWS,
        ROWS // 97,
    )
    assert (batch.attempts, batch.notes) == (1, ["导出.jsonl：编码 UTF-8"])
    assert [row[0] for row in seen["rows"]] == [n for n in range(1, ROWS + 1) if n % 97]
    assert [row[0] for row in seen["errors"]] == list(range(97, ROWS + 1, 97))
    assert {error[2] for error in seen["errors"]} == {"E103"}
    flagged = [row[0] for row in seen["rows"] if row[7]]
    assert batch.ads_flagged == len(flagged)
    assert batch.findings == sum(len(row[7]) for row in seen["rows"])


@pytest.mark.parametrize(
    ("name", "content", "options", "rows"),
    [
        ("a.csv", "岗位,描述,公司\n店员,限女性,万福\n".encode("gb18030"), {"map": {"text": "描述"}}, 1),
        ("a.TSV", "职位名称\t职位描述\n店员\t限女性\n".encode("utf-16"), {}, 1),
        ("a.txt", "限女性\n----\n限男性\n".encode(), {"encoding": "utf-8"}, 2),
        ("a.json", json.dumps([{"text": "限女性"}] * 3).encode(), {"deep": True}, 3),
        ("a.html", "<html><body><p>招店员一名，限女性</p></body></html>".encode(), {}, 1),
    ],
)
def test_scan_batch_reads_what_the_readers_take(
    store: Store,
    make_batch: MakeBatch,
    scan_batch: BatchScanner,
    name: str,
    content: bytes,
    options: dict[str, Any],
    rows: int,
) -> None:
    batch_id = make_batch(content, name, **options)
    scan_batch(batch_id, True)
    batch = _batch(store, batch_id)
    assert (batch.status, batch.rows_done, batch.ads_flagged) == ("done", rows, rows), batch.error_message


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"x,y\n1,2\n", "E106"),
        ("a.json", b"{", "E113"),
        ("a.xlsx", b"no workbook", "E108"),
        ("a.jsonl", b"", "E102"),
    ],
)
def test_a_file_that_cannot_be_read_fails_with_the_readers_code(
    store: Store, make_batch: MakeBatch, scan_batch: BatchScanner, name: str, content: bytes, code: str
) -> None:
    batch_id = make_batch(content, name)
    scan_batch(batch_id, False)
    batch = _batch(store, batch_id)
    assert (batch.status, batch.error_code) == ("failed", code)
    assert batch.finished_at is not None
    assert name in batch.error_message


def test_an_upload_that_is_gone_fails_and_can_be_tried_again(
    store: Store, blobs: Blobs, make_batch: MakeBatch, scan_batch: BatchScanner
) -> None:
    batch_id = make_batch(jsonl(3))
    blobs.delete(_batch(store, batch_id).file_sha256)
    scan_batch(batch_id, True)
    assert _batch(store, batch_id).error_code == "E110"
    blobs.put(io.BytesIO(jsonl(3)), 1 << 20)
    with store.session() as session:
        retry(session, session.get_one(Batch, batch_id))
    scan_batch(batch_id, True)
    batch = _batch(store, batch_id)
    assert (batch.status, batch.rows_done, batch.error_code) == ("done", 3, "")


def test_ads_without_publisher_get_the_one_of_the_batch(
    store: Store, make_batch: MakeBatch, scan_batch: BatchScanner
) -> None:
    scan_batch(
        make_batch('{"text": "招人"}\n{"text": "招工", "publisher": "甲网"}'.encode(), publisher="乙网"), True
    )
    with store.reading() as session:
        assert set(session.scalars(select(Publisher.name))) == {"甲网", "乙网"}


def test_a_run_that_is_stopped_resumes_to_the_same_result(
    store: Store,
    make_batch: MakeBatch,
    scan_batch: BatchScanner,
    stopping: Event,
    undisturbed: Callable[[int], dict[str, Any]],
) -> None:
    batch_id = make_batch(jsonl(ROWS))
    stopping.set()
    for done in (CHUNK, 2 * CHUNK, ROWS):
        scan_batch(batch_id, True)
        assert _batch(store, batch_id).rows_done == done
    stopping.clear()
    scan_batch(batch_id, True)
    batch = _batch(store, batch_id)
    assert (batch.attempts, batch.rows_before) == (4, ROWS)
    assert picture(store, batch_id) == undisturbed(ROWS)


def test_a_run_that_lost_its_batch_stores_nothing_more(
    store: Store, make_batch: MakeBatch, scan_batch: BatchScanner, scanner: Scanner, blobs: Blobs
) -> None:
    batch_id = make_batch(jsonl(ROWS))

    def overtaken(deep: bool) -> Scanner:
        with store.session() as session:
            assert claim(session, batch_id) is not None
        return scanner

    BatchScanner(store, blobs, overtaken, 100_000, Event())(batch_id, True)
    batch = _batch(store, batch_id)
    assert (batch.status, batch.rows_done, batch.attempts) == ("running", 0, 2)
    scan_batch(batch_id, True)
    assert _batch(store, batch_id).rows_done == ROWS
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Capture)) == ROWS - ROWS // 97


def test_a_fault_of_ours_is_raised_to_be_tried_again_and_told_at_last(
    store: Store, make_batch: MakeBatch, blobs: Blobs
) -> None:
    batch_id = make_batch(jsonl(3))

    def broken(deep: bool) -> Scanner:
        raise RuntimeError("限女性 as in the ad")

    scan = BatchScanner(store, blobs, broken, 100_000, Event())
    with pytest.raises(RuntimeError):
        scan(batch_id, False)
    assert _batch(store, batch_id).status == "running"
    with pytest.raises(RuntimeError):
        scan(batch_id, True)
    batch = _batch(store, batch_id)
    assert (batch.status, batch.error_code) == ("failed", "E642")
    assert "RuntimeError" in batch.error_message
    assert "限女性" not in batch.error_message


def test_cancelling_a_running_batch_stops_after_the_chunk_and_retry_goes_on(
    store: Store, make_batch: MakeBatch, scan_batch: BatchScanner, stopping: Event
) -> None:
    batch_id = make_batch(jsonl(ROWS))
    stopping.set()
    scan_batch(batch_id, True)
    with store.session() as session:
        cancel(session, session.get_one(Batch, batch_id))
    stopping.clear()
    scan_batch(batch_id, True)
    batch = _batch(store, batch_id)
    assert (batch.status, batch.rows_done, batch.cancel_requested) == ("cancelled", CHUNK, True)
    with store.session() as session:
        retry(session, session.get_one(Batch, batch_id))
    scan_batch(batch_id, True)
    batch = _batch(store, batch_id)
    assert (batch.status, batch.rows_done, batch.rows_before) == ("done", ROWS, CHUNK)


def test_cancelling_in_the_middle_of_a_chunk_drops_the_chunk(
    store: Store, make_batch: MakeBatch, blobs: Blobs, scanner: Scanner
) -> None:
    batch_id = make_batch(jsonl(600))

    def cancelled(deep: bool) -> Scanner:
        with store.session() as session:
            session.execute(update(Batch).values(cancel_requested=True))
        return scanner

    BatchScanner(store, blobs, cancelled, 100_000, Event())(batch_id, True)
    batch = _batch(store, batch_id)
    assert (batch.status, batch.rows_done) == (BatchStatus.CANCELLED, 0)
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Capture)) == 0


def test_a_finished_batch_is_left_alone(
    store: Store, make_batch: MakeBatch, scan_batch: BatchScanner
) -> None:
    batch_id = make_batch(jsonl(5))
    scan_batch(batch_id, True)
    scan_batch(batch_id, True)
    assert _batch(store, batch_id).attempts == 1
    scan_batch("0" * 32, True)
