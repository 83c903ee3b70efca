"""Cases in a real browser: from a finding to closure, a second look, hand-over, standing orders, hostile text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from api.cases.workflow import today
from api.store.accounts import Role
from tests.workbench.browsing import PHONE, PageAs, assert_accessible
from tests.workbench.service import Served

LATER = (today() + timedelta(days=30)).isoformat()
ATTACK = "<img src=x onerror=alert(1)>"
NewCase = Callable[..., dict[str, Any]]


@pytest.fixture
def new_case(served: Served) -> NewCase:
    """`new_case("text", employer)` keeps an ad of its own and opens its case; `reviewed` confirms its findings."""

    def opening(text: str, employer: str, *, reviewed: bool = False, **more: str) -> dict[str, Any]:
        with served.api_as(Role.INSPECTOR) as client:
            ad = {"title": "保安", "text": text, "employer": employer, **more, "store": True}
            ad_id = client.post("/v1/scan", json=ad).json()["stored"]["ad_id"]
            found = client.get("/v1/findings", params={"ad_id": ad_id}).json()["items"]
            case: dict[str, Any] = client.post(
                "/v1/cases", json={"finding_ids": [one["id"] for one in found]}
            ).json()
            if reviewed:
                said = {"decision": "confirmed", "reason": "已看过原文"}
                assert client.post(f"/v1/cases/{case['id']}/reviews", json=said).status_code == 201
        return case

    return opening


def said(page: Page, text: str) -> None:
    """What was done is told on the page that follows."""
    expect(page.locator("#toasts")).to_contain_text(text)


def take(page: Page, button: str, deadline: str = "") -> None:
    """One step through its dialog."""
    page.get_by_role("button", name=f"转为{button}").first.click()
    dialog = page.get_by_role("dialog")
    if deadline:
        dialog.get_by_label("期限").fill(deadline)
    dialog.get_by_label("理由").fill("经电话核实，单位承认")
    dialog.get_by_role("button", name=f"转为{button}").click()
    said(page, f"已转为“{button}”")


@pytest.mark.slow
def test_case_from_finding_to_closure(served: Served, page_as: PageAs, tmp_path: Path) -> None:
    """The whole course: open from a finding, review, verify, order, second look, rectified, closed."""
    with served.api_as(Role.INSPECTOR) as client:
        ad = {
            "title": "搬运工",
            "text": "招搬运工三名，限男性，日结。",
            "employer": "全程样例货运有限公司",
            "store": True,
        }
        ad_id = client.post("/v1/scan", json=ad).json()["stored"]["ad_id"]
        finding = client.get("/v1/findings", params={"ad_id": ad_id}).json()["items"][0]["id"]
    page = page_as(Role.INSPECTOR, "/cases")
    module = (
        page.locator("script[src$='js/shell.js']").get_attribute("src").replace("shell.js", "case_open.js")
    )
    page.evaluate(
        "([module, id]) => { import(module).then(({ openCase }) => openCase([id])); }", [module, finding]
    )
    page.get_by_role("dialog").get_by_role("button", name="立案").click()
    said(page, "线索已归入案件")
    page.get_by_role("button", name="打开案件").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("全程样例货运有限公司：限定性别")
    expect(page.locator("mark")).to_have_text("限男性")
    expect(page.get_by_role("button", name="转为已核实")).to_be_disabled()
    page.get_by_role("group", name="复核全部线索").get_by_role("button", name="成立", exact=True).click()
    page.get_by_role("button", name="已看过原文，限制明确").click()
    page.get_by_role("dialog").get_by_role("button", name="复核", exact=True).click()
    said(page, "已复核")
    take(page, "已核实")
    take(page, "责令改正", LATER)
    page.get_by_role("textbox", name="备注").fill("周三上午可接待")
    page.get_by_role("button", name="添加备注").click()
    said(page, "已添加备注")
    proof = tmp_path / "责令改正书.txt"
    proof.write_text("责令改正")
    page.get_by_label("添加附件").set_input_files(proof)
    page.get_by_role("button", name="上传").click()
    said(page, "已添加 1 个附件")
    with page.expect_download() as download:
        page.get_by_role("link", name="责令改正书.txt").click()
    assert download.value.path().read_text() == "责令改正"
    with page.expect_download() as download:
        page.get_by_role("link", name="导出证据包").click()
    assert download.value.suggested_filename.startswith("证据包-")

    page.get_by_role("link", name="复查", exact=True).click()
    page.get_by_label("正文").fill("招搬运工三名，男女不限，日结。")
    page.get_by_label("复查情况").fill("到期回访，重新打开原网页查看")
    page.get_by_role("button", name="复查").click()
    said(page, "已复查")
    expect(page.locator("del").first).to_have_text("限男性")
    expect(page.locator("ins").first).to_have_text("男女不限")
    assert_accessible(page)
    take(page, "已整改")
    expect(page.get_by_role("heading", level=1)).to_have_text("全程样例货运有限公司：限定性别")
    take(page, "结案")
    expect(page.get_by_text("本案已结案")).to_be_visible()
    expect(page.get_by_role("button", name="转为")).to_have_count(0)
    course = page.get_by_role("list").filter(has_text="立案").last
    for words in (
        "已整改 → 结案",
        "责令改正 → 已整改",
        "复查：已没有涉嫌违法",
        "周三上午可接待",
        "添加附件 责令改正书.txt",
    ):
        expect(course).to_contain_text(words)
    assert_accessible(page)


def test_case_refusal_is_told_in_its_dialog(page_as: PageAs, new_case: NewCase, served: Served) -> None:
    case = new_case("招电工，限男性，持证。", "慢半拍样例公司", reviewed=True)
    page = page_as(Role.INSPECTOR, f"/cases/{case['id']}", refusals=True)
    with served.api_as(Role.INSPECTOR) as client:
        step = {"status": "verified", "reason": "别人先转了"}
        assert client.post(f"/v1/cases/{case['id']}/status", json=step).status_code == 200
    page.get_by_role("button", name="转为已核实").click()
    page.get_by_role("dialog").get_by_label("理由").fill("电话核实")
    page.get_by_role("dialog").get_by_role("button", name="转为已核实").click()
    expect(page.get_by_role("alert")).to_contain_text("E660")


def test_case_recheck_of_what_did_not_change(page_as: PageAs, new_case: NewCase) -> None:
    case = new_case("招门卫，限男性。\r\n夜班。", "换行样例公司", reviewed=True)
    page = page_as(Role.INSPECTOR, f"/cases/{case['id']}/recheck")
    expect(page.get_by_text("没有新的采集记录").first).to_be_visible()
    page.get_by_role("button", name="与上次所见相同").click()
    page.get_by_label("复查情况").fill("重新看过")
    page.get_by_role("button", name="复查").click()
    said(page, "已复查")
    expect(page.get_by_text("内容没有改动").first).to_be_visible()
    expect(page.get_by_text("仍有：限男性")).to_be_visible()


def test_case_assigning_labels_deadline_and_handover(page_as: PageAs, new_case: NewCase) -> None:
    case = new_case("招焊工，限男性，自带工具。", "移交样例公司")
    path = f"/cases/{case['id']}"
    page = page_as(Role.SUPERVISOR, path)
    page.get_by_role("button", name="分派", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("承办人").select_option(label="王审核（审核负责人）")
    dialog.get_by_label("理由").fill("按片区分派")
    dialog.get_by_role("button", name="分派", exact=True).click()
    said(page, "已分派")
    page.get_by_role("button", name="设置标签").click()
    page.get_by_role("dialog").get_by_label("标签", exact=True).fill("重点行业、劳务派遣 重点行业")
    page.get_by_role("dialog").get_by_role("button", name="保存").click()
    said(page, "已设置标签")
    expect(page.locator(".case-facts .badge.label")).to_have_text(["重点行业", "劳务派遣"])
    page.get_by_role("button", name="变更期限").click()
    page.get_by_role("dialog").get_by_label("新的期限").fill("")
    page.get_by_role("dialog").get_by_label("理由").fill("暂缓办理")
    page.get_by_role("dialog").get_by_role("button", name="变更").click()
    said(page, "已变更期限")
    expect(page.locator(".case-facts")).to_contain_text("无期限")

    page.goto("/cases/handover")
    assert_accessible(page)
    page.get_by_label("移出人").select_option(
        page.locator("#from option", has_text="王审核").get_attribute("value")
    )
    page.get_by_label("接收人").select_option(label="李监察（监察员）")
    page.get_by_role("button", name="休假期间").click()
    page.get_by_role("button", name="移交", exact=True).click()
    said(page, "已移交")
    expect(page.get_by_role("cell", name="李监察").first).to_be_visible()
    page.goto(path)
    expect(page.get_by_text("由 王审核 移交给 李监察")).to_be_visible()


def test_case_rules_are_made_changed_and_switched_off(page_as: PageAs) -> None:
    page = page_as(Role.SUPERVISOR, "/cases/rules")
    page.get_by_role("button", name="新增规则").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名称").fill(f"'\"{ATTACK}")
    dialog.get_by_label("妊娠测试").check()
    dialog.get_by_label("同一用人单位至少有几条广告符合").fill("9000")
    assert_accessible(page)
    dialog.get_by_role("button", name="保存").click()
    said(page, "已保存规则")
    row = page.get_by_role("row").filter(has_text=ATTACK)
    expect(row).to_contain_text("妊娠测试")
    expect(row).to_contain_text("启用")
    row.get_by_role("button").click()
    expect(dialog.get_by_label("名称")).to_have_value(f"'\"{ATTACK}")
    expect(dialog.get_by_label("妊娠测试")).to_be_checked()
    dialog.get_by_label("启用").uncheck()
    dialog.get_by_role("button", name="保存").click()
    said(page, "已保存规则")
    expect(row).to_contain_text("停用")
    assert_accessible(page)


def test_case_hostile_text_stays_text(page_as: PageAs, new_case: NewCase, served: Served) -> None:
    employer, name = f"甲{ATTACK}", "<svg onload=alert(3)>.txt"
    case = new_case(f"招保安，限男性。{ATTACK}", employer, title=ATTACK, url="javascript:alert(1)")
    base = f"/v1/cases/{case['id']}"
    with served.api_as(Role.INSPECTOR) as client:
        client.post(f"{base}/attachments", files={"file": (name, b"abc")})
        client.put(f"{base}/labels", json={"labels": [ATTACK]})
    page = page_as(Role.INSPECTOR, f"/cases/{case['id']}")
    page.get_by_role("textbox", name="备注").fill(ATTACK)
    page.get_by_role("button", name="添加备注").click()
    said(page, "已添加备注")
    for path in (
        f"/cases/{case['id']}",
        f"/cases/{case['id']}/recheck",
        "/cases?words=onerror",
        "/cases?view=list&words=onerror",
    ):
        page.goto(path)
        expect(page.locator("main").get_by_text(ATTACK).first).to_be_visible()
        assert page.locator("main img, main script, main svg[onload], a[href^=javascript]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_case_pages_are_accessible(scheme: str, page_as: PageAs, new_case: NewCase) -> None:
    case = new_case("招叉车工，限男性，有证。", f"无障碍{scheme}样例公司")
    page = page_as(Role.SUPERVISOR, "/cases", color_scheme=scheme)
    assert_accessible(page)
    for path in ("/cases?view=list", f"/cases/{case['id']}", "/cases/rules"):
        page.goto(path)
        assert_accessible(page)


def test_case_pages_fit_a_phone(page_as: PageAs, new_case: NewCase) -> None:
    case = new_case("招库管，限男性，能值夜班。", "手机样例公司")
    page = page_as(Role.INSPECTOR, "/cases", viewport=PHONE)
    for path in ("/cases", "/cases?view=list", f"/cases/{case['id']}", f"/cases/{case['id']}/recheck"):
        page.goto(path)
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), path


@pytest.mark.parametrize(("role", "path"), [(Role.AGENCY, "/cases"), (Role.INSPECTOR, "/cases/handover")])
def test_case_forbidden_pages_say_so(role: Role, path: str, page_as: PageAs) -> None:
    page = page_as(role, path, refusals=True)
    expect(page.get_by_text("E623")).to_be_visible()
    assert page.request.get(path).status == 403


def test_case_by_keyboard_only(page_as: PageAs, new_case: NewCase) -> None:
    case = new_case("招司机，限男性，跑长途。", "键盘样例公司", reviewed=True)
    page = page_as(Role.INSPECTOR, f"/cases/{case['id']}")
    page.keyboard.press("n")
    expect(page.get_by_role("textbox", name="备注")).to_be_focused()
    page.get_by_role("button", name="转为已核实").focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_label("理由").focus()
    page.keyboard.type("电话核实")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said(page, "已转为“已核实”")
