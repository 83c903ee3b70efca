"""The worker process: scans batches until its parent closes its standard input.

The first line on standard input holds the settings as JSON. The end of input, which also comes when the parent
was killed, stops the worker after the chunk in hand.
"""

from __future__ import annotations

import logging
import os
import sys
from functools import cache
from threading import Event, Thread

from api.jobs.progress import unfinished
from api.jobs.queue import BatchQueue
from api.jobs.scan_batch import BatchScanner
from api.lexicon.scanners import Scanners
from api.logs import set_up_logs
from api.settings import Settings
from api.store.blobs import Blobs
from api.store.engine import Store
from scanner import Scanner

THREADS = 2
"""Batches scanned at the same time: a small one need not wait for a large one."""
NICE = 10
"""How much the worker gives way to the server."""
_log = logging.getLogger(__name__)


def main() -> None:
    """Take the settings, take up what is unfinished, and work."""
    _give_way()
    settings = Settings.model_validate_json(sys.stdin.readline())
    set_up_logs(settings)
    store, stopping = Store(settings.store_url), Event()

    @cache
    def scanners(deep: bool) -> Scanners:
        return Scanners(store, Scanner.load(deep=deep))

    def scanner_for(deep: bool) -> Scanner:
        return scanners(deep).renewed().scanner

    scan = BatchScanner(store, Blobs(settings.blobs_dir), scanner_for, settings.max_text_chars, stopping)
    queue = BatchQueue(settings, scan)
    _take_up(store, queue)
    consumer = queue.consumer(THREADS)

    def stop_at_end_of_input() -> None:
        sys.stdin.read()
        stopping.set()
        consumer.stop_flag.set()

    Thread(target=stop_at_end_of_input, daemon=True).start()
    consumer.run()
    stopping.set()
    consumer.stop(graceful=True)
    store.dispose()


def _give_way() -> None:
    """Requests come first. On Windows the supervisor starts the process with a lower priority."""
    if sys.platform != "win32":
        os.nice(NICE)


def _take_up(store: Store, queue: BatchQueue) -> None:
    """Queue what the table of batches says is to be done, and nothing else."""
    queue.clear()
    with store.reading() as session:
        waiting = unfinished(session)
    for batch_id in waiting:
        queue.put(batch_id)
    _log.info("worker started", extra={"batches": len(waiting)})


if __name__ == "__main__":
    main()
