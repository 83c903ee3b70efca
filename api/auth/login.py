"""Name and password in, session out; every attempt is counted and written to the audit log."""

from __future__ import annotations

from sqlalchemy import select

from api.audit.record import Actor, record
from api.auth import sessions, throttle
from api.auth.passwords import matches
from api.errors import ApiError
from api.settings import Settings
from api.store.accounts import LoginSession, User
from api.store.engine import Store


def log_in(
    store: Store, settings: Settings, name: str, password: str, address: str
) -> tuple[str, LoginSession]:
    """Returns the cookie's value and the session. Raises ApiError E621 (wrong), E622 (too many failures)."""
    user = prove(store, settings, name, password, address)
    with store.session() as session:
        cookie, opened = sessions.open_session(
            session, session.merge(user), address, hours=settings.session_hours
        )
        record(session, Actor(user.id, user.name, address), "user.login", "user", user.id)
    return cookie, opened


def prove(store: Store, settings: Settings, name: str, password: str, address: str) -> User:
    """The active user with this name and password. Raises ApiError E621, E622.

    The hash is computed outside any transaction, and also for a name that nobody has: time tells nothing.
    """
    with store.session() as session:
        attempt = throttle.reserve(session, settings, name, address)
        user = session.scalars(select(User).where(User.name == name)).one_or_none()
    right = matches(password, user.password_hash if user is not None else None)
    with store.session() as session:
        if user is not None and user.active and right:
            throttle.forgive(session, attempt, name, address)
            return user
        known = Actor(user.id, user.name, address) if user is not None else Actor(address=address)
        record(session, known, "user.login_failed", "user", known.user_id)
    raise ApiError("E621")
