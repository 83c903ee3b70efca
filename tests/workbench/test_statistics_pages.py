"""Statistics: tables against a seed counted by hand, filters, workbook, monthly report, roles."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from sqlalchemy import select, update

from api.store.accounts import Role
from api.store.ads import Publisher, StoredFinding
from api.store.cases import Case, CaseEvent

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from api.store.engine import Store
    from tests.service_fixtures import LoginAs

pytestmark = pytest.mark.parametrize("database", ["sqlite"])
SEED = (
    ("招保安，限男性，夜班。", "甲样例厂", "甲招聘网", "长春市", datetime(2026, 9, 30, 15, 59, tzinfo=UTC)),
    ("招焊工，限男性，有证。", "甲样例厂", "甲招聘网", "长春市", datetime(2026, 9, 30, 16, 0, tzinfo=UTC)),
    ("招客服，已婚已育优先。", "乙样例店", "乙招聘网", "吉林市", datetime(2026, 10, 4, 15, 0, tzinfo=UTC)),
    ("招前台，限女性，双休。", "丙样例社", "乙招聘网", "", datetime(2026, 10, 4, 16, 0, tzinfo=UTC)),
    ("井下作业，限男性，有安全证。", "丁样例矿", "甲招聘网", "长春市", datetime(2026, 11, 2, 4, 0, tzinfo=UTC)),
)  # fmt: skip
"""Text, employer, platform, city, when found: the second at midnight in China, the fourth on a Monday there."""
Seeded = list[str]


@pytest.fixture
def seeded(client: TestClient, store: Store) -> Seeded:
    """The ids of the findings, one an ad."""
    made = []
    for at, (text, employer, publisher, city, found_at) in enumerate(SEED):
        ad = {
            "text": text,
            "employer": employer,
            "publisher": publisher,
            "url": f"https://a.example/{at}",
            "store": True,
        }
        fields = {"工作城市": city} if city else {}
        ad_id = client.post("/v1/scan", json={**ad, "fields": fields}).json()["stored"]["ad_id"]
        (found,) = client.get("/v1/findings", params={"ad_id": ad_id}).json()["items"]
        made.append(found["id"])
        with store.session() as session:
            session.execute(
                update(StoredFinding).where(StoredFinding.id == found["id"]).values(created_at=found_at)
            )
    return made


def table(client: TestClient, path: str, key: str) -> dict[str, list[str]]:
    """The rows of a table of the page: what it is about → its figures."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    section = re.search(
        rf'<section class="card figures[ a-z]*" id="by-{key}".*?</section>', answer.text, re.DOTALL
    )
    if section is None:
        return {}
    rows = re.findall(r"<tr>(.*?)</tr>", section[0], re.DOTALL)[1:]
    cells = [
        [
            unescape(re.sub(r"<[^>]+>", "", cell)).strip()
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]
    return {first: others for first, *others in cells}


def publisher_id(store: Store, name: str) -> str:
    with store.reading() as session:
        return str(session.scalars(select(Publisher.id).where(Publisher.name == name)).one())


def test_statistics_tables_are_those_counted_by_hand(client: TestClient, seeded: Seeded) -> None:
    body = {"decision": "dismissed", "reason": "已看过原文"}
    client.post(f"/v1/findings/{seeded[0]}/reviews", json=body)
    assert table(client, "/statistics", "period") == {
        "2026-11": ["1", "0", "1", "0", "1", "1"],
        "2026-10": ["3", "3", "0", "0", "3", "3"],
        "2026-09": ["1", "1", "0", "1", "1", "1"],
    }
    assert table(client, "/statistics?period=week", "period") == {
        "2026-11-02 至 11-08": ["1", "0", "1", "0", "1", "1"],
        "2026-10-26 至 11-01": ["0"] * 6,
        "2026-10-19 至 10-25": ["0"] * 6,
        "2026-10-12 至 10-18": ["0"] * 6,
        "2026-10-05 至 10-11": ["1", "1", "0", "0", "1", "1"],
        "2026-09-28 至 10-04": ["3", "3", "0", "1", "3", "2"],
    }
    assert table(client, "/statistics", "region") == {
        "长春": ["3", "2", "1", "1", "3", "2"],
        "吉林": ["1", "1", "0", "0", "1", "1"],
        "地区不详": ["1", "1", "0", "0", "1", "1"],
    }
    assert table(client, "/statistics", "category") == {
        "限定性别": ["4", "3", "1", "1", "4", "3"],
        "婚育状况作为条件": ["1", "1", "0", "0", "1", "1"],
    }
    assert table(client, "/statistics", "decision") == {
        "未复核": ["4", "3", "1", "4", "4"],
        "不成立": ["1", "1", "0", "1", "1"],
    }
    assert table(client, "/statistics", "disposition") == {
        "涉嫌违法": ["4", "1", "4", "3"],
        "待核": ["1", "0", "1", "1"],
    }
    assert table(client, "/statistics", "publisher") == {
        "甲招聘网": ["3", "3", "2", "1", "3", "2"],
        "乙招聘网": ["2", "2", "2", "1", "2", "2"],
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("from=2026-10-01&to=2026-10-04", {"甲样例厂", "乙样例店"}),
        ("from=2026-10-01", {"甲样例厂", "乙样例店", "丙样例社", "丁样例矿"}),
        ("to=2026-09-30&region=&publisher_id=", {"甲样例厂"}),
        ("region=长春", {"甲样例厂", "丁样例矿"}),
        ("publisher_id={乙招聘网}", {"乙样例店", "丙样例社"}),
        ("publisher_id={乙招聘网}&region=长春", set()),
    ],
)
def test_statistics_filters(
    query: str, found: set[str], client: TestClient, seeded: Seeded, store: Store
) -> None:
    query = query.replace("{乙招聘网}", publisher_id(store, "乙招聘网"))
    assert table(client, f"/statistics?{query}", "employer").keys() == found
    if not found:
        assert "这个范围内没有线索" in client.get(f"/statistics?{query}").text


