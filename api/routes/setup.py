"""The page behind the one-time link that the first start prints: a form, no script."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader
from pydantic import ValidationError

from api.audit.record import Actor, record
from api.auth.deps import address_of
from api.auth.setup import set_up
from api.deps import ServicesDep
from api.errors import ApiError
from api.schemas.accounts import SetupIn
from api.wording import problem_of

router = APIRouter(tags=["账号"], include_in_schema=False)


@cache
def _pages() -> Environment:
    return Environment(loader=PackageLoader("api", "pages"), autoescape=True)


def _page(status: int = 200, **values: object) -> HTMLResponse:
    html = _pages().get_template("setup.html").render(values)
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})


@router.get("/setup", summary="首次设置页面")
def show(token: Annotated[str, Query(max_length=100)] = "") -> HTMLResponse:
    """The form."""
    return _page(token=token)


@router.post("/setup", summary="首次设置页面：提交")
def submit(
    request: Request,
    services: ServicesDep,
    token: Annotated[str, Form(max_length=100)] = "",
    name: Annotated[str, Form(max_length=100)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
) -> HTMLResponse:
    """Makes the administrator, or shows the form again with what is wrong."""
    try:
        body = SetupIn.model_validate({"token": token, "name": name, "password": password})
        with services.store.session() as session:
            user = set_up(session, body.token, body.name, body.display_name, body.password)
            record(session, Actor(user.id, user.name, address_of(request)), "user.setup", "user", user.id)
    except ValidationError as error:
        first = error.errors()[0]
        label = {"name": "用户名", "password": "密码"}.get(str(first["loc"][0]), "链接")
        return _page(422, token=token, name=name, problem=f"{label}：{problem_of(first)}")
    except ApiError as error:
        return _page(error.status, token=token, name=name, problem=error.message)
    return _page(done=True, name=user.name)
