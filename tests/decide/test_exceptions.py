"""Each exception shows on its own examples and on the gold items, nowhere else, and leads where it should."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner import Ad, Scanner
from scanner.decide.exceptions import ExceptionBook, ExceptionRule
from scanner.findings import AdReport, Disposition
from scanner.law import LawBook
from scanner.training.gold import GoldItem, read_items, to_ad

RULES = ExceptionBook.load(LawBook.load()).rules
ITEMS = list(read_items(Path(__file__).parents[2] / "data" / "gold" / "exceptions.yaml"))
LEADS_TO = {
    "clear": {Disposition.EXEMPT},
    "out_of_scope": {Disposition.EXEMPT},
    "downgrade": {Disposition.REVIEW, Disposition.EXEMPT},
    "route": {Disposition.REVIEW},
    "review": {Disposition.REVIEW, Disposition.EXEMPT},
    "none": {Disposition.VIOLATION, Disposition.REVIEW},
}

# REFERENCE 11, row by row: the effect, and a wording that shows it
ROWS = [
    ("exc_mine_underground", "review", "煤矿井下支护工，限男性"),
    ("exc_heavy_level4", "review", "经测定为第四级体力劳动强度，限男性"),
    ("exc_load_limit", "review", "码头装卸工，每件30公斤，限男性"),
    ("exc_period_annex_misuse", "none", "孕期禁忌从事该岗位，限男性"),
    ("exc_custody_same_sex", "clear", "看守所管教，直接管理女性在押人员，限女性"),
    ("exc_school_dorm", "clear", "寄宿中学女生宿舍管理员，限女性"),
    ("exc_dorm_review", "review", "公司女员工宿舍管理员，限女性"),
    ("exc_intimate_service", "review", "女浴室搓澡，限女性"),
    ("exc_role_casting", "review", "话剧饰演母亲，限女性"),
    ("exc_household_employer", "out_of_scope", "我家请住家保姆，限女性"),
    ("exc_military_enrolment", "out_of_scope", "征兵公告：限男性，18-22周岁"),
    ("policy_mother_post", "downgrade", "妈妈岗，弹性工时，限女性"),
    ("policy_women_event", "clear", "女性专场招聘会，限女性入场"),
    ("policy_assistance", "clear", "美丽工坊残疾妇女手工项目，限女性"),
    ("special_measure_local", "downgrade", "按性别平等促进条例采取暂行特别措施，女性优先"),
    ("civil_service_note", "route", "公务员录用体检标准，一级科员，限男性"),
    ("customary_post", "review", "公安局招辅警，限男性"),
    ("claimed_justification", "none", "按行业惯例，限男性"),
]


def _hints(report: AdReport) -> set[str]:
    return {hint.code for finding in report.findings for hint in finding.exceptions}


def _examples(kind: str) -> Iterator[tuple[ExceptionRule, str]]:
    for rule in RULES:
        for example in rule.flag if kind == "flag" else rule.pass_:
            yield rule, example


@pytest.mark.parametrize(("rule", "example"), list(_examples("flag")))
def test_exception_shows_on_its_flag_examples(scanner: Scanner, rule: ExceptionRule, example: str) -> None:
    report = scanner.scan(Ad(text=example))
    hinted = [f for f in report.findings if rule.code in {hint.code for hint in f.exceptions}]
    assert hinted
    assert {finding.disposition for finding in hinted} <= LEADS_TO[rule.effect]


@pytest.mark.parametrize(("rule", "example"), list(_examples("pass")))
def test_exception_is_silent_on_its_pass_examples(
    scanner: Scanner, rule: ExceptionRule, example: str
) -> None:
    assert rule.code not in _hints(scanner.scan(Ad(text=example)))


@pytest.mark.parametrize(("code", "effect", "text"), ROWS)
def test_exception_has_the_effect_of_the_reference(
    scanner: Scanner, code: str, effect: str, text: str
) -> None:
    [finding] = scanner.scan(Ad(text=text)).findings
    [hint] = [hint for hint in finding.exceptions if hint.code == code]
    assert hint.effect == effect
    assert hint.must_show
    assert hint.question
    assert finding.disposition in LEADS_TO[effect]


def test_exception_clears_only_where_the_reference_clears() -> None:
    clearing = {rule.code for rule in RULES if rule.effect in ("clear", "out_of_scope")}
    assert clearing == {
        "exc_custody_same_sex",
        "exc_school_dorm",
        "exc_household_employer",
        "exc_military_enrolment",
        "policy_women_event",
        "policy_assistance",
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_exception_annex_touches_only_limits_to_men(rule: ExceptionRule) -> None:
    if any(ref.startswith(("SPWA1.", "LL59")) for ref in rule.source) and rule.effect == "review":
        assert [c.value for c in rule.touches.categories] == ["gender_restriction"]
        assert [d.value for d in rule.touches.directions] == ["male"]


def test_exception_words_are_found_in_any_script(scanner: Scanner) -> None:
    for text in ("煤礦井下採煤工，限男性", "煤 矿 井 下 采 煤 工，限男性"):
        assert "exc_mine_underground" in _hints(scanner.scan(Ad(text=text)))


def test_exception_in_title_or_column_counts(scanner: Scanner) -> None:
    assert "exc_intimate_service" in _hints(scanner.scan(Ad(text="限女性", title="女浴室服务员")))
    assert "exc_load_limit" in _hints(scanner.scan(Ad(text="限男性", fields={"岗位": "装卸工"})))


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.effect == "downgrade"], ids=lambda r: r.code)
def test_exception_downgrade_lowers_the_severity(scanner: Scanner, rule: ExceptionRule) -> None:
    for example in rule.flag:
        assert {finding.severity for finding in scanner.scan(Ad(text=example)).findings} == {"S3"}


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_exception_gold_items(scanner: Scanner, item: GoldItem) -> None:
    report = scanner.scan(to_ad(item))
    assert report.findings
    assert set(item.exception) <= _hints(report)
    assert _hints(report).isdisjoint(item.no_exception)
    if item.disposition:
        assert {finding.disposition for finding in report.findings} == {item.disposition}


@pytest.mark.parametrize(
    "item", [item for item in ITEMS if "claimed_justification" in item.exception], ids=lambda item: item.id
)
def test_claimed_justification_is_answered_in_the_message(scanner: Scanner, item: GoldItem) -> None:
    assert any("所称理由不成立" in finding.message for finding in scanner.scan(to_ad(item)).findings)
