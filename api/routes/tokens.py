"""One's own API tokens."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import select

from api.audit.record import record
from api.auth import tokens
from api.auth.deps import allowed
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.deps import ReadSessionDep, SessionDep, SettingsDep
from api.errors import ApiError
from api.schemas.accounts import NewToken, TokenIn, TokenView
from api.schemas.page import Page, PagingDep
from api.store.accounts import ApiToken
from api.store.base import now

router = APIRouter(prefix="/v1/tokens", tags=["访问令牌"])
Owner = Annotated[Principal, Depends(allowed(Permission.TOKEN_MANAGE))]


@router.get("", summary="本人的令牌")
def list_tokens(user: Owner, session: ReadSessionDep, paging: PagingDep) -> Page[TokenView]:
    """All, newest first; the tokens themselves are not kept."""
    own = select(ApiToken).where(ApiToken.user_id == user.user_id)
    return paging.of(session, own.order_by(ApiToken.created_at.desc(), ApiToken.id), TokenView.of)


@router.post("", status_code=201, summary="创建令牌")
def create_token(body: TokenIn, user: Owner, session: SessionDep, settings: SettingsDep) -> NewToken:
    """For a program; it can do what its scopes say, as long as its owner can."""
    secret, token = tokens.issue(session, user, body.name, body.scopes, days=body.days or settings.token_days)
    record(
        session, user, "token.create", "token", token.id, after={"name": token.name, "scopes": token.scopes}
    )
    return NewToken(token=secret, details=TokenView.of(token))


@router.delete("/{token_id}", status_code=204, summary="吊销令牌")
def revoke_token(token_id: str, user: Owner, session: SessionDep) -> None:
    """Takes effect with the next request. The row stays, for the audit log."""
    own = select(ApiToken).where(ApiToken.id == token_id, ApiToken.user_id == user.user_id)
    token = session.scalars(own).one_or_none()
    if token is None:
        raise ApiError("E610", id=token_id, kind="访问令牌")
    token.revoked_at = token.revoked_at or now()
    record(session, user, "token.revoke", "token", token.id)
