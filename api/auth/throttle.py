"""Slow down guessing of passwords: attempts are counted by name, by address, and by both together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from api.auth.secrets import fingerprint
from api.errors import ApiError
from api.settings import Settings
from api.store.accounts import FailedLogin
from api.store.base import now

_ADDRESS_FACTOR = 5
"""An office shares one address: it may fail this many times more often than one person there."""
_NAME_FACTOR = 10
"""Guesses at one name from many addresses; high, so that a stranger cannot easily lock a user out."""


def _limits(name: str, address: str, attempts: int) -> Iterator[tuple[str, int]]:
    """Keys with the failures each may have. Hashed: people type passwords where the name goes."""
    yield fingerprint(f"{name}@{address}"), attempts
    yield fingerprint(f"address:{address}"), attempts * _ADDRESS_FACTOR
    yield fingerprint(f"name:{name}"), attempts * _NAME_FACTOR


def reserve(session: Session, settings: Settings, name: str, address: str, code: str = "E622") -> list[int]:
    """Count an attempt as failed before the password is looked at, so that many at once are counted too.

    Returns the ids to `forgive` when it was right. Raises ApiError `code` with a Retry-After while too many
    failures lie within the window; an attempt refused so does not lengthen it.
    """
    window = timedelta(minutes=settings.login_window_minutes)
    session.execute(delete(FailedLogin).where(FailedLogin.at <= now() - window))
    counted = []
    for key, limit in _limits(name, address, settings.login_attempts):
        tally = select(func.count(), func.min(FailedLogin.at)).where(FailedLogin.key == key)
        count, first = session.execute(tally).one()
        if count >= limit:
            raise _refusal(code, first + window - now())
        counted.append(FailedLogin(key=key))
    session.add_all(counted)
    session.flush()
    return [attempt.id for attempt in counted]


def forgive(session: Session, ids: Sequence[int], name: str, address: str) -> None:
    """The right password: this attempt was none, and this person's failures at this address are forgotten."""
    own = fingerprint(f"{name}@{address}")
    session.execute(delete(FailedLogin).where(or_(FailedLogin.id.in_(ids), FailedLogin.key == own)))


def _refusal(code: str, wait: timedelta) -> ApiError:
    seconds = max(1, math.ceil(wait.total_seconds()))
    return ApiError(code, minutes=math.ceil(seconds / 60), headers={"Retry-After": str(seconds)})
