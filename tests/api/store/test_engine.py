"""Transactions on both databases: whole or not at all, readers and writers side by side."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from api.store.accounts import FailedLogin, Organisation, User
from api.store.engine import Store


def names(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(Organisation.name).order_by(Organisation.name)))


def test_engine_commits_at_the_end_of_the_block(store: Store) -> None:
    with store.session() as session:
        session.add(Organisation(name="甲"))
        session.flush()
        assert names(store) == []
    assert names(store) == ["甲"]


def test_engine_rolls_back_when_the_block_raises(store: Store) -> None:
    def fail() -> None:
        with store.session() as session:
            session.add(Organisation(name="甲"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert names(store) == []


def test_engine_enforces_foreign_keys(store: Store) -> None:
    with pytest.raises(IntegrityError), store.session() as session:
        session.add(User(name="a", role="admin", password_hash="", organisation_id="nobody"))


def test_engine_read_then_write_by_many_loses_nothing(store: Store) -> None:
    """Where SQLite's default would fail: each reads first, then writes what it read plus one."""

    def add_one(_: int) -> None:
        with store.session() as session:
            if not store.is_sqlite:
                session.execute(text("LOCK TABLE failed_login IN EXCLUSIVE MODE"))
            count = session.scalar(select(func.count()).select_from(FailedLogin))
            session.add(FailedLogin(key=str(count)))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add_one, range(40)))
    with store.reading() as session:
        assert sorted(map(int, session.scalars(select(FailedLogin.key)))) == list(range(40))


def test_engine_readers_do_not_wait_for_a_writer(store: Store) -> None:
    with store.session() as session:
        session.add(Organisation(name="甲"))
        session.flush()
        assert names(store) == []


def test_engine_snapshot_does_not_see_later_writes(store: Store) -> None:
    count = select(func.count()).select_from(Organisation)
    with store.snapshot() as connection:
        assert connection.scalar(count) == 0
        with store.session() as session:
            session.add(Organisation(name="甲"))
        assert connection.scalar(count) == 0
    assert names(store) == ["甲"]


def test_engine_keeps_instants_in_utc(store: Store) -> None:
    at = datetime(2026, 3, 1, 8, tzinfo=timezone(timedelta(hours=8)))
    with store.session() as session:
        session.add(FailedLogin(key="a", at=at))
    with store.reading() as session:
        (found,) = session.scalars(select(FailedLogin.at))
        assert (found, found.tzinfo) == (at, UTC)
        assert session.scalar(select(func.min(FailedLogin.at))) == at


def test_engine_refuses_a_time_without_zone(store: Store) -> None:
    with pytest.raises(StatementError, match="time zone"), store.session() as session:
        session.add(FailedLogin(key="a", at=datetime(2026, 3, 1)))


def test_engine_deletes_what_belongs_to_a_user(store: Store) -> None:
    from api.auth.sessions import open_session
    from api.store.accounts import LoginSession

    with store.session() as session:
        user = User(name="a", role="admin", password_hash="")
        session.add(user)
        session.flush()
        open_session(session, user, "", hours=1)
    with store.session() as session:
        session.execute(delete(User))
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(LoginSession)) == 0
