"""The first start: a one-time link that makes the first administrator."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from api.auth.passwords import hashed
from api.auth.secrets import fingerprint, new_secret
from api.errors import ApiError
from api.settings import Settings
from api.store.accounts import Role, SetupLink, User
from api.store.base import now


def setup_link(session: Session, settings: Settings) -> str | None:
    """The address to print, or None once there is a user. A new one makes all earlier ones void."""
    if session.scalar(select(exists().select_from(User))):
        return None
    secret = new_secret()
    session.execute(delete(SetupLink))
    expires_at = now() + timedelta(hours=settings.setup_hours)
    session.add(SetupLink(token_sha256=fingerprint(secret), expires_at=expires_at))
    return f"{settings.public_url}/setup?token={secret}"


def set_up(session: Session, secret: str, name: str, display_name: str, password: str) -> User:
    """Make the first administrator. Raises ApiError E625 for a link that does not hold, E626.

    Of two people who use the link at once, one finds it used: its row is locked first.
    """
    wanted = select(SetupLink).where(SetupLink.token_sha256 == fingerprint(secret)).with_for_update()
    link = session.scalars(wanted).one_or_none()
    if link is None or link.used_at is not None or link.expires_at <= now():
        raise ApiError("E625")
    if session.scalar(select(exists().select_from(User))):
        raise ApiError("E625")
    link.used_at = now()
    password_hash = hashed(password, user_name=name)
    user = User(name=name, display_name=display_name, role=Role.ADMIN, password_hash=password_hash)
    session.add(user)
    session.flush()
    return user
