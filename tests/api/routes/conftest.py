from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.jobs.progress import unfinished
from api.jobs.scan_batch import BatchScanner
from api.settings import Settings
from api.store.blobs import Blobs
from api.store.engine import Store
from scanner import Scanner


@pytest.fixture
def work(store: Store, settings: Settings, scanner: Scanner) -> Callable[[], None]:
    """Do what the worker process would do."""
    scan = BatchScanner(
        store, Blobs(settings.blobs_dir), lambda deep: scanner, settings.max_text_chars, Event()
    )

    def all_of_it() -> None:
        with store.reading() as session:
            waiting = unfinished(session)
        for batch_id in waiting:
            scan(batch_id, True)

    return all_of_it


Upload = Callable[..., dict[str, Any]]


def upload(
    client: TestClient, content: bytes | str, name: str = "导出.jsonl", options: str = "", status: int = 202
) -> dict[str, Any]:
    """Send a file as a browser does; the answer."""
    data = content.encode() if isinstance(content, str) else content
    answer = client.post(
        "/v1/batches", files={"file": (name, data)}, data={"options": options} if options else None
    )
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found
