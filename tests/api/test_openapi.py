"""Schemathesis over the whole OpenAPI: no 5xx for anything it invents; refusals are coded; the page is Chinese."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings

from api.app import create_app
from api.auth.table import PUBLIC
from api.settings import Settings

_SPECIFICATION = create_app(Settings(data_dir=Path("unused"), database_url="sqlite://")).openapi()
_SCHEMA = schemathesis.openapi.from_dict(_SPECIFICATION)
_OPERATIONS = {
    f"{found.ok().method.upper()} {found.ok().path}": found.ok() for found in _SCHEMA.get_all_operations()
}
_EXAMPLES = 8
_CREDENTIALS = {"authorization", "cookie", "x-csrf-token"}


@pytest.mark.parametrize("name", _OPERATIONS)
def test_openapi_invented_requests_are_never_a_server_error(name: str, client: TestClient) -> None:
    @settings(max_examples=_EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=_OPERATIONS[name].as_strategy())
    def check(case: Any) -> None:
        answer = client.request(**_sent(case))
        assert answer.status_code < 500, answer.text
        if answer.status_code >= 400:
            assert re.fullmatch(r"E[16]\d\d", answer.json()["code"])

    check()


def _sent(case: Any) -> dict[str, Any]:
    """The invented request as the client takes it, with the client's own credentials."""
    made = requests.Request(**case.as_transport_kwargs(base_url="http://testserver")).prepare()
    headers = {name: value for name, value in made.headers.items() if name.lower() not in _CREDENTIALS}
    return {
        "method": made.method,
        "url": made.url,
        "headers": {
            name: value.encode() if isinstance(value, str) else value for name, value in headers.items()
        },
        "content": made.body,
    }


@pytest.mark.parametrize("name", _OPERATIONS)
def test_openapi_tells_users_in_chinese(name: str) -> None:
    method, path = name.split(" ")
    operation = _SPECIFICATION["paths"][path][method.lower()]
    assert re.search("[一-鿿]", operation["summary"])
    assert "description" not in operation
    for parameter in operation.get("parameters", []):
        assert parameter["name"] == parameter["name"].lower()


def test_openapi_every_body_has_an_example() -> None:
    """Of the whole, or of each field that must be there and is no choice of words."""
    schemas = _SPECIFICATION["components"]["schemas"]
    named = set(re.findall(r"#/components/schemas/(\w+)", str(_bodies())))
    lacking = [
        f"{name}.{field}"
        for name in named
        for field in schemas[name].get("required", [])
        if not {"examples", "$ref"} & set(schemas[name] | schemas[name]["properties"][field])
        and not name.startswith("Body_")
    ]
    assert lacking == []


def test_openapi_only_public_routes_answer_strangers(anonymous: TestClient) -> None:
    for name in _OPERATIONS:
        method, path = name.split(" ")
        answer = anonymous.request(method, re.sub(r"\{\w+\}", "0" * 32, path))
        assert (answer.status_code == 401) == ((method, path) not in PUBLIC), name


def _bodies() -> list[Any]:
    return [
        operation["requestBody"]
        for methods in _SPECIFICATION["paths"].values()
        for operation in methods.values()
        if "requestBody" in operation
    ]
