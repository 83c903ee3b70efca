"""线索核查 in a browser: the whole queue by keyboard, blind second reviews, hostile text, screens."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from api.store.accounts import Role
from tests.workbench.browsing import PHONE, PageAs, assert_accessible
from tests.workbench.service import NAMES, Served

_TEXTS = (
    "门卫一名，限男性，夜班，第{}号岗亭。",
    "前台一名，形象好，女士优先，第{}分部。",
    "文员一名，要求已婚已育，两年经验，第{}分部。",
    "店员若干，入职签协议，三年内不得怀孕，第{}门店。",
)
_numbers = count(1)


@pytest.fixture
def batch(served: Served) -> str:
    """Four findings of this test's own; the address of their queue."""
    number = next(_numbers)
    rows = [
        {"职位名称": f"岗位{at}", "正文": text.format(number), "用人单位": f"核查样例{number}{at}有限公司"}
        for at, text in enumerate(_TEXTS)
    ]
    return f"/review?batch_id={served.upload(f'核查{number}.csv', rows)}"


def queue(
    served: Served, address: str, state: str = "all", role: Role = Role.INSPECTOR
) -> list[dict[str, Any]]:
    with served.api_as(role) as client:
        found = client.get("/v1/queue", params={"batch_id": address.split("batch_id=")[1], "state": state})
        items: list[dict[str, Any]] = found.json()["items"]
    return items


def decisions(served: Served, address: str) -> list[str | None]:
    return [item["finding"]["decision"] for item in queue(served, address)]


def row(page: Page, at: int) -> Any:
    return page.locator("#rows .row").nth(at)


def is_open(page: Page, at: int) -> None:
    """The row is the current one, and its ad stands beside the queue."""
    expect(row(page, at).locator("a")).to_have_attribute("aria-current", "true")
    wanted = row(page, at).get_attribute("data-id")
    expect(page.locator(".dossier")).to_have_attribute("data-id", str(wanted))


def test_review_whole_queue_by_keyboard(page_as: PageAs, served: Served, batch: str) -> None:
    page = page_as(Role.INSPECTOR, batch)
    press = page.keyboard.press
    is_open(page, 0)
    press("j")
    is_open(page, 1)
    press("k")
    is_open(page, 0)
    press("c")
    expect(row(page, 0)).to_contain_text("成立")
    is_open(page, 1)
    press("Shift+D")
    expect(page.get_by_role("dialog")).to_contain_text("判为“不成立”")
    page.keyboard.insert_text("，另附说明")
    for _ in range(2):
        press("Tab")
    press("Enter")
    expect(page.get_by_label("理由（写入案件和审计记录）")).to_have_value("识别有误，原文无此意思")
    page.get_by_role("dialog").get_by_role("button", name="不成立").focus()
    press("Enter")
    expect(row(page, 1)).to_contain_text("不成立")
    is_open(page, 2)
    assert decisions(served, batch) == ["confirmed", "dismissed", None, None]
    press("u")
    is_open(page, 1)
    expect(row(page, 1)).not_to_have_class("done")
    assert decisions(served, batch) == ["confirmed", None, None, None]
    for key in ("x", "j", "x", "j", "x"):
        press(key)
    expect(page.locator("#count")).to_have_text("已选 3 条")
    press("e")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("把选中的 3 条判为“属例外”")
    dialog.get_by_role("button", name="属例外", exact=True).focus()
    press("Enter")
    expect(page.get_by_role("heading", name="没有符合条件的线索")).to_be_visible()
    assert decisions(served, batch) == ["confirmed", "exception", "exception", "exception"]
    page.wait_for_load_state()
    press("u")
    expect(page.locator(".dossier")).to_be_visible()
    assert decisions(served, batch) == ["confirmed", None, None, None]


def test_review_filters_and_keys_are_found_without_a_mouse(page_as: PageAs, batch: str) -> None:
    page = page_as(Role.INSPECTOR, batch)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("属例外（按所选理由）")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_label("用人单位")).to_be_focused()
    page.keyboard.insert_text("核查样例")
    page.keyboard.press("Enter")
    page.wait_for_url("**employer=*")
    expect(page.locator("#rows .row")).to_have_count(4)
    page.get_by_label("类别").select_option("gender_preference")
    page.wait_for_url("**category=gender_preference*")
    expect(page.locator("#rows .row")).to_have_count(1)


def test_review_case_is_opened_from_the_queue(page_as: PageAs, served: Served, batch: str) -> None:
    page = page_as(Role.INSPECTOR, batch)
    is_open(page, 0)
    page.keyboard.press("o")
    page.get_by_role("dialog").get_by_label("案由").press("Enter")
    expect(page.locator(".dossier")).to_contain_text("所在案件")
    expect(page.locator(".dossier a[href^='/cases/']")).to_have_count(1)


