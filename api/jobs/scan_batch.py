"""Scan a batch: from the first row that is not committed to the last, a chunk at a time, in flat memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from threading import Event

from api.errors import API_ERRORS
from api.intake.storable import storable
from api.jobs.chunks import Chunk
from api.jobs.progress import Run, advance, claim, settle
from api.schemas.batches import BatchOptions
from api.store.batches import Batch, BatchStatus
from api.store.blobs import Blobs
from api.store.engine import Store
from scanner import Ad, Scanner
from scanner.batch.run import outcomes
from scanner.batch.source import Source, open_source
from scanner.errors import PingzhaoError
from scanner.findings import RowError

CHUNK = 256
"""Rows in one commit: where only one may write, others wait a tenth of a second for it."""


@dataclass(frozen=True, slots=True)
class BatchScanner:
    """Scans batches for the queue; several threads may use one."""

    store: Store
    blobs: Blobs
    scanner_for: Callable[[bool], Scanner]
    """The scanner of the lexicon in force, shallow or deep; asked once for each run."""
    max_chars: int
    stopping: Event
    """Set when the process is to end: the run stops after its chunk, and another process resumes it."""

    def __call__(self, batch_id: str, last: bool) -> None:
        """Scan what is left of the batch. What is not the file's fault is raised, to be tried again.

        On the `last` try the batch is told to have failed.
        """
        with self.store.session() as session:
            run = claim(session, batch_id)
        if run is None:
            return
        try:
            self._scan(run)
        except PingzhaoError as error:
            self._fail(run, error.code, error.message)
        except Exception as error:
            if last:
                message = API_ERRORS["E642"].text.format(detail=type(error).__name__)
                self._fail(run, "E642", message)
            raise

    def _scan(self, run: Run) -> None:
        options = BatchOptions.model_validate(run.batch.options)
        if run.batch.rows_total is None:
            total = sum(1 for _ in self._source(run.batch, options))
            with self.store.session() as session:
                advance(session, run, rows_total=total)
        source = self._source(run.batch, options)
        done = run.batch.rows_done
        rows = islice(_prepared(source, options.publisher), done, None)
        scanner = self.scanner_for(options.deep)
        while chunk := list(islice(rows, CHUNK)):
            scanned = Chunk.of(run.batch, done + 1, list(outcomes(scanner, chunk)))
            if not self._commit(run, scanned):
                return
            done += len(chunk)
        with self.store.session() as session:
            settle(session, run, BatchStatus.DONE, rows_total=done, notes=source.notes)

    def _source(self, batch: Batch, options: BatchOptions) -> Source:
        path = self.blobs.path(batch.file_sha256)
        if path is None:
            raise PingzhaoError("E110", path=batch.file_name)
        return open_source(path, options.reading(self.max_chars), name=batch.file_name)

    def _commit(self, run: Run, chunk: Chunk) -> bool:
        """Store a chunk; whether to go on."""
        with self.store.session() as session:
            kept = chunk.store(session, run)
            if not kept:
                settle(session, run, BatchStatus.CANCELLED)  # no effect where a later run has it
        return kept and not self.stopping.is_set()

    def _fail(self, run: Run, code: str, message: str) -> None:
        with self.store.session() as session:
            settle(session, run, BatchStatus.FAILED, error_code=code, error_message=message)


def _prepared(rows: Iterable[Ad | RowError], publisher: str) -> Iterator[Ad | RowError]:
    """Rows that can be stored; ads that name no publisher get the one of the batch."""
    for row in rows:
        if isinstance(row, RowError):
            yield row
        else:
            yield storable(replace(row, publisher=row.publisher or publisher))
