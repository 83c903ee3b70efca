"""快速检查 in a browser: the right words marked, whatever is typed and however late an answer comes."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Route, expect

from api.store.accounts import Role
from tests.workbench.browsing import PHONE, PageAs, assert_accessible

AD = "😀招前臺文員一名，限女性，25岁以下👩‍💼；\n🈴已婚已育優先，𠮷市。\n入职须承诺两年内不生育。"
WORDS = ["限女性", "已婚已育優先", "承诺两年内不生育"]
SLOW_MS = 30_000
"""Waited on a machine with much to do."""
ATTACK = '<img src="/nothing" onerror="document.title=1"><script>document.title=1</script>'


def checked(page: Page, text: str) -> None:
    page.get_by_label("广告正文").fill(text)
    expect(page.locator("#state")).to_contain_text("发现", timeout=SLOW_MS)


def marked(page: Page) -> list[str]:
    return page.locator(".behind mark").all_inner_texts()


def text_scrolled(page: Page) -> float:
    return float(page.locator(".marked").last.evaluate("(box) => box.scrollTop"))


def selected(page: Page) -> Any:
    return page.evaluate(
        "(({ value, selectionStart: a, selectionEnd: b }) => value.slice(a, b))(document.activeElement)"
    )


def test_check_marks_the_right_words_among_emoji_and_traditional_text(page_as: PageAs) -> None:
    page = page_as(Role.AGENCY, "/check")
    checked(page, AD)
    assert marked(page) == WORDS
    assert page.locator("#findings > .finding").count() == len(WORDS)
    for words in WORDS:
        page.get_by_role("button", name=words, exact=True).click()
        assert selected(page) == words
    expect(page.locator("#state")).to_have_text("发现 3 条线索：涉嫌违法 3。")


def test_check_lays_marks_exactly_under_the_words(page_as: PageAs) -> None:
    """What is behind wraps and grows as the textarea does, on any width."""
    for options in ({}, {"viewport": PHONE}):
        page = page_as(Role.INSPECTOR, "/check", **options)
        checked(page, (AD + "https://example.test/a-very-long-address/without/any/break\n\t缩进 两格\n") * 12)
        sizes = page.evaluate(
            """[...document.querySelectorAll("#ad .marked")].map((box) => [...box.children].map((one) => {
                 const style = getComputedStyle(one);
                 return [one.clientWidth, one.scrollHeight, style.font, style.padding, style.letterSpacing,
                   style.whiteSpace, style.overflowWrap, style.wordBreak, style.tabSize].join();
               }))"""
        )
        for behind, field in sizes:
            assert behind == field
        page.keyboard.press("Control+Home")
        assert text_scrolled(page) == 0
        page.keyboard.press("Control+End")
        page.keyboard.type("完")
        assert text_scrolled(page) > 100


def test_check_walks_through_findings_by_key_and_by_caret(page_as: PageAs) -> None:
    page = page_as(Role.INSPECTOR, "/check")
    checked(page, AD)
    walked = []
    for key in ("F8", "F8", "F8", "F8", "Shift+F8"):
        page.keyboard.press(key)
        walked.append(selected(page))
    assert walked == [*WORDS, WORDS[0], WORDS[2]]
    expect(page.locator(".finding.current .quote")).to_have_text(WORDS[2])
    page.keyboard.press("Control+Home")
    expect(page.locator(".finding.current")).to_have_count(0)


def test_check_tells_at_the_words_what_is_wrong_and_what_to_do(page_as: PageAs) -> None:
    page = page_as(Role.INSPECTOR, "/check")
    checked(page, "女更衣室保洁员一名，限女性，两班倒。")
    box = page.locator(".behind mark").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    tip = page.get_by_role("tooltip")
    for told in ("待核", "限定性别", "《就业促进法》", "服务对象", "修改建议", "规则", "模型"):
        expect(tip).to_contain_text(told)
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_check_never_lets_an_old_answer_overwrite_a_new_one(page_as: PageAs) -> None:
    page = page_as(Role.INSPECTOR, "/check")
    page.context.add_init_script("AbortController.prototype.abort = () => {}")
    page.reload()
    held: list[Route] = []
    page.route("**/v1/scan", lambda route: held.append(route))
    for count, text in enumerate(("招保安，限男性。", "招会计一名，限女性，会做账。"), 1):
        page.get_by_label("广告正文").fill(text)
        while len(held) < count:
            page.wait_for_timeout(50)
    held[1].continue_()
    expect(page.locator(".behind mark")).to_have_text(["限女性"], timeout=SLOW_MS)
    with suppress(Error), page.expect_response("**/v1/scan"):
        held[0].continue_()
    page.wait_for_timeout(100)
    assert marked(page) == ["限女性"]
    assert "会计" in page.locator("#rewritten").inner_text()


def test_check_marks_move_with_the_words_until_the_answer_comes(page_as: PageAs) -> None:
    page = page_as(Role.INSPECTOR, "/check")
    checked(page, AD)
    page.route("**/v1/scan", lambda route: None)
    page.keyboard.press("Control+Home")
    page.keyboard.type("急聘！😀")
    assert marked(page) == WORDS
    page.evaluate("document.activeElement.setSelectionRange(20, 20)")
    page.keyboard.insert_text("女性员工")
    assert marked(page)[-1:] == WORDS[-1:]


def test_check_copies_the_ad_rewritten_and_takes_it_over(page_as: PageAs) -> None:
    page = page_as(Role.AGENCY, "/check", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("职位名称").fill("前台")
    checked(page, "招前台一名，限女性，会办公软件。")
    rewritten = page.locator("#rewritten").inner_text()
    assert rewritten.startswith("前台\n招前台一名")
    assert "女性" not in rewritten
    page.get_by_role("button", name="复制改写后的广告").click()
    expect(page.locator(".toast")).to_contain_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == rewritten
    page.get_by_role("button", name="用改写替换原文").click()
    expect(page.locator("#state")).to_have_text("没有发现问题词句。")
    page.keyboard.press("Control+z")
    expect(page.get_by_label("广告正文")).to_have_value("招前台一名，限女性，会办公软件。")


def test_check_copies_where_there_is_no_clipboard_api(page_as: PageAs) -> None:
    page = page_as(Role.AGENCY, "/check")
    page.context.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.reload()
    checked(page, "招前台一名，限女性，会办公软件。")
    rewritten = page.locator("#rewritten").inner_text()
    page.get_by_role("button", name="复制改写后的广告").click()
    expect(page.locator(".toast")).to_contain_text("已复制")
    page.get_by_label("广告正文").fill("")
    page.keyboard.press("Control+v")
    expect(page.get_by_label("广告正文")).to_have_value(rewritten)


def test_check_starts_with_examples_and_can_be_cleared(page_as: PageAs) -> None:
    page = page_as(Role.COMPLAINT_DESK, "/check")
    assert_accessible(page)
    page.get_by_role("button", name="婚育条件").click()
    expect(page.locator("#state")).to_contain_text("发现 3 条线索")
    assert_accessible(page)
    page.get_by_role("button", name="清空").click()
    expect(page.get_by_role("button", name="婚育条件")).to_be_visible()
    assert (marked(page), page.locator("#findings > *").count()) == ([], 0)


@pytest.mark.parametrize("options", [{"color_scheme": "dark"}, {"viewport": PHONE}], ids=["dark", "phone"])
def test_check_is_accessible(page_as: PageAs, options: dict[str, Any]) -> None:
    page = page_as(Role.INSPECTOR, "/check", **options)
    checked(page, AD)
    page.keyboard.press("F8")
    assert_accessible(page)


def test_check_shows_markup_in_an_ad_as_text(page_as: PageAs) -> None:
    page = page_as(Role.INSPECTOR, "/check")
    page.get_by_label("职位名称").fill(f"保安{ATTACK}")
    checked(page, f"限男性{ATTACK}，女士{ATTACK}优先")
    page.keyboard.press("F8")
    expect(page.locator("#rewritten")).to_contain_text(ATTACK)
    assert page.locator("main :is(img, script)").count() == 0
    assert page.title().startswith("快速检查")


def test_check_takes_what_json_cannot_carry(page_as: PageAs) -> None:
    """Half an emoji and NUL, as a broken paste leaves them."""
    page = page_as(Role.INSPECTOR, "/check")
    page.get_by_label("广告正文").evaluate(
        "(field) => { field.value = '\\ud83d\\0招工，限男性'; field.dispatchEvent(new InputEvent('input', { bubbles: true })) }"
    )
    expect(page.locator("#state")).to_contain_text("发现")
    assert marked(page) == ["限男性"]


def test_check_says_what_the_service_refuses(page_as: PageAs) -> None:
    page = page_as(Role.INSPECTOR, "/check", refusals=True)
    page.get_by_label("广告正文").fill("长" * 100_001)
    expect(page.locator("#state")).to_contain_text("广告过长")
    expect(page.locator("#state")).to_contain_text("E645")
