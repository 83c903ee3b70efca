"""Officers at the desk, and reports as people send them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.store.accounts import Role
from tests.service_fixtures import LoginAs

TOLD: dict[str, Any] = {
    "text": "我去长春示例商贸有限公司面试文员，人事说只要男的，还问什么时候生孩子。",
    "employer": "长春示例商贸有限公司",
    "place": "长春市朝阳区",
}
Send = Callable[..., dict[str, Any]]


@pytest.fixture
def desk(login_as: LoginAs) -> TestClient:
    """Someone at the complaint desk."""
    return login_as(Role.COMPLAINT_DESK, name="desk")


@pytest.fixture
def inspector(login_as: LoginAs) -> TestClient:
    return login_as(Role.INSPECTOR, name="inspector")


@pytest.fixture
def send(desk: TestClient) -> Send:
    """`send(text=…)` writes a report down at the desk; gives number, passphrase, id."""

    def sending(**parts: Any) -> dict[str, Any]:
        answer = desk.post("/v1/complaints", json={**TOLD, "channel": "phone", **parts})
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    return sending


@pytest.fixture
def report(anonymous: TestClient) -> Send:
    """`report(text=…)` sends one without an account; gives the receipt."""

    def reporting(**parts: Any) -> dict[str, Any]:
        answer = anonymous.post("/v1/public/reports", json={**TOLD, **parts})
        assert answer.status_code == 201, answer.text
        receipt: dict[str, Any] = answer.json()
        return receipt

    return reporting


@pytest.fixture
def read(desk: TestClient) -> Callable[[str], dict[str, Any]]:
    """A report as the desk sees it, by its id or number."""

    def reading(key: str) -> dict[str, Any]:
        if key.startswith("T"):
            key = desk.get("/v1/complaints", params={"words": key}).json()["items"][0]["id"]
        answer = desk.get(f"/v1/complaints/{key}")
        assert answer.status_code == 200, answer.text
        seen: dict[str, Any] = answer.json()
        return seen

    return reading
