"""Who is competent, 投诉 or 举报, and the two years."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from scanner.complaint.channels import ReportKind, load_channels
from scanner.complaint.kinds import propose_kind
from scanner.complaint.routing import look_back, route
from scanner.complaint.understanding import Fact, Matter, Signal, Stage
from scanner.errors import PingzhaoError
from scanner.paths import shipped
from tests.complaint.told import told

TODAY = date(2026, 11, 25)
HELP = ["women_federation", "trade_union"]


@pytest.mark.parametrize(
    ("employer", "public", "many", "expected"),
    [
        ("样例电子有限公司", "", False, ["labour_inspection", *HELP]),
        ("样例电子有限公司", "", True, ["labour_inspection", "procuratorate", *HELP]),
        ("样例县公交公司", "市属国企", False, ["labour_inspection", *HELP]),
        ("样例港务局", "国有", False, ["labour_inspection", *HELP]),
        ("样例区教育局", "机关", False, ["civil_service_authority", "labour_inspection", *HELP]),
        ("样例区统计局", "", False, ["civil_service_authority", "labour_inspection", *HELP]),
        ("样例县档案馆", "事业单位", False, ["institution_authority", "labour_inspection", *HELP]),
        ("样例县医院", "公立", True, ["institution_authority", "labour_inspection", "procuratorate", *HELP]),
        (
            "",
            "公家单位",
            False,
            ["civil_service_authority", "institution_authority", "labour_inspection", *HELP],
        ),
    ],
)
def test_routing_of_discrimination(employer: str, public: str, many: bool, expected: list[str]) -> None:
    signals = [(Signal.PUBLIC_BODY, public)] * bool(public) + [(Signal.MANY_VICTIMS, "十几个人")] * many
    found = route(told(employer=employer, signals=signals))
    assert [one.channel.code for one in found] == expected
    assert all(one.reason and one.source for one in found)


def test_routing_an_ad_on_a_platform_is_told_to_the_cyberspace_office() -> None:
    found = route(told(stages=[Stage.AD], facts=[(Fact.PUBLISHER, "样例招聘网")]))
    assert [one.channel.code for one in found][-1] == "cyberspace"


@pytest.mark.parametrize(
    ("matter", "first"),
    [
        (Matter.WAGES, "labour_inspection"),
        (Matter.AGE, "labour_inspection"),
        (Matter.HEPATITIS_B, "labour_inspection"),
        (Matter.DISMISSAL, "arbitration"),
        (Matter.HARASSMENT, "police"),
        (Matter.CONSUMER, "market_supervision"),
        (Matter.OTHER, "government_hotline"),
    ],
)
def test_routing_other_matters_go_where_they_belong(matter: Matter, first: str) -> None:
    found = route(told(in_scope=False, matters=[matter]))
    assert found[0].channel.code == first
    assert found[0].words


def test_routing_says_where_every_matter_belongs() -> None:
    for matter in Matter:
        assert all(one.words and one.source for one in route(told(in_scope=False, matters=[matter])))


def test_routing_what_is_nothing_known_goes_to_the_general_line() -> None:
    assert [one.channel.phone for one in route(told(in_scope=False))] == ["12345"]


def test_routing_a_side_matter_comes_after_the_main_one() -> None:
    found = route(told(matters=[Matter.WAGES]))
    assert [one.channel.code for one in found] == ["labour_inspection", *HELP, "arbitration"]


def test_routing_each_office_stands_once() -> None:
    codes = [one.channel.code for one in route(told(matters=list(Matter)))]
    assert len(codes) == len(set(codes))


def test_routing_what_rests_on_memory_says_so() -> None:
    found = route(told(in_scope=False, matters=[Matter.CONSUMER]))
    assert found[0].source.endswith("（待核）")
    assert not route(told())[0].source.endswith("（待核）")


@pytest.mark.parametrize(
    ("text", "household"),
    [
        ("我在雇主家做保姆，说只要没结婚的", True),
        ("家里请的月嫂说她不要男雇员", True),
        ("家政公司派我去雇主家做保姆，公司说只要没结婚的", False),
        ("我去面试服务员，老板说不要女的", False),
    ],
)
def test_routing_a_family_is_no_employer(text: str, household: bool) -> None:
    codes = [one.channel.code for one in route(told(employer=""), text=text)]
    assert ("labour_inspection" not in codes) == household


@pytest.mark.parametrize(
    ("stages", "employer", "anonymous", "own", "kind", "reason"),
    [
        ([Stage.INTERVIEW], "样例公司", False, None, ReportKind.COMPLAINT, "本人权益"),
        ([Stage.AD, Stage.OFFER], "样例公司", False, None, ReportKind.COMPLAINT, "本人权益"),
        ([Stage.AD], "样例公司", False, True, ReportKind.COMPLAINT, "本人权益"),
        ([Stage.AD], "样例公司", False, None, ReportKind.REPORT, "不是本人权益"),
        ([Stage.EMPLOYMENT], "样例公司", False, False, ReportKind.REPORT, "不是本人权益"),
        ([Stage.EMPLOYMENT], "样例公司", True, True, ReportKind.REPORT, "没有留下姓名"),
        ([Stage.INTERVIEW], "", False, True, ReportKind.REPORT, "补上单位名称"),
        ([], "样例公司", False, None, ReportKind.REPORT, "不是本人权益"),
    ],
)
def test_kinds_with_reason_and_term(
    stages: Sequence[Stage], employer: str, anonymous: bool, own: bool | None, kind: ReportKind, reason: str
) -> None:
    found = propose_kind(told(stages=stages, employer=employer), anonymous=anonymous, own_rights=own)
    assert found.kind is kind
    assert reason in found.reason
    assert found.working_days == (5 if kind is ReportKind.COMPLAINT else None)


@pytest.mark.parametrize(
    ("when", "old"),
    [
        ("2019年", True),
        ("三年前", True),
        ("前年春天", True),
        ("去年", False),
        ("上周", False),
        ("", False),
        ("那天", False),
    ],
)
def test_routing_warns_of_what_is_older_than_two_years(when: str, old: bool) -> None:
    found = look_back(told(facts=[(Fact.EVENT_DATE, when)]), today=TODAY)
    assert (found is not None) == old
    if found:
        assert "是否还在继续" in found.reason
        assert "第二十条" in found.source


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  channel: cyberspace\n", "  channel: nobody\n", "没有途径 nobody"),
        ("- matter: injury", "- matter: privacy", "写了 0 次"),
        ("    not_own: 反", "    no_such: 反", "not_own"),
        ('phone: "12338"', "phone: 打电话", "phone"),
        ("reference: memory\n- code: market", "reference: 记得\n- code: market", "reference"),
    ],
)
def test_channels_a_wrong_file_is_refused(old: str, new: str, says: str, tmp_path: Path) -> None:
    shutil.copytree(shipped("lexicons") / "complaint", tmp_path / "complaint")
    file = tmp_path / "complaint" / "channels.yaml"
    content = file.read_text("utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), "utf-8")
    with pytest.raises(PingzhaoError) as caught:
        load_channels(tmp_path)
    assert caught.value.code == "E301"
    assert "channels.yaml" in caught.value.message
    assert says in caught.value.message
