"""The queue of batches to scan: huey on a SQLite file in the data folder, beside the uploads it is about.

The queue only wakes the worker. What is to be done, and how far it is, stands in the table of batches: a queue
that is lost costs nothing, and a batch that stands in it twice is scanned once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huey import SqliteHuey

from api.settings import Settings

_FILE = "jobs.sqlite"
_RETRIES = 4


class BatchQueue:
    """Batches on their way to the worker. `run(batch_id, last)` scans one where a consumer is started.

    If `run` raises it is called again, a few times: after `first_delay` seconds, then after twice as many each
    time. `last` says that it is not.
    """

    def __init__(
        self, settings: Settings, run: Callable[[str, bool], None] | None = None, *, first_delay: int = 2
    ) -> None:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        self._huey = SqliteHuey("pingzhao", filename=str(settings.data_dir / _FILE), results=False)

        def scan_batch(batch_id: str, task: Any) -> None:
            if run is None:
                raise RuntimeError("batches are scanned in the worker process")
            run(batch_id, not task.retries)

        options = {"retries": _RETRIES, "retry_delay": first_delay, "retry_backoff": 2}
        self._scan = self._huey.task(context=True, **options)(scan_batch)

    def put(self, batch_id: str) -> None:
        """Have the worker look at this batch. Call it after the batch's row was committed."""
        self._scan(batch_id)

    def clear(self) -> None:
        """Empty the queue: a starting worker fills it from the table of batches."""
        self._huey.storage.flush_all()

    def consumer(self, threads: int) -> Any:
        """huey's consumer, not yet running."""
        return self._huey.create_consumer(workers=threads, periodic=False, max_delay=1.0)

    def close(self) -> None:
        """Close this thread's connection to the file."""
        self._huey.storage.close()


def open_queue(settings: Settings) -> BatchQueue:
    """The queue, for those who put batches in."""
    return BatchQueue(settings)
