from __future__ import annotations

from fastapi.testclient import TestClient


def test_health_answers_without_login(anonymous: TestClient) -> None:
    for path in ("/healthz", "/readyz"):
        answer = anonymous.get(path)
        assert (answer.status_code, answer.json()["status"]) == (200, "ok")


def test_metrics_count_requests_by_route_template(anonymous: TestClient) -> None:
    anonymous.get("/healthz")
    anonymous.get("/no/such/限女性")
    text = anonymous.get("/metrics").text
    assert 'pingzhao_requests_total{method="GET",route="/healthz",status="200"} 1.0' in text
    assert 'route="",status="404"} 1.0' in text
    assert "限女性" not in text
