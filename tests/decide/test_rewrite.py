"""Rewrites: lawful, without stray marks or words left hanging, or advice alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scanner import Ad, Scanner
from scanner.decide.rewrite import Fault, mend
from scanner.training.gold import load_gold, to_ad

GOLD = load_gold(Path(__file__).parents[2] / "data" / "gold")
MENDED = re.compile("可改为：(.*)", re.S)

CLAUSES = [
    ("仓管员，[限男性]，会开叉车", "仓管员，会开叉车"),
    ("4、[要求男性]，退伍军人优先", "4、退伍军人优先"),
    ("③保安（[男]）", "③保安"),
    ("要求：[男]，会开三轮", "要求：会开三轮"),
    ("维修工：[限男性]", ""),
    ("[男]", ""),
    ("客户回访，[女性优先]考虑", "客户回访"),
    ("刑侦技术岗，[较适合男性]报考", "刑侦技术岗"),
    ("[最适合男性]从事的销售岗位，提成高", "销售岗位，提成高"),
    ("[男性较适合]该岗位", ""),
    ("店长，已婚或[离异优先]，能住店", "店长，能住店"),
    ("因加班频繁，[男士优先]", ""),
    ("公司规定厨房[不招女工]，月休四天", "月休四天"),
    ("同等条件下[女性优先]，会排版", "会排版"),
    ("应酬较多，[女士请考虑清楚]再投", "应酬较多"),
    ("一次性招[未婚][女性]客服", "一次性招客服"),
    ("招[已婚][女性]做仓库文员", "招仓库文员"),
    ("该职位[限男生]报名", ""),
    ("我们反对性别歧视，但此岗位确需[限男性]", "我们反对性别歧视"),
    ("虽不限定性别，但[男性为主]", "不限定性别"),
]


@pytest.mark.parametrize(("marked", "expected"), CLAUSES)
def test_mend_takes_out_what_hangs_on_the_words(marked: str, expected: str) -> None:
    plain, faults = "", []
    for piece in re.split(r"(\[.*?\])", marked):
        words = piece.strip("[]")
        if piece.startswith("["):
            faults.append(Fault(len(plain), len(plain) + len(words)))
        plain += words
    assert mend(plain, faults) == expected


def test_mend_takes_off_the_sex_of_a_job_title() -> None:
    assert mend("急聘女性文员两名", [Fault(2, 6, sex_only=True)]) == "急聘文员两名"


def test_mend_joins_faults_that_overlap() -> None:
    assert mend("司机，孕期女性勿扰，C1", [Fault(3, 9), Fault(5, 9)]) == "司机，C1"


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("前台，女，未婚，22岁", "前台，22岁"),
        ("急聘女文员", "急聘文员"),
        ("安全员，限男性，孕妇勿扰", "安全员"),
        ("民办学校招女生活老师", "民办学校招生活老师"),
        ("抗压性差的女生慎投，月休四天", "月休四天"),
    ],
)
def test_rewrite_mends_all_that_is_wrong_in_the_clause(scanner: Scanner, text: str, suggestion: str) -> None:
    for finding in scanner.scan(Ad(text=text)).findings:
        assert finding.suggestion.endswith(f"可改为：{suggestion}")


@pytest.mark.parametrize(
    "text", ["男3名，女1名", "男18-45岁，女18-40岁", "三年内不得怀孕，否则辞退", "出于对女性的保护，不招女工"]
)
def test_rewrite_that_cannot_be_had_by_cutting_is_advice(scanner: Scanner, text: str) -> None:
    [finding] = scanner.scan(Ad(text=text)).findings
    assert finding.suggestion
    assert "可改为" not in finding.suggestion


def test_rewrite_of_a_finding_that_is_cleared_asks_for_no_change(scanner: Scanner) -> None:
    [finding] = scanner.scan(Ad(text="实验小学女生宿舍管理员，限女性")).findings
    assert finding.suggestion == "核对属实的，无须修改"


def test_rewrite_of_a_possible_exception_is_conditional(scanner: Scanner) -> None:
    [finding] = scanner.scan(Ad(text="煤矿井下支护工，限男性")).findings
    assert finding.suggestion.startswith("例外不能证明的，")


def test_rewrites_of_the_gold_items_are_lawful_and_whole(scanner: Scanner) -> None:
    seen = 0
    for item in GOLD:
        for finding in scanner.scan(to_ad(item)).findings:
            assert finding.suggestion
            assert not finding.suggestion.endswith(("。", "；", "，"))
            if match := MENDED.search(finding.suggestion):
                seen += 1
                assert not scanner.scan(Ad(text=match[1])).findings, (item.id, match[1])
                assert not re.search(r"^[，,、；;：:]|[，,、；;：:（(]$|[，、；]{2}|（）|\(\)", match[1]), (
                    item.id,
                    match[1],
                )
    assert seen > 300
