"""The complaint desk in a real browser: from a call note to an answer; who reported is shown behind a reason only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from api.store.accounts import Role
from scanner import Scanner
from tests.workbench.browsing import PHONE, PageAs, assert_accessible
from tests.workbench.desk_service import serving_desk
from tests.workbench.service import Served

NAME, CONTACT = "欧阳晓燕", "13900001234"
EMPLOYER = "长春样例商贸公司"
NOTE = f"我叫{NAME}，去{EMPLOYER}面试，人事说只要男的。我同事怀孕被辞退了，请打{CONTACT}。"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, scanner: Scanner) -> Iterator[Served]:
    """The desk's own service: its reader needs no model."""
    with serving_desk(tmp_path_factory.mktemp("desk"), scanner) as running:
        yield running


def report(served: Served, **parts: str) -> str:
    """One that is written down already; gives its id."""
    with served.api_as(Role.COMPLAINT_DESK) as client:
        told = {"text": NOTE, "channel": "phone", "name": NAME, "employer": EMPLOYER, **parts}
        answer = client.post("/v1/complaints", json=told)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


def said(page: Page, text: str) -> None:
    """What was done is told on the page that follows."""
    expect(page.locator("#toasts")).to_contain_text(text)


def test_complaint_from_a_call_note_to_an_answer(page_as: PageAs, served: Served) -> None:
    """The whole course at the desk."""
    with served.api_as(Role.SUPERVISOR) as client:
        ad = {"title": "文员", "text": "招文员，限男性，双休。", "employer": EMPLOYER, "store": True}
        client.post("/v1/scan", json=ad | {"url": "http://jobs.example/7"})
    report(served, text=f"{EMPLOYER}招人只要男的，我是上周去的。", name="")
    page = page_as(Role.COMPLAINT_DESK, "/complaints/new")
    assert_accessible(page)
    page.get_by_label("反映的内容").fill(NOTE)
    page.get_by_label("姓名").fill(NAME)
    page.get_by_label("联系方式").fill(CONTACT)
    page.get_by_label("用人单位").fill(EMPLOYER)
    page.get_by_label("招聘广告网址").fill("http://jobs.example/7")
    page.get_by_label("投诉或举报").select_option(label="投诉")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#passphrase")).not_to_be_empty()
    page.get_by_role("button", name="去办理").click()
    said(page, "已登记")

    expect(page.locator("mark.judgement").first).to_contain_text("只要男")
    expect(page.locator("mark.signal").first).to_contain_text("怀孕被辞退")
    expect(page.locator(".factors")).to_contain_text("因孕产哺被辞退")
    assert NAME not in page.content()
    assert CONTACT not in page.content()
    assert_accessible(page)
    page.keyboard.press("u")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("较急").check()
    dialog.get_by_label("理由").fill("已经另案处理辞退一事")
    dialog.get_by_role("button", name="调整").click()
    said(page, "已调整紧急程度")
    expect(page.get_by_text("人工调整：已经另案处理辞退一事")).to_be_visible()

    page.get_by_role("button", name="选定", exact=False).first.click()
    dialog.get_by_role("button", name="确定").click()
    said(page, "已确定渠道")
    page.locator("#links").get_by_role("button", name="合并：T").first.click()
    said(page, "已合并")
    expect(page.locator("#links details").first).to_contain_text("已合并 1 项")
    page.locator("#links").get_by_role("button", name="合并：文员").click()
    said(page, "已合并")

    page.get_by_label("模板").select_option(label=page.locator("#template option").nth(1).inner_text())
    expect(page.get_by_label("答复内容")).to_have_value(re.compile(r"编号 T20\d\d-\d{6}。"))
    page.get_by_label("答复内容").fill("已收到，五个工作日内告诉您是否受理。〔日期〕")
    page.get_by_role("button", name="发出答复").click()
    assert (
        page.locator("#reply-text").evaluate("field => field.validationMessage") == "请先填好或删去〔日期〕"
    )
    page.get_by_label("答复内容").fill("已收到，五个工作日内告诉您是否受理。")
    page.get_by_role("button", name="发出答复").click()
    said(page, "已答复")
    page.get_by_role("button", name="已受理").click()
    dialog.get_by_label("理由").fill("符合受理条件")
    dialog.get_by_role("button", name="转为已受理").click()
    said(page, "已转为“已受理”")
    for words in ("待受理 → 已受理", "答复反映人", "合并：其他投诉举报", "合并：招聘广告", "收到"):
        expect(page.locator(".timeline")).to_contain_text(words)
    assert_accessible(page)