@pytest.mark.parametrize(
    "query", ["from=2026-13-01", "from=0001-01-01", "to=9999-12-31", "period=decade", "publisher_id=x"]
)
def test_statistics_wrong_filters_are_told(query: str, client: TestClient) -> None:
    for path in ("/statistics", "/v1/exports/statistics"):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 422
        assert "E601" in answer.text


def test_statistics_of_nothing_teach(client: TestClient) -> None:
    shown = client.get("/statistics").text
    assert "还没有可统计的线索" in shown
    assert 'href="/batches"' in shown
    assert "本月没有" in client.get("/statistics/report").text


def test_statistics_cases_by_status(client: TestClient, seeded: Seeded, store: Store) -> None:
    for finding in (seeded[0], seeded[2]):
        assert client.post("/v1/cases", json={"finding_ids": [finding]}).status_code == 201
    assert table(client, "/statistics", "status") == {"待核查": ["2", "2", "0", "2", "2"]}
    assert table(client, "/statistics?region=长春", "status") == {"待核查": ["1", "1", "0", "1", "1"]}
    assert table(client, f"/statistics?publisher_id={publisher_id(store, '甲招聘网')}", "status") == {
        "待核查": ["1", "1", "0", "1", "1"]
    }
    assert table(client, "/statistics?to=2026-10-01", "status") == {}


def workbook(client: TestClient, query: str = "") -> dict[str, list[list[Any]]]:
    answer = client.get(f"/v1/exports/statistics?{query}")
    assert answer.status_code == 200, answer.text
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_statistics_workbook_has_the_tables_of_the_page(client: TestClient, seeded: Seeded) -> None:
    client.post("/v1/cases", json={"finding_ids": [seeded[0]]})
    query = "from=2026-09-01&to=2026-10-31&period=week"
    sheets = workbook(client, query)
    assert list(sheets) == [
        "说明", "按周", "按地区", "按类别", "按方向", "按处置", "按人工复核结论", "用人单位", "发布平台", "案件状态",
    ]  # fmt: skip
    assert sheets["说明"][0] == ["时间：2026-09-01 至 2026-10-31"]
    assert sheets["按地区"][0] == ["地区", "线索", "涉嫌违法", "待核", "已复核", "广告", "用人单位"]
    for key, name in (
        ("region", "按地区"),
        ("period", "按周"),
        ("employer", "用人单位"),
        ("category", "按类别"),
    ):
        shown = table(client, f"/statistics?{query}", key)
        assert {row[0]: [str(cell) for cell in row[1:]] for row in sheets[name][1:]} == shown, name
    assert sheets["按地区"][1][1:] == [2, 2, 0, 0, 2, 1]
    (entry, *_) = client.get("/v1/audit", params={"action": "export.statistics"}).json()["items"]
    assert entry["after"]["from"] == "2026-09-01"


def test_statistics_workbook_cells_are_never_formulas(client: TestClient) -> None:
    ad = {
        "text": "招焊工，限男性。",
        "employer": '=HYPERLINK("http://x.example","a")',
        "publisher": "@SUM(1)",
        "store": True,
    }
    client.post("/v1/scan", json=ad)
    sheets = workbook(client)
    assert sheets["用人单位"][1][0] == ad["employer"]
    answer = client.get("/v1/exports/statistics")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book["用人单位"]["A2"].data_type == "s"


