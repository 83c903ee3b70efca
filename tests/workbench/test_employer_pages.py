"""Employers and platforms: figures against a seed counted by hand, merging, roles, hostile names."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update

from api.cases.workflow import today
from api.store.accounts import Role
from api.store.ads import Employer, Publisher, StoredFinding
from api.store.base import now
from api.store.cases import CaseEvent

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from api.store.engine import Store
    from tests.service_fixtures import LoginAs

pytestmark = pytest.mark.parametrize("database", ["sqlite"])
ATTACK = "<img src=x onerror=alert(1)><script>alert(2)</script>"
NAME = "长春示例商贸有限公司"
GUARD = "招保安两名，限男性，包吃住，月薪四千五，做六休一，有保安证优先，地点在样例大街。"
SEED: tuple[dict[str, Any], ...] = (
    {"text": GUARD, "title": "保安", "publisher": "甲招聘网", "url": "https://a.example/1",
     "fields": {"工作城市": "长春市", "招聘人数": "3人"}},
    {"text": GUARD, "title": "保安", "publisher": "乙招聘网", "url": "https://b.example/1",
     "fields": {"工作城市": "吉林市", "招聘人数": "3人"}},
    {"text": "招客服，已婚已育优先。", "title": "客服", "publisher": "甲招聘网", "url": "https://a.example/2",
     "fields": {"工作城市": "长春市", "招聘人数": "5-8"}},
    {"text": "招前台，限女性，会用办公软件。", "title": "前台", "publisher": "甲招聘网", "url": "https://a.example/3",
     "fields": {"工作城市": "长春市", "招聘人数": "若干"}},
    {"text": "招会计，有会计证，三年经验。", "title": "会计", "publisher": "丙招聘网", "url": "https://c.example/1",
     "fields": {"工作城市": "四平市", "招聘人数": "9人"}},
)  # fmt: skip
"""Five ads: a copy of the first on a second board, one that favours women, one without fault."""
Keep = Callable[..., str]


@pytest.fixture
def keep(client: TestClient) -> Keep:
    """`keep(text=…)` stores an ad of NAME; gives its id."""

    def keeping(by: TestClient = client, **parts: Any) -> str:
        answer = by.post("/v1/scan", json={"employer": NAME, **parts, "store": True})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["stored"]["ad_id"])

    return keeping


@pytest.fixture
def seeded(keep: Keep, store: Store) -> str:
    """The employer's id."""
    for ad in SEED:
        keep(**ad)
    return named(store, NAME)


def named(store: Store, name: str, model: Any = Employer) -> str:
    with store.reading() as session:
        return str(session.scalars(select(model.id).where(model.name == name)).one())


