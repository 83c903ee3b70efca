"""What tells who wrote a report is taken out; what the report is about stays."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.complaints.masking import MASK, mask, telling


@pytest.mark.parametrize(
    ("text", "name", "contact", "masked"),
    [
        ("王小明反映，小明和王女士、小王、王某都是我", "王小明", "", f"{MASK}反映，{MASK}和{MASK}、{MASK}、{MASK}都是我"),
        ("王 小 明，王·小明", "王小明", "", f"{MASK}，{MASK}"),
        ("我叫李翠缇，在前台工作", "", "", f"我叫{MASK}，在前台工作"),
        ("投诉人：欧阳翠，单位：某公司", "", "", f"投诉人：{MASK}，单位：某公司"),
        ("我是刘翠花，去面试", "", "", f"我是{MASK}，去面试"),
        ("欧阳女士和翠缇", "欧阳翠缇", "", f"{MASK}和{MASK}"),
        ("Aigul·Turan 说，请找 Aigul", "Aigul·Turan", "", f"{MASK} 说，请找 {MASK}"),
        ("电话13800138000", "", "", f"电话{MASK}"),
        ("请打 +86 138-0013-8000 或 1 3 8 0 0 1 3 8 0 0 0", "", "", f"请打 {MASK} 或 {MASK}"),
        ("手机１３８００１３８０００", "", "", f"手机{MASK}"),
        ("手机一三八零零一三八零零零", "", "", f"手机{MASK}"),
        ("座机0431-88776655转801", "", "", f"座机{MASK}"),
        ("电话：88776655", "", "", f"电话：{MASK}"),
        ("身份证22010419900101123X", "", "", f"身份证{MASK}"),
        ("卡号6222 0210 0100 1234 567", "", "", f"卡号{MASK}"),
        ("邮箱 a.b-c@mail.example.com", "", "", f"邮箱 {MASK}"),
        ("加微信wxm_1990聊，QQ：12345678", "", "", f"加微信{MASK}聊，QQ：{MASK}"),
        ("微信号：Abc-12345", "", "", f"微信号：{MASK}"),
        ("住红旗街12号，找我要到红旗街12号", "", "住址：红旗街12号", f"住{MASK}，找我要到{MASK}"),
        ("我的号是zhang.cuiti", "", "抖音 zhang.cuiti", f"我的号是{MASK}"),
    ],
)  # fmt: skip
def test_masking_takes_out_who_reports(text: str, name: str, contact: str, masked: str) -> None:
    assert mask(text, name, contact) == masked


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("大王科技有限公司和小王子餐饮公司", "王丽"),
        ("微信小程序上投的简历", "程丽"),
        ("本人怀孕3个月，我是应届生，我是单身，本人单亲妈妈", ""),
        ("我叫经理出来，我叫他道歉", ""),
        ("投诉人是单位的前台，单位不让休产假", ""),
        ("2026-03-01 至 2026-04-05，20260301-20260405，薪资5000-8000，18-45岁", "王时"),
        ("每天工作12小时，一三五休息", "王时"),
        ("两个女儿，女子篮球队", "王女"),
        ("二〇二六年三月十五日被通知", ""),
        ("统一社会信用代码91220101MA0Y123456", ""),
    ],
)
def test_masking_leaves_what_the_report_is_about(text: str, name: str) -> None:
    assert mask(text, name) == text


_TALK = st.text("我在公司面试被问生孩子王李，。 ：a1", max_size=12)


@given(_TALK, _TALK, st.sampled_from(["翠缇", "王翠缇", "1 3 8 0 0 1 3 8 0 0 0", "13800138000", "a@b.cn"]))
def test_masking_planted_words_never_stay(before: str, after: str, planted: str) -> None:
    """Wherever they stand, unless figures beside a number make it another one."""
    if planted[0] == "1" and (before[-1:] == "1" or after[:1] == "1"):
        return
    masked = mask(f"{before}{planted}{after}", "王翠缇", "13800138000")
    assert "翠缇" not in masked
    assert planted not in masked


@given(st.text(max_size=60), st.text("王李翠缇", max_size=3))
def test_masking_places_are_ordered_and_apart(text: str, name: str) -> None:
    places = telling(text, name)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))


def test_masking_twice_changes_nothing_more() -> None:
    once = mask("我叫王小明，13800138000", "王小明")
    assert mask(once, "王小明") == once
