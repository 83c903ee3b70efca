"""What `check` and `scan` print."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from scanner.ad import Ad
from scanner.findings import RowError
from scanner.report.terminal import TerminalWriter, print_report
from tests.report.conftest import Item, fill, finding, flagged, reported


def console(*, colour: bool = False, width: int = 80) -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(
        file=out, width=width, force_terminal=colour, color_system="standard" if colour else None
    ), out


def printed(*items: Item, limit: int = 20, notes: tuple[str, ...] = ()) -> str:
    screen, out = console()
    fill(TerminalWriter(screen, limit=limit), items, notes)
    return out.getvalue()


def test_terminal_shows_findings_then_counts() -> None:
    ad = Ad("招保安，限男性。", title="保安", employer="虚拟物业", id="a", source="板.csv", row=2)
    shown = printed(
        reported(ad, finding(ad, "限男性", disposition="review")),
        reported(Ad("会电脑")),
        RowError("3", "E103", "坏", 3),
        RowError("4", "E104", "坏", 4),
        RowError("5", "E103", "坏", 5),
        notes=("板.csv：编码 GB18030",),
    )
    assert "保安 · 虚拟物业 · 板.csv 第 2 行" in shown
    assert "正文：招保安，限男性[1]。" in shown
    assert "[1] 待核 限定性别 · 限男/偏男 · 严重" in shown
    assert "依据：《妇女权益保障法》第四十三条" in shown
    assert "需要核问：是否在井下作业？" in shown
    assert "会电脑" not in shown
    head, _, counts = shown.partition("扫描结果")
    assert "待核 1" not in head
    for told in (
        "2",
        "E103 2 行，E104 1 行",
        "待核 1",
        "限定性别 1",
        "限男/偏男 1",
        "严重 1",
        "编码 GB18030",
    ):
        assert told in counts
    assert "命中是线索，不是违法认定" in counts


def test_terminal_stops_at_the_limit() -> None:
    shown = printed(*(flagged(title=f"岗位{at}") for at in range(5)), limit=2)
    assert [f"岗位{at} ·" in shown for at in range(5)] == [True, True, False, False, False]
    assert "另有 3 条广告有线索" in shown


def test_terminal_without_findings_prints_counts_only() -> None:
    shown = printed(reported(Ad("会电脑")))
    assert shown.startswith("扫描结果")
    assert "有线索的广告  0" in shown


def check(ad: Ad, *findings: object, colour: bool = False) -> str:
    screen, out = console(colour=colour)
    print_report(screen, *reported(ad, *findings))
    return out.getvalue()


def test_check_prints_law_question_and_rewrite() -> None:
    ad = Ad("👷" * 200 + "限男性", title="保安", fields={"性别": "男"})
    shown = check(ad, finding(ad, "限男性", disposition="review"), finding(ad, "男", "fields.性别"))
    assert "👷" * 200 + "限男性[1]" in shown
    assert "职位名称：保安" in shown
    assert "性别：男[2]" in shown
    for told in (
        "说明：招聘条件限定了性别",
        "禁止性规定：《妇女权益保障法》第四十三条：“条文原文”",
        "政策要求：《某通知》（某发〔2019〕17号）二：条文大意（待核原文）",
        "可能的例外：矿山井下作业（须证明：确在井下作业）",
        "需要核问：是否在井下作业？",
        "修改建议：删去该项",
        "判断来源：规则 only-sex",
    ):
        assert told in shown


def test_check_says_so_when_nothing_is_found() -> None:
    assert "未发现" in check(Ad("会电脑"))


@pytest.mark.parametrize(
    "text",
    ["[red]限男性[/red]", "[/nothing]限男性", "a\x1b[2J\x9b31m\x07限男性", "\ud83d限男性"],
)
def test_check_ad_text_commands_no_terminal(text: str) -> None:
    ad = Ad(text, title=text, id=text)
    shown = check(ad, finding(ad, text, message=text, suggestion=text))
    assert not set(shown) & {"\x1b", "\x9b", "\x07", "\ud83d"}
    assert shown.count("限男性") >= 4


def test_check_marks_words_in_colour() -> None:
    ad = Ad("招保安，限男性")
    assert "\x1b[1;37;41m限男性\x1b[0m" in check(ad, finding(ad, "限男性"), colour=True)
