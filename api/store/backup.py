"""The whole store as one portable zip: it restores on SQLite and PostgreSQL alike, also in later versions.

Inside: `manifest.json` (format, revision, rows of each table), `tables/<name>.jsonl`, `blobs/…`.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
from sqlalchemy.exc import SQLAlchemyError

from api.errors import ServiceError
from api.store import migrate, rows
from api.store.base import now
from api.store.engine import Store

FORMAT = "pingzhao-backup-1"
_MANIFEST = "manifest.json"
_BLOB = re.compile(r"blobs/([0-9a-f]{2})/(\1[0-9a-f]{62})")


def backup(store: Store, blobs: Path, path: Path) -> dict[str, int]:
    """Write the store as of one moment to `path`, whole or not at all; rows of each table.

    The service may go on meanwhile. Raises OSError.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            counts = _write_tables(store, archive)
            for file in sorted(blobs.glob("??/*")):
                archive.write(file, f"blobs/{file.parent.name}/{file.name}")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return counts


def _write_tables(store: Store, archive: zipfile.ZipFile) -> dict[str, int]:
    counts: dict[str, int] = {}
    with store.snapshot() as connection:
        for table in rows.tables_of(connection):
            with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as file:
                counts[str(table.name)] = sum(1 for line in rows.dump(connection, table) if file.write(line))
        revision = migrate.current_on(connection)
    manifest = {"format": FORMAT, "revision": revision, "created_at": now(), "tables": counts}
    archive.writestr(_MANIFEST, orjson.dumps(manifest))
    return counts


def restore(store: Store, blobs: Path, path: Path) -> dict[str, int]:
    """Fill an empty database and the blob folder from a backup; rows of each table.

    Raises ServiceError E505 (not empty), E506 (not a whole backup), E508 (of a newer version).
    """
    with _opened(path) as archive:
        manifest = orjson.loads(archive.read(_MANIFEST))
        if manifest["format"] != FORMAT:
            raise ValueError
        migrate.require_known(manifest["revision"])
        with store.session() as session:
            connection = session.connection()
            if rows.tables_of(connection):
                raise ServiceError("E505")
            migrate.upgrade_on(connection, manifest["revision"])
            counts: dict[str, int] = {}
            for table in rows.tables_of(connection):
                with archive.open(f"tables/{table.name}.jsonl") as file:
                    counts[str(table.name)] = rows.load(connection, table, file)
            if counts != manifest["tables"]:
                raise ValueError
            migrate.upgrade_on(connection, migrate.HEAD)
            _restore_blobs(archive, blobs)
    return counts


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive; what is wrong with it comes out as E506."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except OSError as error:
        raise ServiceError("E506", path=path, detail=f"无法读取（{type(error).__name__}）") from None
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise ServiceError("E506", path=path, detail="不是完整的 zip 文件") from None
    except (KeyError, ValueError, TypeError, SQLAlchemyError):
        raise ServiceError("E506", path=path, detail="内容不完整或已被改动") from None


def _restore_blobs(archive: zipfile.ZipFile, blobs: Path) -> None:
    """Each file under its SHA-256, which is checked: ValueError."""
    for name in archive.namelist():
        if match := _BLOB.fullmatch(name):
            target = blobs / match[1] / match[2]
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file)
            if _sha256(target) != match[2]:
                target.unlink()
                raise ValueError


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
