"""Without an account: a receipt, progress, more material; guessing and flooding are slowed down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from scanner import Scanner
from tests.api.complaints.conftest import TOLD, Send
from tests.reading import KeywordReader

STATUS, MATERIALS = "/v1/public/reports/status", "/v1/public/reports/materials"


def test_public_receipt_opens_the_report_however_it_is_typed(report: Send, anonymous: TestClient) -> None:
    receipt = report(kind="complaint")
    number, passphrase = receipt["number"], receipt["passphrase"]
    wide = passphrase.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    for typed in (passphrase, passphrase.lower().replace("-", ""), f" {wide} "):
        told = anonymous.post(STATUS, json={"number": number.lower(), "passphrase": typed}).json()
        assert (told["status_name"], told["kind_name"], told["may_add"]) == ("待受理", "投诉", True)
        assert told["due_on"]


def test_public_guesses_are_refused_and_then_slowed(report: Send, anonymous: TestClient) -> None:
    receipt = report()
    right, wrong = dict(receipt), receipt | {"passphrase": "AAAA-BBBB-CCCC-DDDD"}
    codes = [anonymous.post(STATUS, json=wrong).json()["code"] for _ in range(6)]
    assert codes == ["E696"] * 5 + ["E697"]
    slowed = anonymous.post(STATUS, json=right)
    assert (slowed.status_code, slowed.json()["code"]) == (429, "E697")
    assert int(slowed.headers["Retry-After"]) > 0


def test_public_unknown_number_is_told_like_a_wrong_passphrase(anonymous: TestClient) -> None:
    unknown = {"number": "T2026-999999", "passphrase": "AAAA-BBBB-CCCC-DDDD"}
    assert anonymous.post(STATUS, json=unknown).json()["code"] == "E696"


@pytest.fixture
def strict(settings: Settings, scanner: Scanner) -> Callable[..., FastAPI]:
    """A service with other settings on the same data."""

    def made(**changes: Any) -> FastAPI:
        return create_app(settings.model_copy(update=changes), scanner=scanner, reader=KeywordReader())

    return made


def test_public_floods_are_stopped_by_address(strict: Callable[..., FastAPI]) -> None:
    with TestClient(strict(public_reports_per_hour=3)) as stranger:
        answers = [stranger.post("/v1/public/reports", json=TOLD) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
        assert answers[-1].json()["code"] == "E694"
        assert int(answers[-1].headers["Retry-After"]) <= 3600
    with TestClient(strict(public_reports_per_hour=3), client=("192.0.2.7", 1)) as other:
        assert other.post("/v1/public/reports", json=TOLD).status_code == 201


def test_public_may_be_switched_off(strict: Callable[..., FastAPI]) -> None:
    with TestClient(strict(public_reports=False)) as stranger:
        receipt = {"number": "T2026-000001", "passphrase": "x"}
        assert stranger.post("/v1/public/reports", json=TOLD).json()["code"] == "E695"
        assert stranger.post(STATUS, json=receipt).json()["code"] == "E695"


def test_public_uploads_have_a_small_limit_of_their_own(strict: Callable[..., FastAPI]) -> None:
    with TestClient(strict(max_report_bytes=2048)) as stranger:
        sent = stranger.post(MATERIALS, files={"files": ("a.txt", b"a" * 3000)})
        assert (sent.status_code, sent.json()["code"]) == (413, "E602")


def test_public_reporter_reads_answers_and_adds_what_was_missing(
    report: Send, desk: TestClient, anonymous: TestClient, read: Callable[[str], dict[str, Any]]
) -> None:
    receipt = report(kind="complaint", name="王翠缇")
    made = read(receipt["number"])["complaint"]["id"]
    step = {"status": "more_needed", "reason": "缺少面试记录"}
    assert desk.post(f"/v1/complaints/{made}/status", json=step).json()["due_on"] is None
    desk.post(f"/v1/complaints/{made}/replies", json={"text": "王翠缇您好，请补充面试时的聊天记录。"})
    told = anonymous.post(STATUS, json=receipt).json()
    assert [answer["text"] for answer in told["answers"]] == ["＊＊＊您好，请补充面试时的聊天记录。"]
    sent = anonymous.post(
        MATERIALS,
        data={**receipt, "text": "我是王翠缇，补充聊天记录"},
        files={"files": ("聊天.txt", "人事：只要男的".encode())},
    )
    assert (sent.json()["status_name"], sent.status_code) == ("待受理", 200)
    seen = read(made)
    assert seen["complaint"]["due_on"]
    assert seen["events"][-1]["reason"] == "我是＊＊＊，补充聊天记录"
    assert [(m["number"], m["text"]) for m in seen["materials"]] == [(1, "人事：只要男的")]
    identity = desk.post(f"/v1/complaints/{made}/identity", json={"reason": "核对补充"}).json()
    assert identity["additions"] == ["我是王翠缇，补充聊天记录"]


def form(**values: str) -> dict[str, tuple[None, str]]:
    """A multipart form without files."""
    return {name: (None, value) for name, value in values.items()}


def test_public_nothing_is_added_to_what_is_finished_or_empty(
    report: Send, desk: TestClient, anonymous: TestClient, read: Callable[[str], dict[str, Any]]
) -> None:
    receipt = report()
    made = read(receipt["number"])["complaint"]["id"]
    assert anonymous.post(MATERIALS, files=form(**receipt)).json()["code"] == "E699"
    for status in ("not_accepted", "closed"):
        desk.post(f"/v1/complaints/{made}/status", json={"status": status, "reason": "不属本单位"})
    assert anonymous.post(MATERIALS, files=form(**receipt, text="再说")).json()["code"] == "E698"
    assert anonymous.post(STATUS, json=receipt).json()["may_add"] is False
