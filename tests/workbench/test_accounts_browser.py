"""Users, organisations, one's own password and tokens, in a browser."""

from __future__ import annotations

import re

import httpx2 as httpx
from playwright.sync_api import expect

from api.store.accounts import Role
from tests.workbench.browsing import PageAs, assert_accessible
from tests.workbench.service import PASSWORD, Served

ATTACK = "<img src=x onerror=alert(1)>"


def test_accounts_a_user_is_made_changed_and_disabled(page_as: PageAs, served: Served) -> None:
    page = page_as(Role.ADMIN, "/users", refusals=True)
    page.get_by_role("button", name="新增用户").click()
    form = page.get_by_role("dialog", name="新增用户")
    assert_accessible(page)
    form.get_by_label("用户名").fill("li.na")
    form.get_by_label("姓名").fill(ATTACK)
    form.get_by_label("密码").fill("aaaaaaaaaa")
    form.get_by_role("button", name="新增").click()
    expect(form.get_by_role("alert")).to_contain_text("密码不符合要求")
    form.get_by_label("密码").fill(PASSWORD)
    form.get_by_role("button", name="新增").click()
    row = page.get_by_role("row").filter(has_text="li.na")
    expect(row).to_contain_text(ATTACK)
    expect(row).to_contain_text("监察员")

    row.get_by_role("button", name="修改 li.na").click()
    form = page.get_by_role("dialog", name="修改用户 li.na")
    expect(form.get_by_label("机构（只用于")).to_be_hidden()
    form.get_by_label("角色").select_option(label="人力资源服务机构")
    form.get_by_role("button", name="保存").click()
    expect(form.get_by_role("alert")).to_contain_text("E629")
    form.get_by_label("机构（只用于").select_option(label="示例人力资源有限公司")
    form.get_by_label("启用").uncheck()
    form.get_by_role("button", name="保存").click()
    expect(row).to_contain_text("示例人力资源有限公司")
    expect(row).to_contain_text("停用")
    answer = httpx.post(f"{served.url}/v1/login", json={"name": "li.na", "password": PASSWORD})
    assert answer.status_code == 401


def test_accounts_password_is_reset_and_changed(page_as: PageAs, served: Served) -> None:
    other = "另一条足够长的密码-2026"
    with served.api_as(Role.ADMIN) as admin:
        body = {"name": "wang.wu", "display_name": "王五", "role": "inspector", "password": PASSWORD}
        assert admin.post("/v1/users", json=body).status_code == 201
    page = page_as(Role.ADMIN, "/users")
    page.get_by_role("button", name="重设 wang.wu 的密码").click()
    form = page.get_by_role("dialog", name="重设 wang.wu 的密码")
    form.get_by_label("密码").fill(other)
    with page.expect_response("**/password"):
        form.get_by_role("button", name="重设").click()

    own = page_as(None, "/login?next=/settings", refusals=True)
    own.get_by_label("用户名").fill("wang.wu")
    own.get_by_label("密码").fill(other)
    own.get_by_role("button", name="登录").click()
    own.get_by_label("当前密码").fill(PASSWORD)
    own.get_by_label("新密码").fill(PASSWORD)
    own.get_by_role("button", name="修改密码").click()
    expect(own.get_by_role("alert")).to_contain_text("当前密码不正确")
    own.get_by_label("当前密码").fill(other)
    with own.expect_response("**/password") as changed:
        own.get_by_role("button", name="修改密码").click()
    assert changed.value.status == 204
    assert (
        httpx.post(f"{served.url}/v1/login", json={"name": "wang.wu", "password": PASSWORD}).status_code
        == 200
    )


def test_accounts_organisation_is_added_and_renamed(page_as: PageAs) -> None:
    page = page_as(Role.ADMIN, "/users")
    page.get_by_role("button", name="新增机构").click()
    page.get_by_role("dialog", name="新增机构").get_by_label("名称").fill("虚拟人力公司")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="修改 虚拟人力公司 的名称").click()
    name = page.get_by_role("dialog", name="修改机构名称").get_by_label("名称")
    expect(name).to_have_value("虚拟人力公司")
    name.fill("虚拟人力集团")
    page.keyboard.press("Enter")
    expect(page.get_by_text("虚拟人力集团").first).to_be_visible()


def test_accounts_token_is_shown_once_works_and_is_revoked(page_as: PageAs, served: Served) -> None:
    page = page_as(Role.INSPECTOR, "/settings")
    page.get_by_role("button", name="创建令牌").click()
    form = page.get_by_role("dialog", name="创建令牌")
    form.get_by_label("名称").fill(f"检查{ATTACK}")
    form.get_by_role("button", name="创建").click()
    secret = page.locator("#token").inner_text()
    assert re.fullmatch(r"pz_\S+", secret)
    assert_accessible(page)
    page.get_by_role("button", name="我已保存").click()
    row = page.get_by_role("row").filter(has_text=ATTACK)
    expect(row).to_contain_text("检查广告")
    headers = {"Authorization": f"Bearer {secret}"}
    scan = {"text": "招保安，限男性"}
    assert httpx.post(f"{served.url}/v1/scan", json=scan, headers=headers).status_code == 200
    row.get_by_role("button", name="吊销").click()
    page.get_by_role("dialog").get_by_role("button", name="吊销").click()
    expect(row).to_contain_text("已吊销")
    assert secret not in page.content()
    assert httpx.post(f"{served.url}/v1/scan", json=scan, headers=headers).status_code == 401