def text_of(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(re.sub(r"<[^>]+>|\s+", "", answer.text))


def findings_of(client: TestClient, ad_id: str) -> list[str]:
    return [found["id"] for found in client.get("/v1/findings", params={"ad_id": ad_id}).json()["items"]]


def corrected(client: TestClient, ad_id: str) -> dict[str, Any]:
    """A case about the ad, taken to 已整改."""
    case: dict[str, Any] = client.post("/v1/cases", json={"finding_ids": findings_of(client, ad_id)}).json()
    client.post(f"/v1/cases/{case['id']}/reviews", json={"decision": "confirmed", "reason": "已看过原文"})
    for status in ("verified", "rectified"):
        body = {"status": status, "reason": "见询问笔录"}
        assert client.post(f"/v1/cases/{case['id']}/status", json=body).status_code < 300
    return case


def test_employer_figures_are_those_counted_by_hand(client: TestClient, seeded: str) -> None:
    detail = client.get(f"/v1/employers/{seeded}").json()
    assert detail["reach"] == {
        "ads": 5, "flagged_ads": 4, "violations": 4, "groups": 4, "counterparts": 3, "regions": 3, "sightings": 5,
    }  # fmt: skip
    assert detail["openings"] == 3 + 5
    shown = text_of(client, f"/employers/{seeded}")
    for words in (
        "5广告", "4有线索的广告", "4涉嫌违法线索", "4去副本后广告", "8有线索广告写明的招聘人数", "3发布平台", "3地区", "5采集次数",
        "涉嫌违法和待核的线索4条；不计“限女/偏女”的，为3条，涉及广告3条",
        "经人复核成立的0条，不成立的0条，属例外的0条，尚未复核的4条",
        "有线索的广告4条，见于2个平台、2个地区；写明的招聘人数合计8人",
        "限定性别33003", "还没有案件整改", "第七十七条第（二）项", "侵害妇女平等就业权益",
    ):  # fmt: skip
        assert words in shown, words


def test_employer_repeats_count_what_was_found_after_the_correction(
    client: TestClient, keep: Keep, seeded: str, store: Store
) -> None:
    case = corrected(client, keep(**SEED[0]))
    shown = text_of(client, f"/employers/{seeded}")
    assert "整改后没有再发现线索" in shown
    again = keep(text="招搬运工，限男性，日结。", url="https://a.example/7")
    keep(text="招文员，已婚已育优先，双休。", url="https://a.example/8", posted_on=str(today()))
    keep(text="招司机，限男性，跑省内。", url="https://a.example/9", posted_on="2020-01-01")
    wrong = keep(text="招保洁，限女性，早班。", url="https://a.example/10")
    (dismissed,) = findings_of(client, wrong)
    client.post(f"/v1/findings/{dismissed}/reviews", json={"decision": "dismissed", "reason": "并非招聘"})
    (told,) = client.get(f"/v1/employers/{seeded}").json()["repeats"]
    counted = {name: told[name] for name in ("number", "findings", "ads", "alike", "earlier")}
    assert counted == {"number": case["number"], "findings": 2, "ads": 2, "alike": 1, "earlier": 1}
    with store.session() as session:
        longer_ago = now() - timedelta(days=9)
        session.execute(
            update(StoredFinding).where(StoredFinding.ad_id == again).values(created_at=longer_ago)
        )
    (told,) = client.get(f"/v1/employers/{seeded}").json()["repeats"]
    assert (told["findings"], told["alike"]) == (1, 0)


def test_employer_repeats_begin_with_the_first_correction(
    client: TestClient, keep: Keep, seeded: str, store: Store
) -> None:
    case = corrected(client, keep(**SEED[0]))
    keep(text="招搬运工，限男性，日结。", url="https://a.example/7")
    for status in ("refused", "rectified"):
        client.post(f"/v1/cases/{case['id']}/status", json={"status": status, "reason": "见询问笔录"})
    (told,) = client.get(f"/v1/employers/{seeded}").json()["repeats"]
    assert told["findings"] == 1
    with store.reading() as session:
        assert len(list(session.scalars(select(CaseEvent).where(CaseEvent.kind == "status")))) == 4


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("findings", ["丙厂", "乙厂", "甲厂"]),
        ("ads", ["甲厂", "丙厂", "乙厂"]),
        ("name", ["丙厂", "乙厂", "甲厂"]),
        ("last_seen", ["乙厂", "丙厂", "甲厂"]),
    ],
)
def test_employers_list_in_order(order: str, names: list[str], client: TestClient, keep: Keep) -> None:
    for number in range(3):
        keep(employer="甲厂", text="招会计，有会计证。", url=f"https://a.example/{number}")
    keep(employer="丙厂", text="招焊工，限男性。面试须说明婚育情况。", url="https://a.example/4")
    keep(employer="乙厂", text="招电工，限男性。", url="https://a.example/5")
    listed = client.get("/v1/employers", params={"order": order}).json()["items"]
    assert [one["name"] for one in listed] == names
    shown = client.get(f"/employers?order={order}&words=").text
    assert sorted(names, key=shown.index) == names


def test_employers_are_found_by_name_and_hostile_signs_are_only_signs(client: TestClient, keep: Keep) -> None:
    keep(employer="百分%厂", text="招会计。")
    keep(employer="下划线厂", text="招会计。")
    assert [one["name"] for one in client.get("/v1/employers?words=%25").json()["items"]] == ["百分%厂"]
    assert "下划线厂" not in text_of(client, "/employers?words=%25")
    assert "没有名称含“不存在”的用人单位" in text_of(client, "/employers?words=不存在")


def test_employer_merge_moves_ads_and_says_where_they_are(
    client: TestClient, seeded: str, store: Store, keep: Keep
) -> None:
    keep(employer="长春示例商贸有限公司朝阳分公司", text="招焊工，限男性。", url="https://a.example/20")
    branch = named(store, "长春示例商贸有限公司朝阳分公司")
    assert "名称相似100%" in text_of(client, f"/employers/{branch}")
    body = {"into_id": seeded, "reason": "经核对为同一单位"}
    assert client.post(f"/v1/employers/{branch}/merge", json=body).status_code == 200
    merged = client.get(f"/employers/{branch}").text
    assert f'并入<a href="/employers/{seeded}">' in merged
    assert "data-direction" not in merged
    shown = text_of(client, f"/employers/{seeded}")
    assert "6广告" in shown
    assert "已并入的名称长春示例商贸有限公司朝阳分公司" in shown
    assert "长春示例商贸有限公司朝阳分公司（1次）" in shown


