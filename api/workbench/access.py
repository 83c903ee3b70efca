"""What a browser gets instead of a page: the log-in, or a page that says what is wrong and what to do."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.types import Scope

from api.errors import ApiError
from api.workbench.pages import page

_NO_PAGES = ("/v1/", "/static/", "/healthz", "/readyz", "/metrics")
_HEADINGS = {
    401: "请先登录",
    403: "没有权限",
    404: "找不到",
    405: "不能这样打开",
    409: "没有保存",
    413: "内容过大",
    422: "填写有误",
    429: "请稍后再试",
    503: "服务暂时繁忙",
}


def is_page(scope: Scope) -> bool:
    """Whether a person asks in a browser, not a program."""
    return not scope["path"].startswith(_NO_PAGES)


def refusal_page(
    scope: Scope, status: int, code: str, message: str, detail: list[dict[str, Any]]
) -> Response:
    """Code, what is wrong, what to do. Who is not logged in is sent to the log-in, and back afterwards."""
    request = Request(scope)
    if code == "E620":
        return RedirectResponse(login_address(request), 303)
    heading = _HEADINGS.get(status, "出错了" if status >= 500 else "不能处理")
    user = getattr(request.state, "user", None)
    told = {"code": code, "message": message, "detail": detail}
    return page(request, "problem.html", user, status=status, title=heading, **told)


def login_address(request: Request) -> str:
    """The log-in that leads back to what was asked for."""
    if request.method != "GET" or request.url.path == "/":
        return "/login"
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"/login?next={quote(asked)}"


def local(address: str) -> str:
    """`address` if it is a page of ours, else the home page: a log-in never leads elsewhere."""
    plain = address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and not address.startswith("//") else "/"


def refuse_foreign(request: Request) -> None:
    """A form sent by a page of another site. Raises ApiError E624.

    For the forms that a visitor sends, who has no session yet and so no CSRF token.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise ApiError("E624")