@pytest.fixture
def october(client: TestClient, seeded: Seeded, store: Store) -> None:
    """A case of October that went to 已核实, closed in November."""
    case = client.post("/v1/cases", json={"finding_ids": [seeded[1]]}).json()["id"]
    client.post(f"/v1/cases/{case}/reviews", json={"decision": "confirmed", "reason": "已看过原文"})
    for status in ("verified", "rectified", "closed"):
        client.post(f"/v1/cases/{case}/status", json={"status": status, "reason": "见询问笔录"})
    with store.session() as session:
        session.get_one(Case, case).created_at = datetime(2026, 10, 8, tzinfo=UTC)
        days = {"verified": datetime(2026, 10, 9, tzinfo=UTC), "rectified": datetime(2026, 10, 31, 15, tzinfo=UTC),
                "closed": datetime(2026, 10, 31, 16, tzinfo=UTC)}  # fmt: skip
        for event in session.scalars(select(CaseEvent).where(CaseEvent.kind == "status")):
            event.created_at = days[event.details["to"]["status"]]


def plain(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(re.sub(r"<[^>]+>|\s+", "", answer.text))


def test_statistics_monthly_report_counts_the_month(client: TestClient, october: None) -> None:
    shown = plain(client, "/statistics/report?month=2026-10")
    for words in (
        "2026年10月（2026-10-01至2026-10-31）", "发现线索3条，涉及广告3条、用人单位3家、发布平台2个。立案1件。",
        "线索31+2", "涉嫌违法31+2", "待核000", "已复核10+1", "立案1", "转为“已核实”1", "转为“已整改”1", "转为“结案”0",
        "2026-09-28至10-04220122", "机器判断不算复核", "编制：admin",
    ):  # fmt: skip
        assert words in shown, words
    assert "转为“结案”1" in plain(client, "/statistics/report?month=2026-11")
    assert (
        'rel="next" href="/statistics/report?month=2026-11"'
        in client.get("/statistics/report?month=2026-10").text
    )
    assert client.get("/statistics/report?month=2026-13").status_code == 422


@pytest.mark.parametrize("role", list(Role))
def test_statistics_pages_by_role(role: Role, login_as: LoginAs, seeded: Seeded) -> None:
    who = login_as(role, organisation="某机构" if role is Role.AGENCY else None)
    for path in ("/statistics", "/statistics/report"):
        answer = who.get(path)
        assert answer.status_code == (403 if role is Role.COMPLAINT_DESK else 200), path
    exports = role not in (Role.COMPLAINT_DESK, Role.AUDITOR)
    assert ("/v1/exports/statistics" in who.get("/statistics").text) == exports
    assert (who.get("/v1/exports/statistics").status_code == 200) == exports


def test_statistics_tell_an_agency_of_its_own_and_of_no_review(
    client: TestClient, login_as: LoginAs, october: None, store: Store
) -> None:
    agency = login_as(Role.AGENCY, organisation="某机构")
    ad = {
        "text": "招客服，限女性。",
        "employer": "自有客户公司",
        "publisher": "甲招聘网",
        "url": "https://own.example/1",
    }
    agency.post("/v1/scan", json={**ad, "fields": {"工作城市": "延吉市"}, "store": True})
    (own,) = agency.get("/v1/findings").json()["items"]
    client.post(f"/v1/findings/{own['id']}/reviews", json={"decision": "confirmed", "reason": "已看过原文"})
    other = publisher_id(store, "乙招聘网")
    sheets = workbook(agency, f"publisher_id={other}")
    assert "乙招聘网" not in str(sheets)
    sheets = workbook(agency)
    assert sheets["用人单位"][1][0] == "自有客户公司"
    assert {"按人工复核结论", "案件状态"}.isdisjoint(sheets)
    for text in (plain(agency, "/statistics"), plain(agency, "/statistics/report"), str(sheets["按类别"])):
        for secret in ("甲样例厂", "乙招聘网", "长春", "成立", "立案1", "转为"):
            assert secret not in text, secret
    assert "已复核" not in str(sheets["按类别"])
    assert agency.get("/v1/statistics/findings", params={"by": "decision"}).status_code == 403


def test_statistics_region_decision_week_of_the_api(client: TestClient, seeded: Seeded) -> None:
    def named(by: str) -> dict[str, int]:
        groups = client.get("/v1/statistics/findings", params={"by": by}).json()["groups"]
        return {group["name"]: group["counts"]["findings"] for group in groups}

    assert named("all") == {"合计": 5}
    assert named("region") == {"长春": 3, "吉林": 1, "地区不详": 1}
    assert named("decision") == {"未复核": 5}
    assert named("week") == {"2026-11-02 至 11-08": 1, "2026-10-05 至 10-11": 1, "2026-09-28 至 10-04": 3}