def test_publisher_page_tells_of_its_employers(
    client: TestClient, seeded: str, keep: Keep, store: Store
) -> None:
    keep(employer="另一样例厂", text="招焊工，限男性。", publisher="甲招聘网", url="https://a.example/30")
    publisher = named(store, "甲招聘网", Publisher)
    corrected(client, keep(**SEED[0]))
    shown = text_of(client, f"/publishers/{publisher}")
    for words in (
        "4广告", "4有线索的广告", "2用人单位", "1地区", "见到的广告4条，有线索的4条（100.0%）",
        f"{NAME}33133", "另一样例厂11011", "已整改11011", "有线索的广告涉及2家用人单位、1个地区",
    ):  # fmt: skip
        assert words in shown, words
    assert "甲招聘网招聘平台44" in text_of(client, "/publishers?kind=platform")
    assert "没有符合条件的平台" in text_of(client, "/publishers?kind=agency")
    change = {"kind": "agency", "reason": "持人力资源服务许可证"}
    assert client.patch(f"/v1/publishers/{publisher}", json=change).status_code == 200
    assert "人力资源服务机构" in text_of(client, f"/publishers/{publisher}")


@pytest.mark.parametrize("role", list(Role))
def test_employer_pages_by_role(role: Role, login_as: LoginAs, keep: Keep, seeded: str, store: Store) -> None:
    who = login_as(role, organisation="某机构" if role is Role.AGENCY else None)
    publisher = named(store, "甲招聘网", Publisher)
    for path in (f"/employers/{seeded}", f"/publishers/{publisher}"):
        answer = who.get(path)
        assert answer.status_code == (404 if role is Role.AGENCY else 200), path
        if role is not Role.AGENCY:
            merges = role in (Role.SUPERVISOR, Role.ADMIN)
            assert ("<dialog" in answer.text) == merges
            assert ("/v1/exports/findings" in answer.text) == (
                role not in (Role.COMPLAINT_DESK, Role.AUDITOR)
            )


def test_employer_pages_show_an_agency_its_own_only(
    login_as: LoginAs, keep: Keep, seeded: str, client: TestClient, store: Store
) -> None:
    agency = login_as(Role.AGENCY, organisation="某机构")
    assert "还没有用人单位" in text_of(agency, "/employers")
    own = keep(by=agency, text="招客服，限女性。", publisher="甲招聘网", url="https://own.example/1")
    corrected(client, own)
    listed = agency.get("/v1/employers").json()["items"]
    assert [(one["name"], one["ads"], one["findings"]) for one in listed] == [(NAME, 1, 1)]
    for path in (f"/employers/{seeded}", f"/publishers/{named(store, '甲招聘网', Publisher)}"):
        shown = text_of(agency, path)
        assert "1广告" in shown
        for secret in ("公益诉讼", "整改", "已复核", "成立", "保安", "案件编号", "/cases"):
            assert secret not in shown, (path, secret)
    assert "乙招聘网" not in text_of(agency, "/publishers")


def test_employer_hostile_names_stay_text(client: TestClient, keep: Keep, store: Store) -> None:
    for employer in (f"甲{ATTACK}", f"甲{ATTACK}朝阳分公司"):
        keep(employer=employer, publisher=f"网{ATTACK}", text="招焊工，限男性。", title=ATTACK, url="javascript:alert(1)",
             fields={"工作城市": "<b>市"})  # fmt: skip
    employer, publisher = named(store, f"甲{ATTACK}"), named(store, f"网{ATTACK}", Publisher)
    paths = ("/employers", f"/employers/{employer}", "/publishers", f"/publishers/{publisher}", "/statistics",
             "/statistics/report", f"/employers?words={ATTACK[:20]}")  # fmt: skip
    for path in paths:
        shown = client.get(path).text
        assert "<img src=x" not in shown, path
        assert "<script>" not in shown, path
        assert 'href="javascript' not in shown, path
    assert "&lt;img src=x" in client.get(f"/employers/{employer}").text


@pytest.mark.parametrize(
    "path", ["/employers", "/publishers", f"/employers/{'0' * 32}", "/statistics", "/statistics/report"]
)
def test_employer_pages_send_visitors_to_the_login(path: str, anonymous: TestClient) -> None:
    answer = anonymous.get(path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"][:13]) == (303, "/login?next=/")
