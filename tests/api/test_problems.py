"""Every refusal has one shape, says what to do in Chinese, and echoes nothing."""

from __future__ import annotations

import json
import re

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError, TimeoutError
from starlette.exceptions import HTTPException
from starlette.types import Scope

from api.errors import API_ERRORS, SERVICE_ERRORS, ApiError, ServiceError
from api.problems import answer_for
from api.wording import _PROBLEMS, problem_of
from scanner.errors import ERRORS, PingzhaoError

API: Scope = {"type": "http", "method": "GET", "path": "/v1/ads", "query_string": b"", "headers": []}
PAGE: Scope = API | {"path": "/cases", "server": ("testserver", 80)}


def test_problems_codes_are_unique_and_in_their_range() -> None:
    assert not set(API_ERRORS) & set(SERVICE_ERRORS) | set(API_ERRORS) & set(ERRORS)
    assert all(re.fullmatch(r"E5\d\d", code) for code in SERVICE_ERRORS)
    assert all(re.fullmatch(r"E6\d\d", code) for code in API_ERRORS)
    assert all(400 <= answer.status < 600 for answer in API_ERRORS.values())


@pytest.mark.parametrize("text", [*SERVICE_ERRORS.values(), *(answer.text for answer in API_ERRORS.values())])
def test_problems_say_what_to_do(text: str) -> None:
    assert re.search("[一-鿿]", text)
    assert re.search("请|可", text)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (ApiError("E602", limit=5), 413, "E602"),
        (PingzhaoError("E102", path="a.csv"), 422, "E102"),
        (PingzhaoError("E402", path="m"), 500, "E402"),
        (ServiceError("E507", port=1), 500, "E507"),
        (HTTPException(404), 404, "E608"),
        (HTTPException(405, headers={"Allow": "GET"}), 405, "E609"),
        (HTTPException(400, "There was an error"), 400, "E613"),
        (IntegrityError("INSERT 机密", {}, Exception("机密")), 409, "E611"),
        (DataError("INSERT 机密", {}, Exception("机密")), 400, "E613"),
        (OperationalError("SELECT 机密", {}, Exception("机密")), 503, "E612"),
        (TimeoutError("机密"), 503, "E612"),
        (ValueError("机密"), 500, "E600"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_problems_of_each_kind_of_error(error: Exception, status: int, code: str) -> None:
    answer = answer_for(error, API)
    body = json.loads(bytes(answer.body))
    assert (answer.status_code, body["code"]) == (status, code)
    assert "机密" not in bytes(answer.body).decode()
    assert set(body) == {"code", "message", "detail"}
    page = answer_for(error, PAGE)
    assert (page.status_code, page.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert f"错误代码 {code}" in bytes(page.body).decode()
    assert "机密" not in bytes(page.body).decode()


@pytest.mark.parametrize("scope", [API, PAGE], ids=["api", "page"])
def test_problems_keep_headers(scope: Scope) -> None:
    assert answer_for(HTTPException(405, headers={"Allow": "GET"}), scope).headers["allow"] == "GET"
    assert answer_for(ApiError("E611", headers={"Retry-After": "3"}), scope).headers["retry-after"] == "3"


def test_problems_of_a_bug_hold_its_request_and_nothing_else(anonymous: TestClient) -> None:
    app = anonymous.app

    @app.get("/v1/bug")  # type: ignore[attr-defined, untyped-decorator]
    def bug() -> None:
        raise ValueError("招文员，限女性")

    answer = anonymous.get("/v1/bug", headers={"X-Request-ID": "given-by-caller"})
    assert (answer.status_code, answer.json()["code"]) == (500, "E600")
    assert "given-by-caller" in answer.json()["message"]
    assert answer.headers["X-Request-ID"] == "given-by-caller"
    assert "限女性" not in answer.text


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        (int, "x", "应为整数"),
        (int, 1.5, "应为整数"),
        (float, "x", "应为数值"),
        (bool, "x", "应为 true 或 false"),
        (str, 1, "应为文字"),
        (list[int], 1, "应为列表"),
        (dict[str, int], 1, "应为对象"),
    ],
)
def test_problems_of_values_are_chinese(kind: type, value: object, says: str) -> None:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(kind).validate_python(value)
    assert problem_of(raised.value.errors()[0]) == says


def test_problems_wording_covers_every_kind_that_the_api_can_meet(anonymous: TestClient) -> None:
    """Kinds of errors that pydantic can raise for the constraints in our OpenAPI."""
    schema = json.dumps(anonymous.get("/v1/openapi.json").json())
    needed = {
        "minLength": "string_too_short",
        "maxLength": "string_too_long",
        "pattern": "string_pattern_mismatch",
        "minItems": "too_short",
        "maxItems": "too_long",
        "minimum": "greater_than_equal",
        "maximum": "less_than_equal",
        "exclusiveMinimum": "greater_than",
        "exclusiveMaximum": "less_than",
        "enum": "enum",
        '"format": "date"': "date_parsing",
        '"format": "date-time"': "datetime_parsing",
    }
    assert {kind for word, kind in needed.items() if word in schema} <= set(_PROBLEMS)


def test_problems_of_an_unknown_kind_have_a_text() -> None:
    assert problem_of({"type": "brand_new", "loc": ()}) == "不符合要求"
