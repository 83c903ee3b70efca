"""Real processes, killed for real: what a batch leaves behind is what it leaves behind undisturbed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.jobs.queue import BatchQueue
from api.jobs.supervisor import supervised
from api.settings import Settings
from api.store.batches import Batch
from api.store.engine import Store
from tests.api.jobs.samples import jsonl, picture

ROWS = 3000
_PATIENCE = 120
Undisturbed = Callable[[int], dict[str, Any]]


def _wait(store: Store, batch_id: str, until: Callable[[Batch], bool]) -> Batch:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        with store.reading() as session:
            batch = session.get_one(Batch, batch_id)
        if until(batch):
            return batch
        time.sleep(0.02)
    raise AssertionError(f"{batch.status} at row {batch.rows_done}")


@pytest.mark.slow
def test_killing_the_worker_loses_and_doubles_nothing(
    store: Store, settings: Settings, make_batch: Callable[..., str], undisturbed: Undisturbed
) -> None:
    batch_id = make_batch(jsonl(ROWS))
    with supervised(settings) as worker:
        BatchQueue(settings).put(batch_id)
        for rows in (1, 1200):
            killed = _wait(store, batch_id, lambda batch, rows=rows: batch.rows_done >= rows)
            assert killed.rows_done < ROWS
            os.kill(worker.pid, signal.SIGKILL)
        done = _wait(store, batch_id, lambda batch: batch.status == "done")
    assert done.attempts >= 3
    assert picture(store, batch_id) == undisturbed(ROWS)


@pytest.mark.slow
def test_stopping_the_service_keeps_the_batch_for_the_next_start(
    store: Store, settings: Settings, make_batch: Callable[..., str], undisturbed: Undisturbed
) -> None:
    batch_id = make_batch(jsonl(ROWS))
    with supervised(settings):
        stopped = _wait(store, batch_id, lambda batch: batch.rows_done >= 1)
    with store.reading() as session:
        rows = session.get_one(Batch, batch_id).rows_done
    assert stopped.rows_done <= rows < ROWS
    with supervised(settings):
        _wait(store, batch_id, lambda batch: batch.status == "done")
    assert picture(store, batch_id) == undisturbed(ROWS)


class _Server:
    """`pingzhao serve` on a free port, in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._log = (folder / "serve.log").open("ab")
        command = [sys.executable, "-m", "scanner", "serve", "--port", "0"]
        self.process = subprocess.Popen(command, stdout=self._log, stderr=self._log, env=os.environ.copy())

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(_PATIENCE)
        self._log.close()


def _workers(data_dir: Path) -> list[int]:
    """The worker processes that have the queue of this folder open (Linux)."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if "api.jobs.worker" not in (process / "cmdline").read_text():
                continue
            names = [str(one.readlink()) for one in (process / "fd").iterdir()]
        except OSError:
            continue
        if any(name.startswith(str(data_dir)) for name in names):
            found.append(int(process.name))
    return found


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for orphans in /proc")
def test_killing_the_server_loses_and_doubles_nothing_and_leaves_no_worker(
    store: Store,
    settings: Settings,
    make_batch: Callable[..., str],
    undisturbed: Undisturbed,
    tmp_path: Path,
) -> None:
    batch_id = make_batch(jsonl(ROWS))
    server = _Server(tmp_path)
    _wait(store, batch_id, lambda batch: batch.rows_done >= 1)
    server.kill()
    server = _Server(tmp_path)
    _wait(store, batch_id, lambda batch: batch.status == "done")
    server.stop()
    deadline = time.monotonic() + 10
    while _workers(settings.data_dir) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert _workers(settings.data_dir) == []
    assert picture(store, batch_id) == undisturbed(ROWS)
    assert "Traceback" not in (tmp_path / "serve.log").read_text()
