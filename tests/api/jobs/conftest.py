from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from functools import cache
from threading import Event
from typing import Any
from uuid import uuid4

import pytest

from api.jobs.scan_batch import BatchScanner
from api.settings import Settings
from api.store.accounts import Role, User
from api.store.batches import Batch
from api.store.blobs import Blobs
from api.store.engine import Store
from scanner import Scanner
from tests.api.jobs.samples import jsonl, picture

MakeBatch = Callable[..., str]


@pytest.fixture
def blobs(settings: Settings) -> Blobs:
    return Blobs(settings.blobs_dir)


def upload(store: Store, blobs: Blobs, content: bytes, name: str, **options: Any) -> str:
    """A batch that waits; its id."""
    stored = blobs.put(io.BytesIO(content), 1 << 30)
    with store.session() as session:
        user = User(name=uuid4().hex, role=Role.INSPECTOR, password_hash="")
        session.add(user)
        session.flush()
        batch = Batch(
            created_by=user.id,
            file_name=name,
            file_sha256=stored.sha256,
            file_bytes=stored.size,
            options=options,
            notes=[],
        )
        session.add(batch)
    return batch.id


@pytest.fixture
def make_batch(store: Store, blobs: Blobs) -> MakeBatch:
    """`make_batch(content, "导出.jsonl", **options)` uploads a file; gives the batch's id."""

    def make(content: bytes, name: str = "导出.jsonl", **options: Any) -> str:
        return upload(store, blobs, content, name, **options)

    return make


@pytest.fixture(scope="session")
def undisturbed(
    template: Callable[[str], str], scanner: Scanner, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[int], dict[str, Any]]:
    """What an upload of so many sample rows leaves behind where nothing goes wrong."""

    @cache
    def of(rows: int) -> dict[str, Any]:
        folder = tmp_path_factory.mktemp("undisturbed")
        path = folder / "pingzhao.sqlite"
        shutil.copyfile(template("sqlite").removeprefix("sqlite:///"), path)
        store, blobs = Store(f"sqlite:///{path}"), Blobs(folder / "blobs")
        batch_id = upload(store, blobs, jsonl(rows), "导出.jsonl")
        BatchScanner(store, blobs, lambda deep: scanner, 100_000, Event())(batch_id, True)
        found = picture(store, batch_id)
        store.dispose()
        return found

    return of


@pytest.fixture
def stopping() -> Event:
    return Event()


@pytest.fixture
def scan_batch(store: Store, blobs: Blobs, scanner: Scanner, stopping: Event) -> BatchScanner:
    """The scan of batches, in this process."""
    return BatchScanner(store, blobs, lambda deep: scanner, 100_000, stopping)
