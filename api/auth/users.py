"""Make and change users, so that no rule about them can be broken."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from api.auth.passwords import hashed
from api.auth.sessions import close_sessions
from api.errors import ApiError
from api.store.accounts import Organisation, Role, User


def create(session: Session, password: str, **fields: Any) -> User:
    """A new user. Raises ApiError E626 (password), E627 (name taken), E629 (organisation)."""
    user = User(**fields, password_hash=hashed(password, user_name=fields["name"]))
    _check_organisation(session, user)
    if session.scalar(select(exists().where(User.name == user.name))):
        raise ApiError("E627", name=user.name)
    session.add(user)
    session.flush()
    return user


def change(session: Session, user: User, changes: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Apply `changes`; returns what they replaced and what they are. Raises ApiError E628, E629.

    A disabled user is logged out; a user of another role keeps the session, with the new permissions.
    """
    administrators = _administrators(session)
    before = {name: getattr(user, name) for name in changes}
    for name, value in changes.items():
        setattr(user, name, value)
    _check_organisation(session, user)
    if not (administrators - {user.id}) and not (user.active and user.role == Role.ADMIN):
        raise ApiError("E628")
    if not user.active:
        close_sessions(session, user.id)
    session.flush()
    return before, changes


def set_password(session: Session, user: User, password: str, *, keep: str | None = None) -> None:
    """Set it and log the user out everywhere, but for the session `keep`. Raises ApiError E626."""
    user.password_hash = hashed(password, user_name=user.name)
    close_sessions(session, user.id, keep=keep)


def _administrators(session: Session) -> set[str]:
    """Ids of the active ones, locked: two of them cannot each remove the other."""
    active = select(User.id).where(User.role == Role.ADMIN, User.active).order_by(User.id)
    return set(session.scalars(active.with_for_update()))


def _check_organisation(session: Session, user: User) -> None:
    """Agency users have an organisation, and only they do."""
    organisation = user.organisation_id
    known = organisation is not None and session.get(Organisation, organisation) is not None
    if known != (user.role == Role.AGENCY) or (organisation is not None and not known):
        raise ApiError("E629")
