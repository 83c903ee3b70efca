"""Every refusal in one shape: {"code", "message", "detail"}, or a page that says the same; never what was sent."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlalchemy.exc import DataError, IntegrityError, OperationalError, TimeoutError
from starlette.exceptions import HTTPException
from starlette.types import Scope

from api.errors import ApiError
from api.logs import request_id
from api.wording import problem_of
from api.workbench.access import is_page, refusal_page
from scanner.errors import PingzhaoError

_log = logging.getLogger(__name__)
_BY_STATUS = {404: "E608", 405: "E609"}
_DATABASE = (DataError, IntegrityError, OperationalError, TimeoutError)
_MAX_SHOWN = 20


class Problem(BaseModel):
    """A refusal as it goes out."""

    code: str = Field(examples=["E601"], description="错误代码")
    message: str = Field(examples=["请求内容不符合要求。"], description="说明和处理办法")
    detail: list[dict[str, Any]] = Field(
        [], examples=[[{"where": "body.text", "problem": "缺少这一项"}]], description="逐项说明"
    )


PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": Problem, "description": "请求被拒绝"},
    "5XX": {"model": Problem, "description": "服务出错"},
}
"""What every route may answer besides success, for OpenAPI."""


def answer_for(error: Exception, scope: Scope) -> Response:
    """The refusal that an error becomes: a page where a person asked for one, JSON everywhere else."""
    refusal = _refusal(error)
    status = refusal.status if isinstance(refusal, ApiError) else _status_of_scanner(refusal)
    detail, headers = (refusal.detail, refusal.headers) if isinstance(refusal, ApiError) else ([], {})
    if is_page(scope):
        answer = refusal_page(scope, status, refusal.code, refusal.message, detail)
        answer.headers.update(headers)
        return answer
    body = Problem(code=refusal.code, message=refusal.message, detail=detail)
    return Response(body.model_dump_json(), status, headers, media_type="application/json")


def answer_problems(app: FastAPI) -> None:
    """Let the app answer all errors in this shape."""
    for kind in (PingzhaoError, RequestValidationError, HTTPException, *_DATABASE):
        app.add_exception_handler(kind, _handle)


async def _handle(request: Request, error: Exception) -> Response:
    return answer_for(error, request.scope)


def _refusal(error: Exception) -> PingzhaoError:
    match error:
        case PingzhaoError():
            return error
        case RequestValidationError():
            return ApiError("E601", detail=[_item(e) for e in error.errors()[:_MAX_SHOWN]])
        case HTTPException(__cause__=ApiError() as cause):
            return cause
        case HTTPException():
            return ApiError(_BY_STATUS.get(error.status_code, "E613"), headers=dict(error.headers or {}))
        case IntegrityError():
            return ApiError("E611")
        case DataError():
            return ApiError("E613")
        case OperationalError() | TimeoutError():
            _log.error("database", exc_info=error)
            return ApiError("E612", what="数据库", headers={"Retry-After": "5"})
    return ApiError("E600", request_id=request_id.get())


def _status_of_scanner(error: PingzhaoError) -> int:
    """E1xx: what was sent cannot be read. All else is not the caller's fault."""
    return 422 if error.code.startswith("E1") else 500


def _item(error: Any) -> dict[str, Any]:
    where = ".".join(str(part)[:60] for part in error["loc"][:10])
    return {"where": where, "problem": problem_of(error)}
