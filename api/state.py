"""What every request may use; made once when the app starts."""

from __future__ import annotations

from dataclasses import dataclass

from api.complaints.identity import Vault
from api.complaints.understanding import Reader
from api.jobs.queue import BatchQueue
from api.lexicon.scanners import Scanners
from api.metrics import Metrics
from api.settings import Settings
from api.store.blobs import Blobs
from api.store.engine import Store
from scanner import Scanner


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of the running service; `request.app.state.services`."""

    settings: Settings
    store: Store
    blobs: Blobs
    scanners: Scanners
    queue: BatchQueue
    metrics: Metrics
    vault: Vault
    reader: Reader

    @property
    def scanner(self) -> Scanner:
        """The scanner of the lexicon in force. Ask once for what belongs together: it may change."""
        return self.scanners.current().scanner
