"""The frame of every page in a browser: log-in, menu, colours, keys, refusals, no trouble on any page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from api.app import create_app
from api.auth.permissions import ROLE_PERMISSIONS, Permission
from api.auth.table import endpoints
from api.settings import Settings
from api.store.accounts import Role
from api.workbench.menu import MAIN
from tests.workbench.browsing import PHONE, PageAs, assert_accessible, context_of
from tests.workbench.service import PASSWORD, Served, serving

PAGES = [
    (endpoint.path, endpoint.permission)
    for endpoint in endpoints(create_app(Settings()))
    if endpoint.method == "GET"
    and endpoint.permission is not None
    and not endpoint.path.startswith("/v1/")
    and "{" not in endpoint.path
    and not endpoint.path.endswith(".svg")
]
"""Every page that has an address of its own."""


def test_shell_log_in_leads_to_what_was_asked_for_and_out_again(page_as: PageAs) -> None:
    page = page_as(None, "/settings?x=1", refusals=True)
    assert page.url.endswith("/login?next=/settings%3Fx%3D1")
    assert_accessible(page)
    page.get_by_label("用户名").fill("inspector")
    page.get_by_label("密码").fill("不对的密码不对的")
    page.get_by_label("密码").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("用户名或密码不正确")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_label("密码").press("Enter")
    page.wait_for_url("**/settings?x=1")
    page.locator("details.account summary").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/login")
    page.goto("/settings")
    assert "/login" in page.url


@pytest.fixture
def empty_service(served: Served, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A service that was never set up: its address and set-up link."""
    with serving(tmp_path / "empty") as (url, printed):
        link = re.search(r"\S+/setup\?token=\S+", "".join(printed))
        assert link
        yield url, link[0]
    shutil.rmtree(tmp_path / "empty", ignore_errors=True)


def test_shell_first_set_up_makes_the_administrator(
    empty_service: tuple[str, str], browser: Browser, served: Served
) -> None:
    context, watch = context_of(browser, served, None, refusals=True)
    page = context.new_page()
    watch.host = empty_service[0].removeprefix("http://")
    page.goto(empty_service[1])
    assert_accessible(page)
    page.get_by_label("用户名").fill("root")
    page.get_by_label("密码").fill("aaaaaaaaaa")
    page.get_by_label("密码").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("密码不符合要求")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_label("密码").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("已创建管理员 root")
    page.get_by_role("link", name="去登录").click()
    page.get_by_label("用户名").fill("root")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_label("密码").press("Enter")
    expect(page.get_by_role("heading", name="从这里开始")).to_be_visible()
    assert_accessible(page)
    context.close()
    assert watch.noticed == []


@pytest.mark.parametrize("role", list(Role))
def test_shell_menu_holds_what_the_role_may_open(role: Role, page_as: PageAs) -> None:
    page = page_as(role, "/settings")
    shown = page.locator("nav.menu a").all_inner_texts()
    assert shown == [entry.label for entry in MAIN if entry.permission in ROLE_PERMISSIONS[role]]


@pytest.mark.parametrize("role", list(Role))
def test_shell_pages_that_a_role_may_not_open_say_so(role: Role, page_as: PageAs) -> None:
    page = page_as(role, "/settings", refusals=True)
    refused = [path for path, permission in PAGES if permission not in ROLE_PERMISSIONS[role]]
    for path in refused:
        answer = page.request.get(path)
        assert (answer.status, "没有权限" in answer.text()) == (403, True), path
    if refused:
        page.goto(refused[0])
        expect(page.get_by_role("heading", name="没有权限")).to_be_visible()
        expect(page.get_by_text("错误代码 E623")).to_be_visible()
        assert_accessible(page)
        page.get_by_role("link", name="回首页").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("您好")


@pytest.mark.parametrize(("path", "permission"), sorted(PAGES))
def test_shell_every_page_is_accessible_in_both_colours_and_on_a_phone(
    path: str, permission: Permission, page_as: PageAs
) -> None:
    role = next(role for role in (Role.ADMIN, *Role) if permission in ROLE_PERMISSIONS[role])
    page = page_as(role, path, color_scheme="light")
    assert page.locator("html").get_attribute("data-theme") == "light"
    assert_accessible(page)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_shell_colours_are_remembered(page_as: PageAs) -> None:
    page = page_as(Role.INSPECTOR, "/settings", color_scheme="light")
    page.locator("details.account summary").press("Enter")
    page.get_by_label("深色").check()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 24, 30)"
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(28, 39, 51)"


def test_shell_works_by_keyboard(page_as: PageAs) -> None:
    page = page_as(Role.INSPECTOR, "/settings")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="键盘快捷键")
    expect(dialog).to_contain_text("打开菜单的第几项")
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("0")
    page.wait_for_url(re.compile(r"/$"))


def test_shell_keys_rest_while_one_types(page_as: PageAs) -> None:
    page = page_as(Role.INSPECTOR, "/settings")
    field = page.get_by_label("当前密码")
    field.press_sequentially("g0?")
    expect(field).to_have_value("g0?")
    expect(page.get_by_role("dialog")).to_have_count(0)
