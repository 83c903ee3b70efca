"""The audit log in a browser: found, checked, taken along."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from api.store.accounts import Role
from tests.workbench.browsing import PageAs
from tests.workbench.service import Served


def test_audit_is_filtered_by_what_one_sees(page_as: PageAs) -> None:
    page = page_as(Role.AUDITOR, "/audit")
    page.get_by_label("对象", exact=True).select_option(label="批次")
    page.wait_for_url("**object_type=batch**")
    row = page.get_by_role("row").filter(has_text="上传批次").last
    row.get_by_role("link", name="admin").click()
    page.wait_for_url("**actor_name=admin**")
    page.get_by_role("link", name="上传批次").last.click()
    page.wait_for_url("**action=batch.create**")
    expect(page.get_by_label("操作人（用户名）")).to_have_value("admin")
    assert set(page.locator("tbody td:nth-child(4)").all_inner_texts()) == {"上传批次"}
    page.locator("tbody details summary").last.click()
    expect(page.locator("tbody details pre").last).to_contain_text("sha256")
    page.get_by_role("link", name="不再只列 上传批次").click()
    page.wait_for_url(lambda url: "action=" not in url)
    page.get_by_label("至", exact=True).fill("2020-01-01")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_role("heading", name="没有符合条件的记录")).to_be_visible()
    page.get_by_role("link", name="清除筛选").click()
    page.wait_for_url("**/audit")


def test_audit_is_checked_and_compared_with_what_was_kept(page_as: PageAs, served: Served) -> None:
    page = page_as(Role.AUDITOR, "/audit")
    page.get_by_role("button", name="校验全部记录").click()
    expect(page.locator("#verdict")).to_contain_text("没有发现改动")
    page.get_by_label("另行保存的序号").fill("1")
    page.get_by_label("另行保存的哈希值").fill("0" * 64)
    page.get_by_role("button", name="校验全部记录").click()
    expect(page.locator("#verdict")).to_contain_text("发现 1 处问题")
    expect(page.locator("#verdict li")).to_contain_text("第 1 条")


def test_audit_export_holds_what_is_filtered(page_as: PageAs, tmp_path: Path) -> None:
    page = page_as(Role.AUDITOR, "/audit?action=batch.create&to=2999-12-31")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 csv").click()
    place = tmp_path / "a.csv"
    download.value.save_as(place)
    lines = place.read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("序号,时间,操作人")
    assert len(lines) > 1
    assert all("batch.create" in line for line in lines[1:])
