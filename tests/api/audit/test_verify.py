"""Any change, removal, reordering or insertion in the audit log is found and named."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import Session

from api.audit.chain import link
from api.audit.record import SYSTEM, Actor, record
from api.audit.verify import Anchor, Verdict, verify
from api.store.audit import AuditEntry, AuditHead
from api.store.base import now
from api.store.engine import Store

LENGTH = 7
COLUMNS = [column.name for column in AuditEntry.__table__.columns]
Row = dict[str, Any]
on_one_store = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def log(store: Store) -> Store:
    with store.session() as session:
        for number in range(1, LENGTH + 1):
            who = Actor("u" * 32, f"user{number}", "192.0.2.7")
            record(session, who, "case.status", "case", f"c{number}", before={"n": 0}, after={"n": number})
    return store


def after(store: Store, tamper: Callable[[list[Row]], list[Row]], anchor: Anchor | None = None) -> Verdict:
    """What `verify` says of the log that `tamper` makes; the log itself is then as before."""
    with Session(store.engine) as session:
        rows = [dict(row) for row in session.execute(select(*AuditEntry.__table__.columns)).mappings()]
        rows.sort(key=lambda row: row["number"])
        session.execute(delete(AuditEntry))
        if tampered := tamper(rows):
            session.execute(insert(AuditEntry), tampered)
        return verify(session, anchor)


def relinked(row: Row) -> Row:
    return row | {"hash": link(AuditEntry(**{name: row[name] for name in COLUMNS if name != "hash"}))}


def numbers(verdict: Verdict) -> set[int]:
    return {found.number for found in verdict.breaks}


def test_verify_intact(log: Store) -> None:
    with log.reading() as session:
        verdict = verify(session)
        head = session.get_one(AuditHead, 1)
    assert (verdict.intact, verdict.entries, verdict.first) == (True, LENGTH, 1)
    assert verdict.head == Anchor(head.number, head.hash)


def test_verify_empty(store: Store) -> None:
    with store.reading() as session:
        assert verify(session).intact


CHANGES: dict[str, Any] = {
    "at": now(),
    "actor_id": "v" * 32,
    "actor_name": "somebody else",
    "address": "198.51.100.1",
    "action": "case.note",
    "object_type": "finding",
    "object_id": "other",
    "before": None,
    "after": {"n": 99},
    "previous_hash": "f" * 64,
    "hash": "e" * 64,
}


@pytest.mark.parametrize("column", sorted(set(COLUMNS) - {"number"}))
def test_verify_names_the_changed_entry(log: Store, column: str) -> None:
    for number in (1, 4, LENGTH):
        verdict = after(
            log,
            lambda rows, n=number: [r | {column: CHANGES[column]} if r["number"] == n else r for r in rows],
        )
        assert number in numbers(verdict)
        assert f"第 {number} 条" in verdict.breaks[0].problem


@on_one_store
@given(removed=st.sets(st.integers(1, LENGTH), min_size=1))
def test_verify_names_each_gap(log: Store, removed: set[int]) -> None:
    kept = [number for number in range(1, LENGTH + 1) if number not in removed]
    gaps = {number for number in removed if number - 1 in kept}
    if 1 in removed:
        gaps.add(kept[0] if kept else 1)
    verdict = after(log, lambda rows: [row for row in rows if row["number"] in kept])
    assert numbers(verdict) == gaps


@on_one_store
@given(order=st.permutations(range(1, LENGTH + 1)))
def test_verify_names_what_was_reordered(log: Store, order: list[int]) -> None:
    moved = {place for place, number in enumerate(order, start=1) if place != number}

    def shuffled(rows: list[Row]) -> list[Row]:
        return [rows[number - 1] | {"number": place} for place, number in enumerate(order, start=1)]

    assert moved <= numbers(after(log, shuffled))
    assert after(log, shuffled).intact == (not moved)


@on_one_store
@given(place=st.integers(1, LENGTH + 1))
def test_verify_finds_an_inserted_entry(log: Store, place: int) -> None:
    def inserted(rows: list[Row]) -> list[Row]:
        forged = relinked(
            rows[0]
            | {"number": place, "previous_hash": rows[place - 2]["hash"] if place > 1 else "0" * 64}
            | {"action": "case.close"}
        )
        later = [row | {"number": row["number"] + 1} for row in rows[place - 1 :]]
        return [*rows[: place - 1], forged, *later]

    verdict = after(log, inserted)
    assert place + 1 in numbers(verdict) or (place == LENGTH + 1 and place in numbers(verdict))


@on_one_store
@given(number=st.integers(1, LENGTH))
def test_verify_finds_a_replaced_entry_with_a_fitting_hash(log: Store, number: int) -> None:
    def replaced(rows: list[Row]) -> list[Row]:
        return [relinked(row | {"after": {"n": -1}}) if row["number"] == number else row for row in rows]

    assert numbers(after(log, replaced)) == {min(number + 1, LENGTH)}


def rewritten(rows: list[Row]) -> list[Row]:
    previous, chain = "0" * 64, []
    for row in rows:
        chain.append(relinked(row | {"actor_name": "nobody", "previous_hash": previous}))
        previous = chain[-1]["hash"]
    return chain


def test_verify_anchor_finds_a_log_rewritten_as_a_whole(log: Store) -> None:
    with log.reading() as session:
        anchor = verify(session).head
    with log.session() as session:
        rows = [dict(row) for row in session.execute(select(*AuditEntry.__table__.columns)).mappings()]
        session.execute(delete(AuditEntry))
        forged = rewritten(sorted(rows, key=lambda row: row["number"]))
        session.execute(insert(AuditEntry), forged)
        session.get_one(AuditHead, 1).hash = forged[-1]["hash"]
    with log.session() as session:
        record(session, SYSTEM, "case.note", "case", "c")
    with log.reading() as session:
        assert verify(session).intact
        assert numbers(verify(session, anchor)) == {anchor.number}


def test_verify_while_others_write(store: Store) -> None:
    def write(writer: int) -> None:
        for turn in range(15):
            with store.session() as session:
                record(session, SYSTEM, "case.note", "case", f"{writer}-{turn}")

    with ThreadPoolExecutor(3) as pool:
        writers = [pool.submit(write, number) for number in range(3)]
        while not all(writer.done() for writer in writers):
            with store.reading() as session:
                assert verify(session).breaks == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_verify_survives_an_unreadable_entry(log: Store) -> None:
    """SQLite alone: PostgreSQL refuses what is no JSON."""
    with log.session() as session:
        session.execute(text("UPDATE audit_entry SET after = '{' WHERE number = 3"))
    with log.reading() as session:
        verdict = verify(session)
    assert not verdict.intact
    assert "不能读取" in verdict.breaks[0].problem


def test_verify_names_at_most_a_hundred(store: Store) -> None:
    with store.session() as session:
        for number in range(120):
            record(session, SYSTEM, "case.note", "case", str(number))
    verdict = after(store, lambda rows: [row | {"address": "x"} for row in rows])
    assert (verdict.broken, len(verdict.breaks)) == (120, 100)
