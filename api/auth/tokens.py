"""API tokens: for programs; hashed, scoped, revocable."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from api.auth.permissions import PERMISSION_NAMES, Permission
from api.auth.principal import Principal, principal_of
from api.auth.secrets import fingerprint, new_secret
from api.errors import ApiError
from api.store.accounts import ApiToken
from api.store.base import now
from api.store.engine import Store

PREFIX = "pz_"
_USE_NOTED_EVERY = timedelta(minutes=1)


def issue(
    session: Session, owner: Principal, name: str, scopes: Iterable[Permission], *, days: int
) -> tuple[str, ApiToken]:
    """A new token and its stored row; the token itself is never shown again.

    Raises ApiError E630 for scopes that its owner lacks, and for `token_manage`: a token makes no tokens.
    """
    wanted = set(scopes)
    refused = wanted - (owner.permissions - {Permission.TOKEN_MANAGE})
    if refused:
        raise ApiError("E630", scopes="、".join(sorted(PERMISSION_NAMES[scope] for scope in refused)))
    secret = PREFIX + new_secret()
    token = ApiToken(
        user_id=owner.user_id,
        name=name,
        token_sha256=fingerprint(secret),
        scopes=sorted(wanted),
        expires_at=now() + timedelta(days=days),
    )
    session.add(token)
    session.flush()
    return secret, token


def identify(store: Store, secret: str, address: str) -> Principal:
    """Whose token this is, with what it may still do. Raises ApiError E633."""
    with store.reading() as session:
        wanted = select(ApiToken).where(ApiToken.token_sha256 == fingerprint(secret))
        token = session.scalars(wanted.options(joinedload(ApiToken.user))).one_or_none()
    if token is None or not _holds(token):
        raise ApiError("E633", headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})
    _note_use(store, token)
    return principal_of(token.user, address, scopes=token.scopes)


def _holds(token: ApiToken) -> bool:
    expired = token.expires_at is not None and token.expires_at <= now()
    return token.revoked_at is None and not expired and token.user.active


def _note_use(store: Store, token: ApiToken) -> None:
    """Once a minute at most: a program that asks often must not make every read a write."""
    if token.last_used_at is not None and now() - token.last_used_at < _USE_NOTED_EVERY:
        return
    with store.session() as session:
        kept = session.get(ApiToken, token.id)
        if kept is not None:
            kept.last_used_at = now()
