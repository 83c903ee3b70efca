"""What surrounds every answer: protective headers, an id, a log line without content."""

from __future__ import annotations

import json
import logging

import pytest
from fastapi.testclient import TestClient

from api.logs import fields_of, request_id
from api.middleware import Observed


@pytest.mark.parametrize("path", ["/healthz", "/v1/none", "/v1/ads", "/v1/ads?q=%00"])
def test_middleware_headers_are_on_every_answer(path: str, anonymous: TestClient) -> None:
    headers = anonymous.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cache-control"] == "no-store"
    assert "default-src 'self'" in headers["content-security-policy"]
    assert len(headers["x-request-id"]) == 32


def test_middleware_hsts_only_with_https(anonymous: TestClient) -> None:
    assert "strict-transport-security" not in anonymous.get("/healthz").headers
    with TestClient(Observed(anonymous.app, anonymous.app.state.services.metrics, https=True)) as client:  # type: ignore[attr-defined]
        assert client.get("/healthz").headers["strict-transport-security"].startswith("max-age=")


@pytest.mark.parametrize("given", ["short", "x" * 65, "a b c d e f g h", "注入注入注入注入", "line\tbreak-x"])
def test_middleware_makes_its_own_id_where_the_given_one_is_odd(given: str, anonymous: TestClient) -> None:
    got = anonymous.get("/healthz", headers={"X-Request-ID": given.encode()}).headers["x-request-id"]
    assert got != given
    assert len(got) == 32


def test_middleware_log_holds_no_content(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        client.post("/v1/scan?q=机密", json={"text": "招文员，限女性", "employer": "某某公司"})
        client.get("/v1/机密")
        client.post("/v1/login", json={"name": "机密", "password": "机密机密"})
    lines = [json.dumps(fields_of(record), ensure_ascii=False, default=str) for record in caplog.records]
    ours = [fields for fields in map(fields_of, caplog.records) if fields["logger"] == "api.access"]
    assert [(line["route"], line["status"]) for line in ours] == [
        ("/v1/scan", 200),
        ("", 404),
        ("/v1/login", 401),
    ]
    ours_only = [line for line in lines if '"httpx' not in line]
    assert not [line for line in ours_only if "机密" in line or "限女性" in line or "某某公司" in line]


def test_logs_of_an_exception_hold_where_but_not_what() -> None:
    try:
        raise ValueError("招文员，限女性")
    except ValueError as error:
        record = logging.getLogger("a").makeRecord(
            "a", logging.ERROR, "f", 1, "unforeseen", (), (type(error), error, error.__traceback__)
        )
    token = request_id.set("r" * 32)
    fields = fields_of(record)
    request_id.reset(token)
    assert (fields["error"], fields["message"], fields["request_id"]) == (
        "ValueError",
        "unforeseen",
        "r" * 32,
    )
    assert "test_middleware.py" in fields["stack"]
    assert "限女性，" not in json.dumps(fields, ensure_ascii=False).replace(
        'raise ValueError("招文员，限女性")', ""
    )
