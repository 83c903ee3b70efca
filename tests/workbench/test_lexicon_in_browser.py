"""A rule draft in a browser: from proposal to a scan that uses it, and what people are told on the way."""

from __future__ import annotations

import re

import httpx2 as httpx
import pytest
from playwright.sync_api import Page, expect

from api.store.accounts import Role
from tests.workbench.browsing import PHONE, PageAs, assert_accessible
from tests.workbench.service import Served

TEXT = "值夜班巡逻，只收钢盔队，管吃住。"
ATTACK = "<img src=x onerror=alert(1)>"


def fill(page: Page, **values: str) -> None:
    """Type into the form of a draft."""
    for name, value in values.items():
        page.locator(f"#field-{name}").fill(value)


def decide(page: Page, button: str, reason: str) -> None:
    """Press a button of the head, give a reason, confirm."""
    page.get_by_role("button", name=button, exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("理由").fill(reason)
    dialog.get_by_role("button", name=button, exact=True).click()


def rules_of(client: httpx.Client, batch: str) -> set[str]:
    """Which rules found something in a batch, as the worker scanned it."""
    rows = client.get(f"/v1/batches/{batch}/results", params={"all": True}).json()["items"]
    findings = [finding for row in rows for finding in row["findings"]]
    return {source["id"] for finding in findings for source in finding["sources"]}


@pytest.fixture
def batch(served: Served) -> str:
    """Three stored ads that use the wording, one of them hostile."""
    texts = [TEXT, f"装卸，{TEXT}", f"{ATTACK}{TEXT}"]
    return served.upload("钢盔.csv", [{"职位名称": "巡逻", "正文": text} for text in texts])


def test_lexicon_draft_from_proposal_to_a_scan_that_uses_it(
    page_as: PageAs, served: Served, batch: str
) -> None:
    with served.api_as(Role.ADMIN) as client:
        before = rules_of(client, batch)
    page = page_as(Role.INSPECTOR, "/lexicon", refusals=True)
    page.get_by_role("link", name="提出新规则").click()
    fill(page, patterns=f"<只收钢盔[班|队]>\n{ATTACK}{{nothing}}")
    fill(page, flag="夜里巡逻，[只收钢盔队]", id="local-helmet", message=f"行话限定男性{ATTACK}")
    fill(page, rewrite="删去该说法", law="WL43.1", reason="两家单位用了这种说法")
    page.locator("#field-pass").fill("钢盔队食堂招厨师")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.locator(".field:has(#field-patterns) .problem-of-field")).to_contain_text("第 2 条")
    expect(page.locator("#field-patterns")).to_have_attribute("aria-invalid", "true")
    assert_accessible(page)
    fill(page, patterns="<只收钢盔[班|队]>")
    page.get_by_role("button", name="保存草稿").click()
    page.wait_for_url(re.compile(r"/lexicon/drafts/[0-9a-f]{32}$"))
    expect(page.get_by_role("status").first).to_contain_text("已保存草稿")
    page.get_by_label("一段广告文字").fill(f"{ATTACK}🙂{TEXT}")
    page.get_by_role("button", name="试一下").click()
    expect(page.locator("[data-alone] mark")).to_have_text("只收钢盔队")
    expect(page.locator("[data-alone]")).to_have_text(f"{ATTACK}🙂{TEXT}")
    expect(page.locator("[data-whole]")).to_contain_text("报出 1 条线索")
    page.get_by_role("button", name="检验", exact=True).click()
    expect(page.locator(".notice.good")).to_contain_text("例句全部相符", timeout=60_000)
    expect(page.locator(".side").first).to_contain_text(re.compile("[1-3] 处，在 [1-3] 条广告中"))
    expect(page.locator(".contexts mark").first).to_have_text("只收钢盔队")
    expect(page.get_by_role("button", name="启用")).to_have_count(0)
    assert_accessible(page)
    draft = page.url.rsplit("/", 1)[1]

    page = page_as(Role.SUPERVISOR, f"/lexicon/drafts/{draft}")
    decide(page, "启用", "例句和抽查结果都看过")
    expect(page.locator(".badge.good", has_text="已启用")).to_be_visible()
    expect(page.locator("h1 ~ .notice, .notice").first).to_contain_text("王审核")
    rows = [{"职位名称": "巡逻", "正文": f"另一条：{TEXT}"}]
    with served.api_as(Role.ADMIN) as client:
        assert "local-helmet" not in before
        new = served.upload("新.csv", rows)
        assert "local-helmet" in rules_of(client, new)
        (finding,) = client.get("/v1/findings", params={"batch_id": new}).json()["items"]
        version = client.get("/v1/lexicon-versions").json()["items"][0]["name"]
        assert client.get(f"/v1/findings/{finding['id']}").json()["versions"]["lexicon"] == version
    page.goto("/lexicon/local-helmet")
    expect(page.locator("h1")).to_have_text(f"行话限定男性{ATTACK}")
    expect(page.get_by_text("例句和抽查结果都看过")).to_be_visible()

    page.goto(f"/lexicon/drafts/{draft}")
    decide(page, "撤回", "误报过多")
    expect(page.get_by_text("启用后已撤回").first).to_be_visible()
    with served.api_as(Role.ADMIN) as client:
        rows = [{"职位名称": "巡逻", "正文": f"第三条：{TEXT}"}]
        assert "local-helmet" not in rules_of(client, served.upload("后.csv", rows))


def test_lexicon_change_of_a_rule_that_breaks_others_cannot_be_put_in_force(page_as: PageAs) -> None:
    page = page_as(Role.SUPERVISOR, "/lexicon/suits-sex")
    assert_accessible(page)
    page.get_by_label("一段广告文字").fill("主营适合女性的护肤品，该岗位适合女生")
    page.get_by_role("button", name="试一下").click()
    expect(page.locator("[data-verdict]")).to_have_text("标出 1 处；另有 1 处因合法用语或属于更长的词而不报")
    page.goto("/lexicon/only-sex")
    page.get_by_role("link", name="提出修改").click()
    expect(page.locator("#field-id")).not_to_be_editable()
    expect(page.locator("#field-law-female")).to_have_value("HRM24")
    fill(page, flag="全职[男装]导购", reason="试一试")
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="检验", exact=True).click()
    expect(page.locator(".failures")).to_contain_text("例句“全职[男装]导购”应报出“男装”", timeout=60_000)
    expect(page.get_by_role("button", name="启用")).to_have_count(0)
    expect(page.locator("dt.changed")).to_have_text(["应当报出的例句"])
    decide(page, "不采纳", "只是试验")
    expect(page.locator(".badge", has_text="不采纳")).to_be_visible()


@pytest.mark.parametrize("path", ["/lexicon", "/lexicon/drafts/new"])
def test_lexicon_pages_are_accessible_on_a_phone_in_the_dark(path: str, page_as: PageAs) -> None:
    page = page_as(Role.SUPERVISOR, path, viewport=PHONE, color_scheme="dark")
    assert_accessible(page)


def test_lexicon_forbidden_page_says_so(page_as: PageAs) -> None:
    page = page_as(Role.AGENCY, "/lexicon/drafts/new", refusals=True)
    expect(page.locator("main")).to_contain_text("提出规则草稿")
    expect(page.locator("main")).to_contain_text("E623")
