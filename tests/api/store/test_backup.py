"""A backup holds everything, restores on either database, and is refused when it is not whole."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from api.audit.record import SYSTEM, record
from api.errors import ServiceError
from api.store import migrate
from api.store.accounts import FailedLogin, User
from api.store.ads import AdVersion, Capture, Employer, StoredAd
from api.store.audit import AuditEntry
from api.store.backup import backup, restore
from api.store.engine import Store
from api.store.rows import dump, tables_of

BLOB = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
"""SHA-256 of b"hello"."""


@pytest.fixture
def blobs(tmp_path: Path) -> Path:
    folder = tmp_path / "blobs"
    (folder / BLOB[:2]).mkdir(parents=True)
    (folder / BLOB[:2] / BLOB).write_bytes(b"hello")
    return folder


def fill(store: Store) -> None:
    """Rows of every kind of column: times, dates, JSON, null, numbered keys, a row that points to a later one."""
    with store.session() as session:
        first, second = (
            Employer(id="1" * 32, name="甲", normalised="甲"),
            Employer(name="乙", normalised="乙"),
        )
        session.add_all([second, User(name="a", role="admin", password_hash="", active=False)])
        session.flush()
        first.merged_into_id = second.id
        session.add(first)
        ad = StoredAd(key="k", employer_id=first.id, group_id="g", url="https://example.com/职位?a='\"\\")
        session.add(ad)
        session.flush()
        version = AdVersion(
            ad_id=ad.id, number=1, text="招文员\n，限女性🙂", fields={"性别": ["女", None, 1.5]},
            posted_on=date(2026, 3, 1), content_sha256="c", text_sha256="t",
        )  # fmt: skip
        session.add(version)
        session.flush()
        at = datetime(2026, 3, 1, 4, 5, 6, 789, tzinfo=UTC)
        session.add_all([Capture(ad_id=ad.id, version_id=version.id, captured_at=at) for _ in range(3)])
        record(session, SYSTEM, "case.open", "case", "1", before=None, after={"数": 0.1, "空": None})


def contents(store: Store) -> dict[str, list[bytes]]:
    with store.snapshot() as connection:
        return {str(table.name): list(dump(connection, table)) for table in tables_of(connection)}


@pytest.fixture
def other(request: pytest.FixtureRequest, postgres: Callable[[str], str], tmp_path: Path) -> Iterator[Store]:
    """An empty store on the database that `request.param` names."""
    if request.param == "sqlite":
        store = Store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    else:
        store = Store(request.getfixturevalue("spare_postgres"))
    yield store
    store.dispose()


@pytest.mark.parametrize("other", ["sqlite", "postgresql"], indirect=True)
def test_backup_restores_on_either_database(store: Store, other: Store, blobs: Path, tmp_path: Path) -> None:
    fill(store)
    counts = backup(store, blobs, tmp_path / "b.zip")
    assert (counts["capture"], counts["employer"]) == (3, 2)
    assert restore(other, tmp_path / "restored", tmp_path / "b.zip") == counts
    assert contents(other) == contents(store)
    assert (tmp_path / "restored" / BLOB[:2] / BLOB).read_bytes() == b"hello"
    assert migrate.current(other) == migrate.head()


@pytest.mark.parametrize("other", ["sqlite", "postgresql"], indirect=True)
def test_backup_restored_store_goes_on(store: Store, other: Store, blobs: Path, tmp_path: Path) -> None:
    from api.audit.verify import verify

    fill(store)
    backup(store, blobs, tmp_path / "b.zip")
    restore(other, blobs, tmp_path / "b.zip")
    with other.session() as session:
        session.add(FailedLogin(key="new"))
        capture = session.scalars(select(Capture)).first()
        assert capture is not None
        session.add(Capture(ad_id=capture.ad_id, version_id=capture.version_id))
        record(session, SYSTEM, "case.close", "case", "1")
    with other.reading() as session:
        assert session.scalar(select(func.count()).select_from(Capture)) == 4
        assert session.scalar(select(func.max(AuditEntry.number))) == 2
        assert verify(session).intact


def test_backup_is_whole_or_absent(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    with pytest.raises(OSError, match="folder"):
        backup(store, tmp_path, tmp_path / "folder" / "b.zip")
    target.mkdir()
    with pytest.raises(OSError, match="zip"):
        backup(store, tmp_path, target)
    assert [path.name for path in tmp_path.glob("b.zip*")] == ["b.zip"]


def test_restore_refuses_a_database_that_holds_tables(store: Store, blobs: Path, tmp_path: Path) -> None:
    backup(store, blobs, tmp_path / "b.zip")
    with pytest.raises(ServiceError, match="E505"):
        restore(store, blobs, tmp_path / "b.zip")


def rewritten(path: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    """A copy of the archive with each entry as `change` has it."""
    copy = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            if changed := change(name, old.read(name)):
                new.writestr(*changed)
    return copy


def manifest(**values: Any) -> Callable[[str, bytes], tuple[str, bytes]]:
    def change(name: str, body: bytes) -> tuple[str, bytes]:
        changed = json.dumps(json.loads(body) | values).encode() if name == "manifest.json" else body
        return name, changed

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda name, body: None if name == "manifest.json" else (name, body), "E506"),
        (lambda name, body: None if name == "tables/capture.jsonl" else (name, body), "E506"),
        (lambda name, body: (name, b"" if name == "tables/capture.jsonl" else body), "E506"),
        (lambda name, body: (name, b"{" if name == "tables/capture.jsonl" else body), "E506"),
        (lambda name, body: (name, body.replace(b'"t"', b"null")), "E506"),
        (lambda name, body: (name, b"HELLO" if name.startswith("blobs/") else body), "E506"),
        (manifest(format="other"), "E506"),
        (manifest(revision="9999"), "E508"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"])
def test_restore_refuses_what_is_not_whole(
    change: Callable[[str, bytes], tuple[str, bytes] | None],
    code: str,
    store: Store,
    blobs: Path,
    tmp_path: Path,
) -> None:
    fill(store)
    backup(store, blobs, tmp_path / "b.zip")
    target = Store(f"sqlite:///{tmp_path / 'target.sqlite'}")
    with pytest.raises(ServiceError, match=code):
        restore(target, tmp_path / "restored", rewritten(tmp_path / "b.zip", change))
    with target.engine.connect() as connection:
        assert tables_of(connection) == []
    assert [path for path in (tmp_path / "restored").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04 cut", b"no zip at all"])
def test_restore_refuses_what_is_no_zip(body: bytes, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(body)
    with pytest.raises(ServiceError, match="E506"):
        restore(Store("sqlite://"), tmp_path, tmp_path / "b.zip")


def test_restore_writes_no_file_outside_its_folder(tmp_path: Path) -> None:
    """A name that climbs out of the folder is no blob's name."""
    store = Store(f"sqlite:///{tmp_path / 'a.sqlite'}")
    migrate.upgrade(store)
    backup(store, tmp_path / "none", tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip", "a") as archive:
        archive.writestr("blobs/../../evil", b"x")
        archive.writestr(f"blobs/aa/{BLOB}", b"hello")
    restore(Store(f"sqlite:///{tmp_path / 'c.sqlite'}"), tmp_path / "deep" / "blobs", tmp_path / "b.zip")
    assert not (tmp_path / "evil").exists()
    assert not list(tmp_path.rglob(BLOB))
