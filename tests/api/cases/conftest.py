"""Ads in the store and cases about them, put there as a user does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient

MALE = {"title": "保安", "text": "招保安两名，限男性，包吃住。", "employer": "样例物业有限公司"}


@dataclass(frozen=True)
class Kept:
    """An ad in the store with its findings."""

    ad_id: str
    finding_ids: list[str]


Keep = Callable[..., Kept]
Open = Callable[..., dict[str, Any]]


@pytest.fixture
def keep(client: TestClient) -> Keep:
    """`keep(text=…)` scans and stores an ad; its parts default to MALE."""

    def keeping(by: TestClient = client, **parts: Any) -> Kept:
        answer = by.post("/v1/scan", json={**MALE, **parts, "store": True})
        assert answer.status_code == 200, answer.text
        ad_id = answer.json()["stored"]["ad_id"]
        found = by.get("/v1/findings", params={"ad_id": ad_id}).json()["items"]
        return Kept(ad_id, [finding["id"] for finding in found])

    return keeping


@pytest.fixture
def open_case(client: TestClient, keep: Keep) -> Open:
    """`open_case(text=…)` keeps an ad and opens its case; `decision` reviews it too."""

    def opening(decision: str = "", **parts: Any) -> dict[str, Any]:
        answer = client.post("/v1/cases", json={"finding_ids": keep(**parts).finding_ids})
        assert answer.status_code == 201, answer.text
        case: dict[str, Any] = answer.json()
        if decision:
            review = {"decision": decision, "reason": "已看过原文"}
            assert client.post(f"/v1/cases/{case['id']}/reviews", json=review).status_code == 201
        return case

    return opening


@pytest.fixture
def step(client: TestClient) -> Callable[..., Any]:
    """`step(case, "verified")` takes the case on; gives the answer."""

    def stepping(case: dict[str, Any], status: str, **more: Any) -> Any:
        body = {"status": status, "reason": "见询问笔录", **more}
        return client.post(f"/v1/cases/{case['id']}/status", json=body)

    return stepping


@pytest.fixture
def actions(client: TestClient) -> Callable[..., list[str]]:
    """The actions in the audit log on one object, oldest first."""

    def read(object_id: str) -> list[str]:
        entries = client.get("/v1/audit", params={"object_id": object_id, "size": 200}).json()["items"]
        return [entry["action"] for entry in reversed(entries)]

    return read
