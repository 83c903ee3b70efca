"""The database: one engine for SQLite (WAL) or PostgreSQL, sessions that are one transaction each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

BUSY_SECONDS = 30
"""How long a writer on SQLite waits for another one."""
_STATEMENTS = 16
"""Statements a SQLite connection keeps ready; of those with long IN lists each takes half a megabyte."""
_WRITES = "pingzhao_writes"


class Store:
    """The opened database. Keep one per process; `dispose()`, or leaving its block, closes its connections."""

    def __init__(self, url: str) -> None:
        """`url` as SQLAlchemy writes it; postgresql:// means psycopg. Connects only when first used."""
        self.url = _with_driver(make_url(url))
        self.engine = _open(self.url)
        self._writer = self.engine.execution_options(**{_WRITES: True})

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a SQLite file."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction that may write: committed when the block ends, rolled back when it raises.

        On SQLite it takes the write lock with its first statement (BEGIN IMMEDIATE), so that reading first
        and writing later cannot fail; do slow work before it.
        """
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session to read with; it waits for no writer and is always rolled back."""
        with Session(self.engine, autoflush=False, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees the database as of one moment, however long it reads."""
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.engine.connect().execution_options(**level) as connection:
            yield connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.dispose()

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _with_driver(url: URL) -> URL:
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def _open(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_size=20, max_overflow=20)
    options = {"timeout": BUSY_SECONDS, "cached_statements": _STATEMENTS}
    engine = create_engine(url, hide_parameters=True, pool_size=40, connect_args=options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
