"""The log-in: a plain form, which leads to where one wanted to go."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from api.auth import sessions
from api.auth.deps import address_of
from api.auth.login import log_in
from api.deps import ServicesDep
from api.errors import ApiError
from api.schemas.accounts import LoginIn
from api.workbench.access import local, refuse_foreign
from api.workbench.pages import page

router = APIRouter(include_in_schema=False)


@router.get("/login", summary="登录页面")
def show(
    request: Request,
    services: ServicesDep,
    following: Annotated[str, Query(alias="next", max_length=2000)] = "/",
) -> Response:
    """The form; whoever is logged in goes on."""
    if (cookie := request.cookies.get(sessions.COOKIE)) and _is_logged_in(request, services, cookie):
        return RedirectResponse(local(following), 303)
    return _form(request, services, following)


@router.post("/login", summary="登录页面：提交")
def submit(
    request: Request,
    services: ServicesDep,
    name: Annotated[str, Form(max_length=100)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    following: Annotated[str, Form(alias="next", max_length=2000)] = "/",
) -> Response:
    """Logs in, or shows the form again with what is wrong."""
    refuse_foreign(request)
    again = partial(_form, request, services, following, name=name)
    if not name or not password:
        return again(status=422, problem="请填写用户名和密码。")
    try:
        given = LoginIn(name=name, password=password)
        cookie, _ = log_in(services.store, services.settings, given.name, given.password, address_of(request))
    except ValidationError:
        return again(status=422, problem="用户名或密码过长。请检查后重试。")
    except ApiError as error:
        return again(status=error.status, problem=error.message)
    answer = RedirectResponse(local(following), 303)
    sessions.give_cookie(answer, services.settings, cookie)
    return answer


def _is_logged_in(request: Request, services: ServicesDep, cookie: str) -> bool:
    with services.store.reading() as session:
        try:
            sessions.identify(session, cookie, address_of(request))
        except ApiError:
            return False
    return True


def _form(
    request: Request,
    services: ServicesDep,
    following: str,
    *,
    status: int = 200,
    name: str = "",
    problem: str = "",
) -> Response:
    told = {"following": local(following), "name": name, "problem": problem}
    open_to_all = services.settings.public_reports
    return page(request, "login.html", None, status=status, title="登录", reports_open=open_to_all, **told)
