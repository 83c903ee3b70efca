"""Ads, employers and publishers: what was seen of whom, and who is who."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from api.store.accounts import Role

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from tests.api.cases.conftest import Keep, Open
    from tests.service_fixtures import LoginAs

LONG = "招保安两名，限男性，包吃住，月薪四千五，做六休一，有保安证优先，地点在样例大街。"


def ids(client: TestClient, path: str, **filters: Any) -> set[str]:
    answer = client.get(path, params=filters)
    assert answer.status_code == 200, answer.text
    return {one["id"] for one in answer.json()["items"]}


def test_ads_detail_marks_the_newest_version(client: TestClient, keep: Keep) -> None:
    url = "https://board.example/9"
    first = keep(text="招保安，男女不限。", url=url)
    second = keep(text="招保安，<b>限男性</b>。", url=url)
    assert second.ad_id == first.ad_id
    detail = client.get(f"/v1/ads/{first.ad_id}").json()
    assert [version["number"] for version in detail["versions"]] == [1, 2]
    assert len(detail["captures"]) == 2
    assert [finding["quotes"] for finding in detail["findings"]] == [["限男性"]]
    assert '&lt;b&gt;<mark class="violation">限男性</mark>' in detail["html"]
    assert "<script" not in detail["html"]


def test_ads_without_findings_are_shown_too(client: TestClient, keep: Keep) -> None:
    detail = client.get(f"/v1/ads/{keep(text='招保安，男女不限。').ad_id}").json()
    assert detail["findings"] == []
    assert "男女不限" in detail["html"]


def test_ads_filters(client: TestClient, keep: Keep) -> None:
    male, clean = keep(), keep(text="招会计，有证，100%双休。", title="会计", employer="另一样例公司")
    assert ids(client, "/v1/ads") == {male.ad_id, clean.ad_id}
    assert ids(client, "/v1/ads", disposition="violation") == {male.ad_id}
    assert ids(client, "/v1/ads", words="双休") == ids(client, "/v1/ads", words="会计") == {clean.ad_id}
    assert ids(client, "/v1/ads", words="%") == {clean.ad_id}
    assert ids(client, "/v1/ads", words="_") == set()
    assert ids(client, "/v1/ads", batch_id="0" * 32) == set()
    assert ids(client, "/v1/ads", since="2999-01-01T00:00:00Z") == set()


def test_ads_copies_are_counted_together(client: TestClient, keep: Keep) -> None:
    one, two = (keep(text=LONG, url=f"https://board{n}.example/1") for n in (1, 2))
    keep(text="招会计，有证，双休，五险一金，年底双薪。", title="会计")
    assert client.get(f"/v1/ads/{one.ad_id}").json()["copies"] == 2
    assert ids(client, f"/v1/ads/{two.ad_id}/copies") == {one.ad_id, two.ad_id}


def test_employers_reach_counts_boards_and_copies(client: TestClient, keep: Keep, open_case: Open) -> None:
    case = open_case(text=LONG, url="https://board1.example/1", publisher="甲招聘网")
    keep(text=LONG, url="https://board2.example/1", publisher="乙招聘网")
    keep(text="招会计，有证，双休，五险一金，年底双薪。", title="会计", publisher="乙招聘网")
    detail = client.get(f"/v1/employers/{case['employer_id']}").json()
    assert detail["reach"] == {
        "ads": 3, "flagged_ads": 2, "violations": 2, "groups": 2, "counterparts": 2, "sightings": 3,
        "regions": 0,
    }  # fmt: skip
    assert detail["case_ids"] == [case["id"]]


def test_employers_are_merged_by_a_person(client: TestClient, keep: Keep, open_case: Open) -> None:
    case = open_case(employer="样例物业管理有限公司")
    keep(text="招电工，限男性，持证。", employer="样例物业管理")
    employers = {one["name"]: one["id"] for one in client.get("/v1/employers").json()["items"]}
    short, full = employers["样例物业管理"], employers["样例物业管理有限公司"]
    suggested = client.get(f"/v1/employers/{short}/suggestions").json()
    assert [one["employer"]["id"] for one in suggested] == [full]
    body = {"into_id": full, "reason": "同一统一社会信用代码"}
    assert client.post(f"/v1/employers/{short}/merge", json=body).json()["merged_into_id"] == full
    assert ids(client, "/v1/employers") == {full}
    assert ids(client, "/v1/employers", words="样例物业") == {short, full}
    detail = client.get(f"/v1/employers/{case['employer_id']}").json()
    assert [one["id"] for one in detail["other_names"]] == [short]
    assert detail["reach"]["ads"] == 2
    assert client.post(f"/v1/employers/{full}/merge", json=body).json()["code"] == "E668"


def test_employers_merge_is_audited_with_its_reason(client: TestClient, keep: Keep) -> None:
    keep(), keep(text="招电工，限男性，持证。", employer="另一样例公司")
    source, target = sorted(ids(client, "/v1/employers"))
    client.post(f"/v1/employers/{source}/merge", json={"into_id": target, "reason": "曾用名"})
    (entry,) = client.get("/v1/audit", params={"action": "employer.merge"}).json()["items"]
    assert entry["before"] == {"merged_into_id": None}
    assert entry["after"] == {"merged_into_id": target, "reason": "曾用名"}


def test_publishers_kind_can_be_corrected(client: TestClient, keep: Keep) -> None:
    keep(publisher="甲招聘网")
    (publisher,) = client.get("/v1/publishers").json()["items"]
    path = f"/v1/publishers/{publisher['id']}"
    assert client.get(path).json()["reach"]["violations"] == 1
    body = {"kind": "agency", "reason": "持人力资源服务许可证"}
    assert client.patch(path, json=body).json()["kind_name"] == "人力资源服务机构"
    assert ids(client, "/v1/publishers", kind="agency") == {publisher["id"]}
    assert ids(client, "/v1/publishers", kind="platform") == set()


@pytest.mark.parametrize("path", ["/v1/ads", "/v1/employers", "/v1/publishers", "/v1/findings", "/v1/cases"])
@pytest.mark.parametrize("key", ["0" * 32, "x", "0" * 31 + "G", "%00", "9" * 400])
def test_ads_unknown_keys_are_coded_4xx(path: str, key: str, client: TestClient) -> None:
    answer = client.get(f"{path}/{key}")
    assert 400 <= answer.status_code < 500
    assert answer.json()["code"].startswith("E6")


def test_ads_agency_sees_its_own_only(client: TestClient, login_as: LoginAs, keep: Keep) -> None:
    mine = login_as(Role.AGENCY, organisation="甲人力")
    own = keep(by=mine, text=LONG, employer="甲客户公司", publisher="甲人力")
    keep(text=LONG, employer="样例物业有限公司", publisher="甲招聘网", url="https://board2.example/1")
    assert ids(mine, "/v1/ads") == {own.ad_id}
    assert {one["name"] for one in mine.get("/v1/employers").json()["items"]} == {"甲客户公司"}
    assert {one["name"] for one in mine.get("/v1/publishers").json()["items"]} == {"甲人力"}
    assert mine.get(f"/v1/ads/{own.ad_id}").json()["copies"] == 1
