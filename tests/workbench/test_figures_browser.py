"""Statistics, report, employers and platforms in a browser: filters, charts, workbook, merging, both themes, paper."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from api.store.accounts import Role
from api.store.ads import Employer, Publisher
from tests.workbench.browsing import PHONE, PageAs, assert_accessible
from tests.workbench.service import Served

ATTACK = "<img src=x onerror=alert(1)>"
BAD = f"辽河{ATTACK}铸造有限公司"
DARK_BAR, LIGHT_BAR = "141,188,240,255", "47,106,163,255"
ROWS = [
    {
        "职位名称": title,
        "正文": text,
        "用人单位": employer,
        "发布平台": board,
        "工作城市": city,
        "编号": f"90000{at}",
    }
    for at, (title, text, employer, board, city) in enumerate(
        [
            ("铸造工", "铸造车间招工两名，限男性，倒班。", BAD, f"海港{ATTACK}招聘网", "通化市"),
            ("统计员", "招统计员，已婚已育优先，双休。", BAD, "海港人才网", "通化市"),
            ("配料工", "配料岗位，限男性，包食宿。", "辽河铸造有限公司白山分公司", "海港人才网", "白山市"),
            ("质检员", "招质检员，限男性，会用卡尺。", "辽河铸造有限公司", "海港人才网", "白山市"),
        ]
    )
]


@pytest.fixture(scope="module", autouse=True)
def rows(served: Served) -> None:
    served.upload("铸造.csv", ROWS)


def id_of(served: Served, name: str, model: type[Employer] | type[Publisher] = Employer) -> str:
    with served.store.reading() as session:
        return str(session.scalars(select(model.id).where(model.name == name)).one())


def drawn(page: Page) -> list[bool]:
    """Of every chart whether the browser could draw it."""
    script = "images => images.map(image => image.complete && image.naturalWidth > 0)"
    return list(page.locator(".chart img").evaluate_all(script))


def test_figures_statistics_filter_draw_and_download(page_as: PageAs, served: Served, tmp_path: Path) -> None:
    page = page_as(Role.INSPECTOR, "/statistics")
    assert_accessible(page)
    assert len(drawn(page)) >= 4
    assert all(drawn(page))
    page.get_by_label("地区", exact=True).select_option("白山")
    page.wait_for_url("**region=*")
    region = page.get_by_role("region", name="按地区")
    expect(region.get_by_role("row")).to_have_text(
        [re.compile("项目"), re.compile(r"白山\s*2\s*2\s*0\s*0\s*2\s*2")]
    )
    expect(page.get_by_alt_text(re.compile("按地区的线索柱状图：白山 2"))).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("link", name="导出 Excel").click()
    place = tmp_path / "统计.xlsx"
    coming.value.save_as(place)
    book = openpyxl.load_workbook(place)
    assert [cell.value for cell in book["按地区"][2]] == ["白山", 2, 2, 0, 0, 2, 2]
    assert book["用人单位"].max_row == 3


def test_figures_charts_follow_the_theme_that_was_chosen(page_as: PageAs) -> None:
    """Dark though the system is light, and light again."""
    page = page_as(Role.INSPECTOR, "/statistics", color_scheme="light")
    page.evaluate("localStorage.setItem('theme', 'dark')")
    page.reload()
    assert_accessible(page)
    bar = """async image => {
      await image.decode();
      const pen = Object.assign(document.createElement('canvas'), { width: 64, height: 28 }).getContext('2d');
      pen.drawImage(image, 0, 0, 64, 28);
      return [...pen.getImageData(40, 0, 1, 28).data].join();
    }"""
    chart = page.locator("#by-category .chart img")
    assert DARK_BAR in chart.evaluate(bar)
    page.evaluate("localStorage.setItem('theme', 'light')")
    page.reload()
    assert LIGHT_BAR in chart.evaluate(bar)


def test_figures_report_is_one_for_paper(page_as: PageAs) -> None:
    page = page_as(Role.SUPERVISOR, "/statistics/report")
    assert_accessible(page)
    assert all(drawn(page))
    expect(page.get_by_role("heading", level=1)).to_have_text("招聘广告性别歧视线索月报")
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="上个月")).to_be_hidden()
    expect(page.get_by_role("navigation", name="主菜单")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_figures_employer_search_merge_and_hostile_name(page_as: PageAs, served: Served) -> None:
    page = page_as(Role.SUPERVISOR, "/employers")
    assert_accessible(page)
    page.get_by_label("名称含有").fill("辽河")
    page.get_by_label("名称含有").press("Enter")
    page.wait_for_url("**words=*")
    expect(page.get_by_role("link", name=BAD)).to_be_visible()
    page.get_by_role("link", name="辽河铸造有限公司白山分公司").click()
    assert_accessible(page)
    first = (
        page.get_by_role("list", name="可能是同一单位")
        .get_by_role("listitem")
        .filter(has_text=re.compile("^辽河铸造有限公司 "))
    )
    first.get_by_role("button", name="把本单位并入它").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("“辽河铸造有限公司白山分公司”将并入“辽河铸造有限公司”")
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    first.get_by_role("button", name="把本单位并入它").click()
    dialog.get_by_label("理由").fill("统一社会信用代码相同")
    dialog.get_by_role("button", name="确认合并").click()
    page.wait_for_url(f"**/employers/{id_of(served, '辽河铸造有限公司')}")
    expect(page.locator("#toasts")).to_contain_text("已并入“辽河铸造有限公司”")
    expect(page.get_by_role("list", name="影响范围").get_by_role("listitem").first).to_have_text("2广告")
    page.get_by_role("searchbox", name="按名称查找另一个单位").fill("img src")
    page.get_by_role("button", name="查找", exact=True).click()
    found = page.locator("#others")
    expect(found).to_contain_text(BAD)
    found.locator(f"button[data-direction=here][data-other='{id_of(served, BAD)}']").click()
    expect(dialog).to_contain_text(f"“{BAD}”将并入")
    assert page.locator("main img:not(.chart img)").count() == 0


@pytest.mark.parametrize("side", ["employers", "publishers"])
def test_figures_pages_of_hostile_names_on_a_phone(side: str, page_as: PageAs, served: Served) -> None:
    name, model = (BAD, Employer) if side == "employers" else (f"海港{ATTACK}招聘网", Publisher)
    page = page_as(Role.INSPECTOR, f"/{side}/{id_of(served, name, model)}", viewport=PHONE)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_role("heading", name="公益诉讼线索：事实基础")).to_be_visible()
    assert all(drawn(page))
    assert page.locator("main img:not(.chart img)").count() == 0
    assert_accessible(page)
