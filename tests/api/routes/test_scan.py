from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import func, select

from api.settings import Settings
from api.store.ads import Capture, StoredAd
from api.store.audit import AuditEntry
from api.store.blobs import Blobs
from api.store.engine import Store
from scanner import Ad, Scanner

LoginAs = Callable[..., TestClient]
AD = {
    "title": "前台<b>",
    "text": "招前台文员一名，限女性，25岁以下。\n月薪四千。",
    "employer": "万福超市有限公司",
}


def test_scan_answers_with_the_scanners_report_marked_up_and_rewritten(
    client: TestClient, scanner: Scanner
) -> None:
    answer = client.post("/v1/scan", json=AD)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    report = scanner.scan(Ad(**AD))
    assert [f["id"] for f in found["findings"]] == [f.id for f in report.findings]
    assert found["text_sha256"] == report.text_sha256
    assert found["versions"]["lexicon"] == scanner.lexicon.version
    assert found["schema_version"] == "1.0"
    page = LexborHTMLParser(found["html"])
    assert [mark.text() for mark in page.css("mark.violation")] == [found["findings"][0]["spans"][0]["quote"]]
    assert page.css_first("h2 b") is None
    assert page.css("script") == []
    (rewrite,) = found["rewrite"]
    assert rewrite["field"] == "text"
    assert rewrite["complete"]
    assert "女" not in rewrite["text"]
    assert rewrite["text"].endswith("月薪四千。")
    assert found["stored"] is None


def test_scan_of_a_lawful_ad_finds_and_keeps_nothing(
    client: TestClient, store: Store, settings: Settings
) -> None:
    found = client.post("/v1/scan", json={"text": "招服务员两名，男女不限。"}).json()
    assert (found["findings"], found["rewrite"]) == ([], [])
    assert "男女不限" in found["html"]
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(StoredAd)) == 0
    assert not settings.blobs_dir.exists()


def test_scan_keeps_the_ad_and_the_request_when_asked(
    client: TestClient, store: Store, settings: Settings
) -> None:
    body = '{"text": "招工，限男性", "store": true}'.encode()
    answer = client.post("/v1/scan", content=body, headers={"Content-Type": "application/json"})
    stored = answer.json()["stored"]
    with store.reading() as session:
        capture = session.scalars(select(Capture)).one()
        actions = list(session.scalars(select(AuditEntry.action)))
    assert (capture.ad_id, capture.version_id) == (stored["ad_id"], stored["version_id"])
    original = Blobs(settings.blobs_dir).path(capture.source_sha256)
    assert isinstance(original, Path)
    assert original.read_bytes() == body
    assert actions == ["ad.store"]


@pytest.mark.parametrize(
    ("role", "status"), [("inspector", 200), ("agency", 200), ("auditor", 403), ("complaint_desk", 403)]
)
def test_keeping_an_ad_needs_the_right_to_upload(login_as: LoginAs, role: str, status: int) -> None:
    organisation = "众诚人力" if role == "agency" else None
    client = login_as(role, organisation=organisation)
    assert client.post("/v1/scan", json={"text": "限男性", "store": True}).status_code == status
    assert client.post("/v1/scan", json={"text": "限男性"}).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "E644"),
        ({"text": " \n"}, 422, "E644"),
        ({"text": "长" * 100_001}, 422, "E645"),
        ({"text": "限男性", "colour": 1}, 422, "E601"),
        ({"text": 5}, 422, "E601"),
        ({"text": "限男性", "posted_on": "昨天"}, 422, "E601"),
        ({"text": "限\0男"}, 400, "E607"),
    ],
)
def test_scan_refuses_with_a_code(client: TestClient, body: dict[str, Any], status: int, code: str) -> None:
    answer = client.post("/v1/scan", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_the_law_is_that_of_the_ads_day(client: TestClient) -> None:
    def cited(day: str) -> set[str]:
        answer = client.post("/v1/scan", json={"text": "招工，限男性", "posted_on": day})
        return {basis["article"] for f in answer.json()["findings"] for basis in f["legal_basis"]}

    assert cited("2021-06-01") != cited("2024-06-01")


def test_scan_batch_answers_in_order_and_a_bad_ad_costs_itself(client: TestClient, store: Store) -> None:
    ads = [{"id": "a", "text": "限男性"}, {"id": "b", "text": ""}, {"id": "c", "text": "男女不限"}]
    items = client.post("/v1/scan:batch", json={"ads": ads, "store": True}).json()["items"]
    assert [one["id"] for one in items] == ["a", "b", "c"]
    assert items[1]["error"]["code"] == "E644"
    assert [len(one.get("findings", [])) for one in items] == [1, 0, 0]
    assert items[0]["stored"]["ad_id"] != items[2]["stored"]["ad_id"]
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Capture)) == 2
        assert list(session.scalars(select(AuditEntry.action))) == ["ad.store"]


@pytest.mark.parametrize(
    ("number", "status", "code"), [(0, 422, "E601"), (200, 200, None), (201, 422, "E643")]
)
def test_scan_batch_takes_a_set_number(
    client: TestClient, number: int, status: int, code: str | None
) -> None:
    answer = client.post("/v1/scan:batch", json={"ads": [{"text": "男女不限"}] * number})
    assert (answer.status_code, answer.json().get("code")) == (status, code)
