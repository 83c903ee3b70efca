"""Rows of a table as JSON lines, and back, whatever the database and the revision of its schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import JSON, Connection, Date, DateTime, MetaData, Table, func, insert, null, select, text

_AT_ONCE = 1000
_NOT_OURS = frozenset({"alembic_version", "kv", "schedule", "task"})
"""Tables of Alembic and Huey in the same database: migrations are run, jobs are made anew."""


def tables_of(connection: Connection) -> list[Table]:
    """The store's tables as they are in the database, those first that others point to."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name not in _NOT_OURS]


def dump(connection: Connection, table: Table) -> Iterator[bytes]:
    """Each row as a line. Reads as it goes, in the caller's transaction."""
    rows = connection.execute(
        select(table).order_by(*table.primary_key), execution_options={"yield_per": _AT_ONCE}
    )
    for row in rows.mappings():
        plain = {str(name): _plain(value) for name, value in row.items()}
        yield orjson.dumps(plain, option=orjson.OPT_APPEND_NEWLINE)


def load(connection: Connection, table: Table, lines: Iterable[bytes]) -> int:
    """Insert the rows of these lines; how many they were. Raises ValueError or KeyError for what is no row."""
    rows, count = (_row(table, orjson.loads(line)) for line in lines), 0
    while some := list(islice(rows, _AT_ONCE)):
        connection.execute(insert(table), some)
        count += len(some)
    _continue_numbers(connection, table)
    return count


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _row(table: Table, plain: dict[str, Any]) -> dict[str, Any]:
    return {name: _typed(table.c[name].type, value) for name, value in plain.items()}


def _typed(kind: Any, value: Any) -> Any:
    if value is None:
        return null() if isinstance(kind, JSON) else None
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def _continue_numbers(connection: Connection, table: Table) -> None:
    """PostgreSQL counts numbered keys apart from the table; go on after the highest."""
    (key, *others) = table.primary_key
    if connection.dialect.name != "postgresql" or others:
        return
    named = {"table": table.name, "column": key.name}
    sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), named)
    highest = connection.scalar(select(func.max(key)))
    if sequence and highest:
        connection.execute(
            text("SELECT setval(:sequence, :highest)"), {"sequence": sequence, "highest": highest}
        )
