"""Golden cases beside the splitter, as pySBD keeps them, and what holds for any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.text.normalise import normalise
from scanner.text.segment import segment

GOLDEN = [
    # line ends and sentence ends
    ("限男性\n会开车", ["限男性", "会开车"]),
    ("限男性\r\n\r\n会开车\r倒班", ["限男性", "会开车", "倒班"]),
    ("限男性。会开车！包吃？包住!倒班?", ["限男性", "会开车", "包吃", "包住", "倒班"]),
    ("限男性。。。\n。会开车", ["限男性", "会开车"]),
    ("<p>限男性</p><p>会开车</p>", ["限男性", "会开车"]),
    # numbered items
    ("1、限男性2、会开车3、倒班", ["1、限男性", "2、会开车", "3、倒班"]),
    ("1.限男性2.会开车10.倒班", ["1.限男性", "2.会开车", "10.倒班"]),
    ("1、限男性2、18-35岁3、20周岁以上", ["1、限男性", "2、18-35岁", "3、20周岁以上"]),
    ("1. 限男性 2. 会开车", ["1. 限男性 ", "2. 会开车"]),
    ("1．限男性2．会开车", ["1.限男性", "2.会开车"]),
    ("要求：1）限男性2）会开车", ["要求:", "1)限男性", "2)会开车"]),
    ("（1）限男性（2）会开车(12)倒班", ["(1)限男性", "(2)会开车", "(12)倒班"]),
    ("（一）限男性（二）会开车", ["(一)限男性", "(二)会开车"]),
    ("一、要求二、待遇十一、其他", ["一、要求", "二、待遇", "十一、其他"]),
    ("①限男性②会开车⑪倒班", ["①限男性", "②会开车", "⑪倒班"]),
    ("⑴限男性⑵会开车", ["⑴限男性", "⑵会开车"]),
    ("❶限男性❷会开车", ["❶限男性", "❷会开车"]),
    # signs and emoji as bullets
    ("●限男性●会开车", ["●限男性", "●会开车"]),
    ("★限男性☆会开车◆倒班■包吃", ["★限男性", "☆会开车", "◆倒班", "■包吃"]),
    ("✅限男性✅会开车", ["✅限男性", "✅会开车"]),
    ("🔥限男性👉会开车📌倒班", ["🔥限男性", "👉会开车", "📌倒班"]),
    ("✔️限男性✔️会开车", ["✔限男性", "✔会开车"]),
    # tables and form fields
    ("性别\t男\t年龄\t30", ["性别", "男", "年龄", "30"]),
    ("|性别|男||年龄|30|", ["性别", "男", "年龄", "30"]),
    ("性别│男", ["性别", "男"]),
    ("<tr><td>性别</td><td>男</td></tr>", ["性别", "男"]),
    ("性别：男\n年龄：18-30岁\n学历：不限", ["性别:男", "年龄:18-30岁", "学历:不限"]),
    ("性别：男 年龄：18-30岁", ["性别:男 年龄:18-30岁"]),
    # standards for both sexes stay together
    ("男20-45岁；女20-40岁；会电脑", ["男20-45岁;女20-40岁;会电脑"]),
    ("1、男170cm以上；女160cm以上2、会开车", ["1、男170cm以上;女160cm以上", "2、会开车"]),
    # numbers that open no item
    ("身高1.75米以上", ["身高1.75米以上"]),
    ("男18-30岁，女18~28、倒班", ["男18-30岁,女18~28、倒班"]),
    ("月薪4500.5元", ["月薪4500.5元"]),
    ("2024.5.1上岗", ["2024.5.1上岗"]),
    ("每天5、6小时", ["每天5、6小时"]),
    ("月薪3000、4000元", ["月薪3000、4000元"]),
    ("招30人(限男性)", ["招30人(限男性)"]),
    ("教师2名(男1女1)", ["教师2名(男1女1)"]),
    ("教师12名(男10、女2)", ["教师12名(男10、女2)"]),
    ("每周一至周五", ["每周一至周五"]),
    # nothing to split
    ("限男性", ["限男性"]),
    ("1、限男性", ["1、限男性"]),
    ("", []),
    (" \n\t。|", []),
]


@pytest.mark.parametrize(("text", "clauses"), GOLDEN)
def test_segment_golden(text: str, clauses: list[str]) -> None:
    plain = normalise(text).text
    assert [plain[clause.start : clause.end] for clause in segment(plain)] == clauses


PIECES = st.lists(
    st.sampled_from(
        [
            "限男性",
            "1、",
            "2.",
            "(3)",
            "①",
            "一、",
            "\n",
            "\r\n",
            "。",
            "!",
            "?",
            "\t",
            "|",
            "│",
            ";",
            "18-30",
            "1.75",
            " ",
            "🔥",
            "●",
            "\x00",
            "\ud800",
            "a",
        ]
    )
).map("".join)


@given(st.one_of(PIECES, st.text(st.characters(exclude_categories=[]))))
def test_segment_clauses_are_ordered_disjoint_and_leave_out_only_boundaries(text: str) -> None:
    clauses = segment(text)
    end = 0
    for clause in clauses:
        assert re.fullmatch(r"[\s。!?|│]*", text[end : clause.start])
        assert text[clause.start : clause.end].strip()
        end = clause.end
    assert re.fullmatch(r"[\s。!?|│]*", text[end:])
    assert end <= len(text)
