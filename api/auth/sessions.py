"""Browser sessions: a cookie whose hash is stored, and a token against forged requests (CSRF)."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload
from starlette.responses import Response

from api.auth.principal import Principal, principal_of
from api.auth.secrets import fingerprint, new_secret
from api.errors import ApiError
from api.settings import Settings
from api.store.accounts import LoginSession, User
from api.store.base import now

COOKIE = "pingzhao_session"
CSRF_HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def open_session(session: Session, user: User, address: str, *, hours: int) -> tuple[str, LoginSession]:
    """Log a user in, however they were identified; returns the cookie's value and the stored session."""
    cookie = new_secret()
    opened = LoginSession(
        id=fingerprint(cookie),
        user=user,
        csrf_token=new_secret(),
        expires_at=now() + timedelta(hours=hours),
        address=address,
    )
    session.execute(delete(LoginSession).where(LoginSession.expires_at <= now()))
    session.add(opened)
    session.flush()
    return cookie, opened


def give_cookie(response: Response, settings: Settings, cookie: str) -> None:
    """Let the browser keep the session's cookie: out of reach of scripts and of other sites' forms."""
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=settings.session_hours * 3600,
        httponly=True,
        samesite="lax",
        secure=settings.cookie_secure,
    )


def identify(session: Session, cookie: str, address: str) -> Principal:
    """Who holds this cookie. Raises ApiError E620 when it is unknown, expired, or its user was disabled."""
    wanted = select(LoginSession).where(LoginSession.id == fingerprint(cookie))
    found = session.scalars(wanted.options(joinedload(LoginSession.user))).one_or_none()
    if found is None or found.expires_at <= now() or not found.user.active:
        raise ApiError("E620", headers={"WWW-Authenticate": "Bearer"})
    return principal_of(found.user, address, session_id=found.id, csrf_token=found.csrf_token)


def check_csrf(user: Principal, method: str, header: str | None) -> None:
    """A browser sends cookies by itself, this header only from our pages. Raises ApiError E624."""
    given = (header or "").encode()
    if method not in SAFE_METHODS and not secrets.compare_digest(given, (user.csrf_token or "").encode()):
        raise ApiError("E624")


def close_session(session: Session, session_id: str) -> None:
    """Log one browser out."""
    session.execute(delete(LoginSession).where(LoginSession.id == session_id))


def close_sessions(session: Session, user_id: str, *, keep: str | None = None) -> None:
    """Log a user out everywhere, but for the session `keep`."""
    theirs = delete(LoginSession).where(LoginSession.user_id == user_id)
    session.execute(theirs.where(LoginSession.id != keep) if keep else theirs)
