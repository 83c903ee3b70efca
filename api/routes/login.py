"""Set-up, log-in, log-out, and one's own account."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.audit.record import Actor, record
from api.auth import sessions, users
from api.auth.deps import address_of, allowed
from api.auth.login import log_in, prove
from api.auth.permissions import Permission
from api.auth.principal import Principal
from api.auth.setup import set_up
from api.deps import ReadSessionDep, ServicesDep, SessionDep
from api.errors import ApiError
from api.schemas.accounts import LoggedIn, LoginIn, Me, OwnPasswordIn, SetupIn, UserView
from api.store.accounts import User

router = APIRouter(prefix="/v1", tags=["账号"])
Self = Annotated[Principal, Depends(allowed(Permission.ACCOUNT_SELF))]


@router.post("/setup", status_code=201, summary="首次设置：创建第一名管理员")
def setup(body: SetupIn, request: Request, session: SessionDep) -> UserView:
    """Uses up the one-time link that the first start prints."""
    user = set_up(session, body.token, body.name, body.display_name, body.password)
    record(session, Actor(user.id, user.name, address_of(request)), "user.setup", "user", user.id)
    return UserView.of(user)


@router.post("/login", summary="登录")
def login(body: LoginIn, request: Request, response: Response, services: ServicesDep) -> LoggedIn:
    """Opens a session; its cookie is HttpOnly and SameSite=Lax."""
    settings = services.settings
    cookie, opened = log_in(services.store, settings, body.name, body.password, address_of(request))
    sessions.give_cookie(response, settings, cookie)
    return LoggedIn.of(opened)


@router.post("/logout", status_code=204, summary="退出登录")
def logout(user: Self, response: Response, session: SessionDep) -> None:
    """Ends this session; a token stays as it is."""
    if user.session_id is not None:
        sessions.close_session(session, user.session_id)
    response.delete_cookie(sessions.COOKIE)
    record(session, user, "user.logout", "user", user.user_id)


@router.get("/me", summary="当前用户和权限")
def me(user: Self, session: ReadSessionDep) -> Me:
    """Also gives a page the CSRF token that it needs to write."""
    return Me(
        user=UserView.of(session.get_one(User, user.user_id)),
        permissions=sorted(user.permissions),
        csrf_token=user.csrf_token,
    )


@router.post("/me/password", status_code=204, summary="修改本人密码")
def change_password(body: OwnPasswordIn, user: Self, services: ServicesDep) -> None:
    """Needs the current password; logs out all other sessions."""
    try:
        prove(services.store, services.settings, user.name, body.current_password, user.address)
    except ApiError as error:
        if error.code != "E621":
            raise
        raise ApiError("E634") from None
    with services.store.session() as session:
        account = session.get_one(User, user.user_id)
        users.set_password(session, account, body.password, keep=user.session_id)
        record(session, user, "user.password", "user", user.user_id)
