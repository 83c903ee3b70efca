"""Keeps the worker process running beside the server."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from api.settings import Settings

_PAUSE = 1.0
"""Seconds before a worker that died is started anew."""
_LOOK = 0.2
_GENTLE = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
"""The worker gives way to requests; elsewhere than on Windows it sees to that itself."""
_log = logging.getLogger(__name__)


class Supervisor:
    """Starts the worker, starts it again whenever it dies, and ends it gently."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stopping = Event()
        self._worker = self._start()
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        """The process id of the present worker."""
        return self._worker.pid

    def stop(self) -> None:
        """Let the worker finish its chunk, at most `shutdown_seconds`; then kill it."""
        self._stopping.set()
        self._thread.join()
        if self._worker.stdin is not None:
            self._worker.stdin.close()
        try:
            self._worker.wait(self._settings.shutdown_seconds)
        except subprocess.TimeoutExpired:
            self._worker.kill()
            self._worker.wait()

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "api.jobs.worker"]
        worker = subprocess.Popen(
            command, stdin=subprocess.PIPE, text=True, encoding="utf-8", creationflags=_GENTLE
        )
        assert worker.stdin is not None
        with suppress(OSError):  # it died at once, which the watch will see
            worker.stdin.write(self._settings.model_dump_json() + "\n")
            worker.stdin.flush()
        return worker

    def _watch(self) -> None:
        while not self._stopping.wait(_LOOK):
            if self._worker.poll() is not None:
                _log.error("worker died", extra={"exit_code": self._worker.returncode})
                if self._stopping.wait(_PAUSE):
                    return
                self._worker = self._start()


@contextmanager
def supervised(settings: Settings) -> Iterator[Supervisor]:
    """A worker runs as long as the block does."""
    supervisor = Supervisor(settings)
    try:
        yield supervisor
    finally:
        supervisor.stop()