def test_review_near_copies_are_judged_together_or_alone(page_as: PageAs, served: Served) -> None:
    text = "招保安两名，限男性，包吃住，负责小区东门的门岗值守、车辆登记和夜间巡逻，每班十二小时，月休四天，联系人{}。"
    rows = [
        {
            "职位名称": "保安",
            "正文": text.format(mark),
            "用人单位": "核查近似样例有限公司",
            "发布平台": f"{mark}网",
        }
        for mark in "甲乙丙"
    ]
    address = f"/review?batch_id={served.upload('近似.csv', rows)}"
    page = page_as(Role.INSPECTOR, address)
    expect(page.locator("#rows .row")).to_have_count(1)
    expect(row(page, 0)).to_contain_text("3 条")
    page.get_by_text("近似广告 3 条").click()
    page.locator(".copies a").last.click()
    expect(page.locator(".copies li").last).to_have_attribute("aria-current", "true")
    page.keyboard.press("b")
    page.keyboard.press("c")
    expect(page.locator(".copies summary")).to_contain_text("2 条线索尚未核查")
    (item,) = queue(served, address)
    assert (item["ads"], item["unreviewed"]) == (3, 2)
    page.keyboard.press("c")
    expect(page.get_by_role("heading", name="没有符合条件的线索")).to_be_visible()


def test_review_second_person_judges_blind_and_sees_kappa(
    page_as: PageAs, served: Served, batch: str
) -> None:
    with served.api_as(Role.SUPERVISOR) as client:
        for at, item in enumerate(queue(served, batch, role=Role.SUPERVISOR)):
            decision = "confirmed" if at % 2 else "dismissed"
            body = {"ids": [item["id"]], "decision": decision, "reason": f"首次核查的理由{at}"}
            assert client.post("/v1/queue/reviews", json=body).status_code == 201
    page = page_as(Role.INSPECTOR, f"{batch}&state=second")
    for at in range(4):
        is_open(page, at)
        expect(page.locator(".dossier")).to_contain_text("请独立判断")
        seen = page.content()
        assert "首次核查的理由" not in seen
        assert NAMES[Role.SUPERVISOR] not in page.locator("#review").inner_text()
        page.keyboard.press("c")
        if at < 3:
            expect(row(page, at)).to_contain_text("成立")
            expect(page.locator("#agreement")).to_contain_text(NAMES[Role.SUPERVISOR])
    expect(page.get_by_role("heading", name="没有符合条件的线索")).to_be_visible()
    cells = page.locator("#agreement tbody td").all_inner_texts()
    assert cells == [NAMES[Role.SUPERVISOR], "4", "50.0%", "0.00"]
    page.goto(f"{batch}&state=disputed")
    expect(page.locator("#rows .row")).to_have_count(2)
    expect(page.locator(".dossier")).to_contain_text("首次核查的理由")


def test_review_hostile_text_stays_text(page_as: PageAs, served: Served) -> None:
    evil = "<img src=x onerror=\"document.title='上当'\"><script>document.title='上当'</script>"
    ad = {
        "职位名称": f"{evil}店长",
        "正文": f"{evil}门店日常管理，限女性。</dd></dl><b>粗</b>",
        "用人单位": f"{evil}百货有限公司",
        "发布平台": f"{evil}网",
        "工作地点": '"><i>四平市</i>',
    }
    address = f"/review?batch_id={served.upload('敌意.csv', [ad])}"
    page = page_as(Role.INSPECTOR, address)
    expect(page.locator(".dossier h2")).to_have_text(f"{evil}店长")
    expect(page.locator(".dossier .words")).to_contain_text("<b>粗</b>")
    page.keyboard.press("Shift+C")
    page.get_by_label("理由（写入案件和审计记录）").fill(evil)
    page.get_by_role("dialog").get_by_role("button", name="成立", exact=True).click()
    expect(page.get_by_role("heading", name="没有符合条件的线索")).to_be_visible()
    page.goto(f"{address}&state=mine")
    expect(page.locator(".said").last).to_contain_text(evil)
    page.goto(f"/review?employer={'%3Cscript%3Edocument.title%3D1%3C/script%3E'}")
    expect(page.get_by_label("用人单位")).to_have_value("<script>document.title=1</script>")
    assert page.title() == "线索核查 · 平招"
    assert page.locator("main img, main script").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_review_is_accessible(scheme: str, page_as: PageAs, batch: str) -> None:
    page = page_as(Role.INSPECTOR, batch, color_scheme=scheme)
    is_open(page, 0)
    page.keyboard.press("x")
    assert_accessible(page)
    page.goto(f"{batch}&state=second")
    assert_accessible(page)


def test_review_fits_a_phone(page_as: PageAs, batch: str) -> None:
    page = page_as(Role.INSPECTOR, batch, viewport=PHONE)
    assert_accessible(page)
    row(page, 2).locator("a").click()
    is_open(page, 2)
    page.get_by_role("button", name="不成立").last.click()
    expect(row(page, 2)).to_contain_text("不成立")
