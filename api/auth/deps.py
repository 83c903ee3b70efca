"""What routes ask for: the current user, and the one permission that the route needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import HTTPConnection, Request

from api.auth import sessions, tokens
from api.auth.permissions import PERMISSION_NAMES, Permission
from api.auth.principal import Principal
from api.deps import ServicesDep
from api.errors import ApiError

_bearer = HTTPBearer(auto_error=False, scheme_name="token", description="访问令牌，形如 pz_…")
_cookie = APIKeyCookie(
    name=sessions.COOKIE, auto_error=False, scheme_name="session", description="登录后由浏览器自动发送"
)


def address_of(connection: HTTPConnection) -> str:
    """The caller's network address, as the server sees it (a trusted proxy's word is taken)."""
    return connection.client.host[:64] if connection.client else ""


def _current_user(
    request: Request,
    services: ServicesDep,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    cookie: Annotated[str | None, Depends(_cookie)],
    x_csrf_token: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Principal:
    """Who asks: the token's owner, or else the cookie's. Raises ApiError E620, E624, E633.

    `request.state.user` keeps the cookie's for a page that says why it refused.
    """
    if bearer is not None:
        return tokens.identify(services.store, bearer.credentials, address_of(request))
    if cookie is None:
        raise ApiError("E620", headers={"WWW-Authenticate": "Bearer"})
    with services.store.reading() as session:
        user = sessions.identify(session, cookie, address_of(request))
    request.state.user = user
    sessions.check_csrf(user, request.method, x_csrf_token)
    return user


CurrentUser = Annotated[Principal, Depends(_current_user)]
"""Whoever is logged in; alone it asks for no permission, so routes use `allowed` instead."""


@dataclass(frozen=True)
class Allowed:
    """What `allowed` makes; `api.auth.table` reads its permission off the route."""

    permission: Permission

    async def __call__(self, user: CurrentUser) -> Principal:
        """The user, or ApiError E623."""
        if not user.may(self.permission):
            raise ApiError("E623", permission=PERMISSION_NAMES[self.permission])
        return user


def allowed(permission: Permission) -> Allowed:
    """A dependency that gives the current user if they may do it, else ApiError E623 (403).

    Every route has exactly one: `user: Annotated[Principal, Depends(allowed(Permission.AD_READ))]`.
    """
    return Allowed(permission)
