"""The page behind the one-time link that the first start prints: a plain form."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from api.audit.record import Actor, record
from api.auth.deps import address_of
from api.auth.setup import set_up
from api.deps import ServicesDep
from api.errors import ApiError
from api.schemas.accounts import SetupIn
from api.wording import problem_of
from api.workbench.access import refuse_foreign
from api.workbench.pages import page

router = APIRouter(include_in_schema=False)
_LABELS = {"name": "用户名", "password": "密码"}


def _page(request: Request, status: int = 200, **values: object) -> HTMLResponse:
    told = {"done": False, "token": "", "name": "", "problem": ""} | values
    answer = page(request, "setup.html", None, status=status, title="首次设置", **told)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@router.get("/setup", summary="首次设置页面")
def show(request: Request, token: Annotated[str, Query(max_length=100)] = "") -> HTMLResponse:
    """The form."""
    return _page(request, token=token)


@router.post("/setup", summary="首次设置页面：提交")
def submit(
    request: Request,
    services: ServicesDep,
    token: Annotated[str, Form(max_length=100)] = "",
    name: Annotated[str, Form(max_length=100)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
) -> HTMLResponse:
    """Makes the administrator, or shows the form again with what is wrong."""
    refuse_foreign(request)
    try:
        body = SetupIn.model_validate({"token": token, "name": name, "password": password})
        with services.store.session() as session:
            user = set_up(session, body.token, body.name, body.display_name, body.password)
            record(session, Actor(user.id, user.name, address_of(request)), "user.setup", "user", user.id)
    except ValidationError as error:
        first = error.errors()[0]
        problem = f"{_LABELS.get(str(first['loc'][0]), '链接')}：{problem_of(first)}"
        return _page(request, 422, token=token, name=name, problem=problem)
    except ApiError as error:
        return _page(request, error.status, token=token, name=name, problem=error.message)
    return _page(request, done=True, name=user.name)
