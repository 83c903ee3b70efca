"""What makes a report urgent, and that the sum is explained."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.complaint.factors import load_factors
from scanner.complaint.understanding import Fact, Signal
from scanner.complaint.urgency import Level, urgency
from scanner.errors import PingzhaoError
from scanner.paths import shipped
from tests.complaint.told import told

TODAY = date(2026, 11, 25)
NEAR = (Signal.DEADLINE, "周五前签字")
FAR = (Signal.DEADLINE, "仲裁时效还有半年多")
DISMISSED = (Signal.PREGNANCY_DISMISSAL, "肚子大了别来了")
MANY = (Signal.MANY_VICTIMS, "我们班二十多个女生")
PUBLIC = (Signal.PUBLIC_BODY, "事业单位")
AGAIN = (Signal.REPEAT_EMPLOYER, "去年就有人投诉过")
REVENGE = (Signal.RETALIATION, "谁告状就开除谁")
HEALTH = (Signal.HEALTH_RISK, "怀着孕让她搬货")
Told = Sequence[tuple[Signal, str]]


@pytest.mark.parametrize(
    ("signals", "when", "level"),
    [
        ([], "", Level.NORMAL),
        ([NEAR], "", Level.URGENT),
        ([(Signal.DEADLINE, "不签就不办入职")], "", Level.URGENT),
        ([FAR], "", Level.NORMAL),
        ([FAR, NEAR], "", Level.URGENT),
        ([NEAR, (Signal.DEADLINE, "说好11月20日答复")], "", Level.URGENT),
        ([(Signal.DEADLINE, "三天前通知我月底前搬走")], "", Level.URGENT),
        ([(Signal.DEADLINE, "下周三之前")], "", Level.URGENT),
        ([(Signal.DEADLINE, "报名11月10日就截止了")], "", Level.NORMAL),
        ([(Signal.DEADLINE, "下个月底出名单")], "", Level.NORMAL),
        ([DISMISSED], "", Level.URGENT),
        ([DISMISSED], "上周", Level.URGENT),
        ([DISMISSED], "10月28日", Level.URGENT),
        ([DISMISSED], "去年", Level.SOON),
        ([DISMISSED], "前年", Level.SOON),
        ([DISMISSED], "三年前", Level.SOON),
        ([DISMISSED], "2021年", Level.SOON),
        ([DISMISSED, REVENGE], "前年", Level.URGENT),
        ([REVENGE], "", Level.URGENT),
        ([HEALTH], "", Level.URGENT),
        ([MANY], "", Level.SOON),
        ([PUBLIC], "", Level.SOON),
        ([AGAIN], "", Level.SOON),
        ([MANY, PUBLIC], "", Level.URGENT),
        ([PUBLIC, AGAIN], "", Level.URGENT),
        ([MANY, FAR, DISMISSED], "去年", Level.SOON),
        ([MANY, MANY], "", Level.SOON),
    ],
)
def test_urgency_levels(signals: Told, when: str, level: Level) -> None:
    facts = [(Fact.EVENT_DATE, when)] if when else []
    assert urgency(told(signals=signals, facts=facts), today=TODAY).level is level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("2019年我怀孕后被换下来当学员，现在想问问。", Level.SOON),
        ("前年入职，昨天主管叫我别来了。", Level.URGENT),
        ("2021年3月入职任前厅经理，怀孕后被免职。", Level.URGENT),
        ("怀孕已经五个月了，叫我自己写辞职。", Level.URGENT),
    ],
)
def test_urgency_days_in_the_text_count_where_none_is_marked(text: str, level: Level) -> None:
    assert urgency(told(signals=[DISMISSED]), today=TODAY, text=text).level is level


def test_urgency_the_day_of_an_earlier_report_is_not_that_of_the_wrong() -> None:
    text = "去年就有人投诉过，今年又把怀孕的赶走了。"
    assert urgency(told(signals=[AGAIN, DISMISSED]), today=TODAY, text=text).level is Level.URGENT


@pytest.mark.parametrize(
    ("signals", "reports", "level"),
    [([], 1, Level.SOON), ([PUBLIC], 2, Level.URGENT), ([AGAIN], 3, Level.SOON), ([PUBLIC], 0, Level.SOON)],
)
def test_urgency_earlier_reports_in_the_store_count_once(signals: Told, reports: int, level: Level) -> None:
    assert urgency(told(signals=signals), today=TODAY, repeat_reports=reports).level is level


def test_urgency_explains_its_sum() -> None:
    found = urgency(told(signals=[MANY, NEAR]), today=TODAY, repeat_reports=2)
    assert (
        found.explanation
        == "期限临近 60 分 + 受害人多 30 分 + 屡次被反映 30 分 = 120 分（按满分 100 分计）：急"
    )
    assert found.score == 100
    deadline, many, again = found.factors
    assert deadline.passage is not None
    assert deadline.passage.quote == "周五前签字"
    assert many.passage is not None
    assert again.passage is None
    assert "此前已有 2 件" in again.reason
    assert all(factor.reason and factor.source for factor in found.factors)


def test_urgency_shows_the_deadline_that_presses() -> None:
    (factor,) = urgency(told(signals=[FAR, NEAR]), today=TODAY).factors
    assert factor.passage is not None
    assert factor.passage.quote == "周五前签字"


ALL = [NEAR, FAR, DISMISSED, MANY, PUBLIC, AGAIN, REVENGE, HEALTH]


@given(st.lists(st.sampled_from(ALL), max_size=6), st.sampled_from(ALL), st.sampled_from(["", "去年"]))
def test_urgency_one_more_factor_never_lowers_the_score(
    signals: Told, more: tuple[Signal, str], when: str
) -> None:
    facts = [(Fact.EVENT_DATE, when)] if when else []
    before = urgency(told(signals=signals, facts=facts), today=TODAY)
    after = urgency(told(signals=[*signals, more], facts=facts), today=TODAY)
    assert after.score >= before.score
    assert urgency(told(signals=signals, facts=facts), today=TODAY, repeat_reports=1).score >= before.score


@given(st.permutations(ALL).map(lambda signals: signals[:5]), st.randoms())
def test_urgency_order_does_not_matter(signals: Told, chance: object) -> None:
    turned = list(reversed(signals))
    one, other = (urgency(told(signals=some), today=TODAY) for some in (signals, turned))
    assert one.explanation == other.explanation


@given(st.sets(st.sampled_from(ALL)), st.booleans(), st.integers(0, 3))
def test_urgency_is_urgent_for_the_named_reasons_only(
    signals: set[tuple[Signal, str]], old: bool, reports: int
) -> None:
    facts = [(Fact.EVENT_DATE, "去年")] if old else []
    kinds = {kind for kind, _ in signals} | ({Signal.REPEAT_EMPLOYER} if reports else set())
    pressing = {Signal.RETALIATION, Signal.HEALTH_RISK} | (set() if old else {Signal.PREGNANCY_DISMISSAL})
    adding = {Signal.MANY_VICTIMS, Signal.PUBLIC_BODY, Signal.REPEAT_EMPLOYER}
    expected = bool(kinds & pressing) or NEAR in signals or len(kinds & adding) >= 2
    found = urgency(told(signals=sorted(signals), facts=facts), today=TODAY, repeat_reports=reports)
    assert (found.level is Level.URGENT) == expected


@pytest.mark.parametrize(
    ("old", "new", "rule", "cure"),
    [
        ("signal: deadline", "signal: retaliation", "deadline", "每种情形写一次"),
        ("points: 60\n  reason: 因投诉", "points: 50\n  reason: 因投诉", "retaliation", "points 至少写 60"),
        ("points: 30\n  reason: 国家", "points: 50\n  reason: 国家", "public_body", "须小于 60"),
        ("points: 30\n  reason: 国家", "points: 20\n  reason: 国家", "many_victims", "至少 60"),
        ("soon_from: 15", "soon_from: 60", "soon_from", "改小 soon_from"),
        ("reference: §1\n", "reference: somewhere\n", "", ""),
        ("  weight: adding", "  weight: heavy", "", "改用规定的取值"),
    ],
)
def test_factors_a_wrong_file_is_refused_with_the_cure(
    old: str, new: str, rule: str, cure: str, tmp_path: Path
) -> None:
    shutil.copytree(shipped("lexicons") / "complaint", tmp_path / "complaint")
    file = tmp_path / "complaint" / "urgency.yaml"
    content = file.read_text("utf-8")
    assert old in content
    file.write_text(content.replace(old, new), "utf-8")
    with pytest.raises(PingzhaoError) as caught:
        load_factors(tmp_path)
    assert caught.value.code == "E301"
    assert "urgency.yaml" in caught.value.message
    assert rule in caught.value.message
    assert cure in caught.value.message
