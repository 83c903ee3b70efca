"""Proposals, and the way of one to its activation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.store.accounts import Role
from tests.service_fixtures import LoginAs

NEW: dict[str, Any] = {
    "id": "local-lads",
    "type": "phrase",
    "category": "gender_restriction",
    "subtype": "sex_limit_male",
    "direction": "male",
    "severity": "S1",
    "law": ["WL43.1"],
    "message": "以行话限定男性",
    "rewrite": "删去该说法",
    "patterns": ["<只收铁甲[班|队]>"],
    "flag": ["夜班巡逻，[只收铁甲班]"],
    "pass": ["铁甲班食堂招厨师"],
}
"""A rule for an invented wording that no shipped rule, anchor or model knows."""
TEXT = "仓库装卸，只收铁甲班，包吃住。"
Propose = Callable[..., dict[str, Any]]


@pytest.fixture
def inspector(login_as: LoginAs) -> TestClient:
    return login_as(Role.INSPECTOR, name="li")


@pytest.fixture
def supervisor(login_as: LoginAs) -> TestClient:
    return login_as(Role.SUPERVISOR, name="wang")


@pytest.fixture
def propose(inspector: TestClient) -> Propose:
    """`propose(message="…")` proposes NEW with changes as the inspector; gives the draft."""

    def proposing(**changes: Any) -> dict[str, Any]:
        body = {"rule": NEW | changes, "reason": "两家单位用了这种说法"}
        answer = inspector.post("/v1/rule-drafts", json=body)
        assert answer.status_code == 201, answer.text
        draft: dict[str, Any] = answer.json()
        return draft

    return proposing


@pytest.fixture
def activate(inspector: TestClient, supervisor: TestClient) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Tests a draft as the inspector, and puts it in force as the supervisor; gives the version."""

    def activating(draft: dict[str, Any]) -> dict[str, Any]:
        base = f"/v1/rule-drafts/{draft['id']}"
        tested = inspector.post(f"{base}/test")
        assert tested.status_code == 200, tested.text
        answer = supervisor.post(f"{base}/activate", json={"reason": "已核对例句"})
        assert answer.status_code == 200, answer.text
        version: dict[str, Any] = answer.json()
        return version

    return activating
