"""批量扫描 in a browser: files looked at and put right, followed, stopped, read and downloaded."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from api.store.accounts import Role
from tests.workbench.browsing import PHONE, PageAs, assert_accessible

SLOW_MS = 60_000
ATTACK = "<img src=x onerror=document.title=1><script>document.title=1<"
TABLE = (
    "职位名称,岗位要求,单位,备注,联系电话\n"
    "前台,招前台一名，限女性。,长春虚构商贸有限公司,包住,000\n"
    "会计,招会计一名，男女不限。,长春虚构商贸有限公司,包吃,000\n"
    "司机,多了一格,长春虚构物流有限公司,,000,多\n"
)
EXPORTS = {
    "Excel 工作簿": b"PK",
    "CSV 表格": b"\xef\xbb\xbf",
    "网页报告（可打印）": b"<!doctype",
    "JSON Lines": b"{",
}


def choose(page: Page, **files: str | bytes) -> list[Locator]:
    """Choose files as the dialog does; their cards, once the server has looked at them."""
    made = [
        {"name": name, "mimeType": "", "buffer": content.encode() if isinstance(content, str) else content}
        for name, content in files.items()
    ]
    page.get_by_label("把文件拖到这里").set_input_files(made)  # type: ignore[arg-type]
    return [card(page, name) for name in files]


def card(page: Page, name: str) -> Locator:
    return page.locator("#chosen > li").filter(has=page.get_by_role("heading", name=name, exact=True))


def use_of(card: Locator, column: str) -> Locator:
    return card.get_by_label(f"“{column}”的用途")


def started(page: Page, card: Locator) -> None:
    """Press the button and wait until the batch is done."""
    card.get_by_role("button", name="开始扫描").click(timeout=SLOW_MS)
    page.wait_for_url("**/batches/*")
    expect(page.locator("#status")).to_have_text("已完成", timeout=SLOW_MS)


def workbook(rows: list[list[str]]) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


def test_batches_reads_a_gb18030_csv_to_results_failed_rows_and_downloads(page_as: PageAs) -> None:
    page = page_as(Role.INSPECTOR, "/batches")
    assert_accessible(page)
    (chosen,) = choose(page, **{"导出.csv": TABLE.encode("gb18030")})
    expect(chosen).to_contain_text("编码 GB18030 · 表头在第 1 行，5 列", timeout=SLOW_MS)
    expect(use_of(chosen, "岗位要求")).to_have_value("text")
    expect(use_of(chosen, "联系电话")).to_have_value("unused")
    assert_accessible(page)
    started(page, chosen)
    expect(page.locator(".quotes")).to_have_text(["涉嫌违法 限定性别 限女性"])
    expect(page.get_by_role("link", name="核查这些线索")).to_have_attribute(
        "href", f"/review?batch_id={page.url[-32:]}"
    )
    assert_accessible(page)
    for name, begins in EXPORTS.items():
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename.startswith("导出-报告.")
        assert download.value.path().read_bytes().startswith(begins)
    page.get_by_role("link", name="未能扫描的行（1）").click()
    failed = page.get_by_role("region", name="未能扫描的行")
    expect(failed.locator("tbody tr")).to_contain_text(["有 6 格，表头只有 5 列"])
    assert_accessible(page)


def test_batches_reads_an_xlsx_whose_columns_a_person_puts_right(page_as: PageAs) -> None:
    rows = [["栏一", "栏二", "栏三"], ["前台", "招前台一名，限女性。", "长春虚构商贸有限公司"]]
    page = page_as(Role.AGENCY, "/batches")
    (chosen,) = choose(page, **{"不认识的表头.xlsx": workbook(rows)})
    expect(chosen.locator(".notice")).to_contain_text("没有认出哪一列是广告正文", timeout=SLOW_MS)
    expect(chosen.get_by_role("button", name="开始扫描")).to_be_disabled()
    assert_accessible(page)
    use_of(chosen, "栏三").select_option("正文")
    expect(chosen.locator(".notice")).to_be_hidden(timeout=SLOW_MS)
    use_of(chosen, "栏二").select_option("正文")
    expect(use_of(chosen, "栏三")).to_have_value("field")
    use_of(chosen, "栏三").select_option("单位")
    use_of(chosen, "栏一").select_option("不读取")
    chosen.locator("summary").filter(has_text="前几条").click()
    expect(chosen.locator(".sample dl")).to_have_text(
        "正文招前台一名，限女性。单位长春虚构商贸有限公司", timeout=SLOW_MS
    )
    started(page, chosen)
    expect(page.locator(".rows tbody tr")).to_contain_text(["长春虚构商贸有限公司"])
    expect(page.locator(".notes")).to_contain_text("列对应：正文←栏二，单位←栏三；未使用：栏一")


def test_batches_keeps_a_column_out_that_was_taken_for_something(page_as: PageAs) -> None:
    page = page_as(Role.INSPECTOR, "/batches")
    (chosen,) = choose(page, **{"导出.csv": "岗位要求,备注\n招工一名。,限男性\n"})
    expect(use_of(chosen, "备注")).to_have_value("field", timeout=SLOW_MS)
    use_of(chosen, "备注").select_option("不读取")
    started(page, chosen)
    expect(page.get_by_role("heading", name="没有发现线索")).to_be_visible()
    page.get_by_label("也列出没有线索的行").check()
    expect(page.locator(".rows tbody tr")).to_have_count(1)


def test_batches_shows_progress_and_can_be_stopped_and_taken_up_again(page_as: PageAs) -> None:
    page = page_as(Role.SUPERVISOR, "/batches")
    line = '{{"text": "第 {} 组招工，限男性，包食宿，双休。"}}\n'
    (chosen,) = choose(page, **{"很多.jsonl": "".join(map(line.format, range(30_000)))})
    chosen.get_by_role("button", name="开始扫描").click(timeout=SLOW_MS)
    page.wait_for_url("**/batches/*")
    expect(page.locator("#pace")).to_contain_text("约剩", timeout=SLOW_MS)
    expect(page.locator("#pace")).to_contain_text("每秒")
    expect(page.locator("[data-cell=rows]")).to_contain_text("/ 30,000 行")
    assert_accessible(page)
    batch = page.url
    page.goto("/batches")
    row = page.locator("#batches tbody tr").first
    before = row.locator("[data-cell=rows]").inner_text()
    expect(row.locator("[data-cell=rows]")).not_to_have_text(before, timeout=SLOW_MS)
    page.goto(batch)
    for restart in (True, False):
        page.get_by_role("button", name="取消扫描").click()
        page.get_by_role("dialog").get_by_role("button", name="取消扫描").click()
        expect(page.locator("#status")).to_have_text("已取消", timeout=SLOW_MS)
        done = page.locator(".tile [data-cell=rows_done]").inner_text()
        assert 0 < int(done.replace(",", "")) < 30_000
        if restart:
            page.get_by_role("button", name="从停下的地方继续").click()
            expect(page.locator("[data-cell=rows]")).not_to_contain_text(f"{done} /", timeout=SLOW_MS)


def test_batches_takes_several_dropped_files_at_once(page_as: PageAs) -> None:
    page = page_as(Role.INSPECTOR, "/batches", refusals=True)
    dropped = page.evaluate_handle(
        """(files) => {
             const data = new DataTransfer();
             for (const [name, text] of files) data.items.add(new File([text], name));
             return data;
           }""",
        [
            ["一.txt", "招保安一名，限男性。"],
            ["二.jsonl", '{"text": "招会计，男女不限。"}\n'],
            ["三.pdf", "x"],
        ],
    )
    page.dispatch_event("#upload", "dragenter", {"dataTransfer": dropped})
    expect(page.locator("#upload")).to_have_class("drop over")
    page.dispatch_event("#upload", "drop", {"dataTransfer": dropped})
    expect(page.locator("#upload")).to_have_class("drop")
    expect(card(page, "三.pdf").locator(".notice")).to_contain_text("E107", timeout=SLOW_MS)
    expect(card(page, "一.txt").locator(".sample")).to_contain_text("招保安一名")
    expect(card(page, "二.jsonl").get_by_role("button", name="开始扫描")).to_be_enabled(timeout=SLOW_MS)
    page.get_by_role("button", name="全部开始扫描").click()
    for name in ("一.txt", "二.jsonl"):
        expect(card(page, name).get_by_role("link", name="查看进度和结果")).to_be_visible(timeout=SLOW_MS)
    assert_accessible(page)
    card(page, "三.pdf").get_by_role("button", name="移除").click()
    expect(card(page, "三.pdf")).to_have_count(0)


def test_batches_asks_for_the_encoding_only_where_it_cannot_tell(page_as: PageAs) -> None:
    page = page_as(Role.INSPECTOR, "/batches", refusals=True)
    (chosen,) = choose(page, **{"宽字符.csv": "岗位要求,编号\n招工一名，限男性,1\n".encode("utf-16-le")})
    encoding = chosen.get_by_label("换一种编码")
    expect(encoding).to_be_focused(timeout=SLOW_MS)
    encoding.select_option("UTF-16")
    expect(use_of(chosen, "岗位要求")).to_have_value("text", timeout=SLOW_MS)
    started(page, chosen)
    expect(page.locator(".quotes")).to_contain_text(["限男性"])


def test_batches_does_without_a_preview_of_a_very_large_workbook(page_as: PageAs) -> None:
    page = page_as(Role.INSPECTOR, "/batches")
    page.locator("#upload").evaluate("(form) => { form.dataset.previewBytes = 10 }")
    (chosen,) = choose(page, **{"很大.xlsx": workbook([["岗位要求"], ["限男性"]])})
    expect(chosen.locator(".notice")).to_contain_text("文件较大，不作预览")
    expect(chosen.get_by_role("button", name="开始扫描")).to_be_enabled()


def test_batches_shows_markup_in_names_and_ads_as_text(page_as: PageAs) -> None:
    page = page_as(Role.INSPECTOR, "/batches")
    name = f"{ATTACK}.csv"
    (chosen,) = choose(page, **{name: f"岗位要求,单位,{ATTACK}\n限男性{ATTACK},{ATTACK},{ATTACK}\n"})
    expect(chosen.locator(".samples").first).to_contain_text(ATTACK, timeout=SLOW_MS)
    started(page, chosen)
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    expect(page.locator(".rows")).to_contain_text(ATTACK)
    page.goto("/batches")
    expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    assert page.locator("main :is(img, script)").count() == 0
    assert page.title().startswith("批量扫描")


@pytest.mark.parametrize(
    ("role", "status", "form"),
    [(Role.AUDITOR, 200, 0), (Role.COMPLAINT_DESK, 403, 0), (Role.AGENCY, 200, 1)],
)
def test_batches_offers_each_role_what_it_may_do(page_as: PageAs, role: Role, status: int, form: int) -> None:
    page = page_as(role, refusals=status != 200)
    answer = page.goto("/batches")
    assert answer is not None
    assert (answer.status, page.locator("#upload").count()) == (status, form)


@pytest.mark.parametrize("options", [{"color_scheme": "dark"}, {"viewport": PHONE}], ids=["dark", "phone"])
def test_batches_are_accessible(page_as: PageAs, options: dict[str, Any]) -> None:
    page = page_as(Role.ADMIN, "/batches", **options)
    (chosen,) = choose(page, **{"导出.csv": TABLE})
    expect(use_of(chosen, "岗位要求")).to_have_value("text", timeout=SLOW_MS)
    assert_accessible(page)
    page.get_by_role("link", name="招聘信息.csv").click()
    expect(page.locator("#status")).to_have_text("已完成")
    assert_accessible(page)
