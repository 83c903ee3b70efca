"""Entries are chained without gap, whatever they hold and however many write at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from api.audit.record import SYSTEM, Actor, record
from api.audit.verify import verify
from api.store.audit import AuditEntry
from api.store.engine import Store

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(after=st.none() | st.dictionaries(st.text(), JSON, max_size=4))
def test_record_hash_holds_for_any_json(store: Store, after: dict[str, Any] | None) -> None:
    with store.session() as session:
        record(session, SYSTEM, "case.note", "case", "c", after=after)
    with store.reading() as session:
        assert verify(session).intact
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).one()
        assert last.after == after


def test_record_concurrent_writers_leave_no_gap(store: Store) -> None:
    def write(writer: int) -> None:
        for turn in range(8):
            with store.session() as session:
                record(session, Actor(name=f"writer{writer}"), "case.note", "case", f"{writer}-{turn}")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))
    with store.reading() as session:
        verdict = verify(session)
        written = set(session.scalars(select(AuditEntry.object_id)))
    assert (verdict.intact, verdict.entries) == (True, 48)
    assert written == {f"{writer}-{turn}" for writer in range(6) for turn in range(8)}


def test_record_falls_with_its_transaction(store: Store) -> None:
    def failing() -> None:
        with store.session() as session:
            record(session, SYSTEM, "case.note", "case", "lost")
            raise RuntimeError

    with store.session() as session:
        record(session, SYSTEM, "case.note", "case", "kept")
    with pytest.raises(RuntimeError):
        failing()
    with store.session() as session:
        record(session, SYSTEM, "case.note", "case", "next")
    with store.reading() as session:
        assert session.scalar(select(func.max(AuditEntry.number))) == 2
        assert verify(session).intact


def test_record_several_in_one_transaction(store: Store) -> None:
    with store.session() as session:
        entries = [record(session, SYSTEM, "case.note", "case", str(turn)) for turn in range(3)]
        assert [entry.number for entry in entries] == [1, 2, 3]
    with store.reading() as session:
        assert verify(session).intact