def test_complaint_identity_is_shown_once_behind_a_reason(page_as: PageAs, served: Served) -> None:
    key = report(served, contact=CONTACT)
    page = page_as(Role.COMPLAINT_DESK, f"/complaints/{key}", refusals=True)
    page.get_by_role("button", name="查看身份").click()
    dialog = page.locator("#identity")
    dialog.get_by_label("理由").fill(" 。")
    dialog.get_by_role("button", name="查看", exact=True).click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    assert NAME not in page.content()
    dialog.get_by_label("理由").fill("需要电话核实情况")
    dialog.get_by_role("button", name="查看", exact=True).click()
    shown = page.get_by_role("dialog", name="反映人身份", exact=True)
    expect(shown).to_contain_text(NAME)
    expect(shown).to_contain_text(CONTACT)
    shown.get_by_role("button", name="关闭").click()
    said(page, "已记入办理经过和审计日志")
    expect(page.locator(".timeline")).to_contain_text("查看反映人身份")
    assert NAME not in page.content()


def test_complaint_is_seen_by_an_inspector_without_identity_or_steps(page_as: PageAs, served: Served) -> None:
    key = report(served)
    page = page_as(Role.INSPECTOR, f"/complaints/{key}", refusals=True)
    expect(page.get_by_role("heading", name="反映的内容")).to_be_visible()
    expect(page.get_by_role("button", name="查看身份")).to_have_count(0)
    expect(page.locator("main button")).to_have_count(0)
    assert NAME not in page.content()
    refused = page.request.post(f"/v1/complaints/{key}/identity", data={"reason": "想看一看"})
    assert refused.status == 403


def test_complaint_case_is_opened_from_a_joined_ad(page_as: PageAs, served: Served) -> None:
    url = "http://jobs.example/8"
    with served.api_as(Role.SUPERVISOR) as client:
        ad = {
            "title": "保安",
            "text": "招保安，限男性。",
            "employer": "四平样例公司",
            "url": url,
            "store": True,
        }
        client.post("/v1/scan", json=ad)
    page = page_as(Role.SUPERVISOR, f"/complaints/{report(served, ad_url=url)}")
    page.locator("#links").get_by_role("button", name="合并：保安").click()
    said(page, "已合并")
    page.locator("#links").get_by_role("button", name="立案").click()
    page.get_by_role("dialog").get_by_role("button", name="立案").click()
    said(page, "线索已归入案件")
    expect(page.locator("#links details").first).to_contain_text("已合并 2 项")
    expect(page.locator(".timeline")).to_contain_text("合并：案件")


def test_complaint_handoff_copy_for_print_and_as_json(page_as: PageAs, served: Served) -> None:
    page = page_as(Role.COMPLAINT_DESK, f"/complaints/{report(served)}")
    for form in ("JSON 文件", "打印"):
        page.get_by_role("button", name="转办件").click()
        dialog = page.locator("#handoff")
        dialog.get_by_label(form).check()
        dialog.get_by_label("转办理由").fill("请工会协助")
        if form == "打印":
            dialog.get_by_role("button", name="生成").click()
            continue
        with page.expect_download() as download:
            dialog.get_by_role("button", name="生成").click()
        assert download.value.suggested_filename.startswith("转办件-T")
        assert NAME not in download.value.path().read_text("utf-8")
        said(page, "已生成转办件")
    page.wait_for_url("**/handoff")
    expect(page.get_by_role("heading", name="投诉举报转办件")).to_be_visible()
    assert NAME not in page.content()
    assert_accessible(page)


def test_complaint_import_tells_the_rows_that_failed(page_as: PageAs) -> None:
    book = openpyxl.Workbook()
    for row in (("反映内容", "姓名", "单位"), (NOTE, NAME, EMPLOYER), ("", "某某", "无字样例公司")):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    page = page_as(Role.COMPLAINT_DESK, "/complaints/import")
    sheet = {"name": "台账.xlsx", "mimeType": "application/octet-stream", "buffer": file.getvalue()}
    page.get_by_label("表格文件").set_input_files(sheet)
    page.get_by_role("button", name="导入").click()
    expect(page.get_by_text("导入 1 件，1 行没有导入。")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="E")).to_have_count(1)
    assert_accessible(page)


def test_complaint_list_by_keyboard_and_on_a_phone(page_as: PageAs, served: Served) -> None:
    key = report(served, kind="complaint")
    page = page_as(Role.COMPLAINT_DESK, "/complaints?order=newest", color_scheme="dark")
    assert_accessible(page)
    page.emulate_media(color_scheme="light")
    assert_accessible(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/complaints/{key}")
    page.keyboard.press("r")
    expect(page.get_by_label("模板")).to_be_focused()
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    for path in (f"/complaints/{key}", "/complaints", "/complaints/calendar", "/complaints/statistics"):
        page.goto(path)
        assert_accessible(page)
