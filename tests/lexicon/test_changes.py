"""A lexicon with changes over it: nothing is read anew, and the same checks hold."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.ad import Ad
from scanner.engine import Scanner
from scanner.errors import PingzhaoError
from scanner.lexicon import Lexicon
from scanner.lexicon.matcher import Matcher
from scanner.lexicon.schema import Rule, Veto
from scanner.lexicon.selftest import failures, places

RULE: dict[str, Any] = {
    "id": "local-lads",
    "type": "phrase",
    "category": "gender_restriction",
    "subtype": "sex_limit_male",
    "direction": "male",
    "severity": "S1",
    "law": ["WL43.1"],
    "message": "以行话限定男性",
    "rewrite": "删去该说法",
    "patterns": ["<只收铁甲[班|队]>"],
    "flag": ["夜班巡逻，[只收铁甲班]"],
    "pass": ["铁甲班食堂招厨师"],
}
SHIPPED = Lexicon.load()


def rule(**changes: Any) -> Rule:
    return Rule.model_validate(RULE | changes)


def test_changes_leave_the_shipped_lexicon_as_it_is() -> None:
    anchors, version = list(SHIPPED.anchors), SHIPPED.version
    changed = SHIPPED.changed([rule()])
    assert "local-lads" in changed.rules
    assert changed.version != version
    assert (SHIPPED.entry("local-lads"), SHIPPED.anchors, SHIPPED.version) == (None, anchors, version)


def test_changes_are_told_by_the_version_whatever_their_order() -> None:
    one, two = rule(), rule(id="local-two")
    assert SHIPPED.changed([one, two]).version == SHIPPED.changed([two, one]).version
    assert SHIPPED.changed([one]).version != SHIPPED.changed([two]).version
    assert SHIPPED.changed([]).version == SHIPPED.version


def test_changes_bring_anchors_of_their_own() -> None:
    changed = SHIPPED.changed([rule()])
    assert list(failures(Matcher(changed), changed.rules["local-lads"])) == []
    scanner = Scanner.load(model=False)
    assert scanner.scan(Ad("巡逻，只收铁甲队")).findings == ()
    (finding,) = scanner.with_lexicon(changed).scan(Ad("巡逻，只收铁甲队")).findings
    assert finding.spans[0].quote == "只收铁甲队"


def test_changes_replace_a_rule_in_its_place() -> None:
    old = SHIPPED.rules["only-sex"]
    changed = SHIPPED.changed([old.model_copy(update={"message": "另一种说明"})])
    assert list(changed.rules) == list(SHIPPED.rules)
    assert changed.rules["only-sex"].message == "另一种说明"


@pytest.mark.parametrize(
    ("changes", "key", "at", "problem"),
    [
        ({"patterns": ["限男", "招[工]?"]}, "patterns", 1, "不含任何锚词"),
        ({"patterns": ["{nothing}男"]}, "patterns", 0, "没有名为 nothing"),
        ({"patterns": ["男>限<"]}, "patterns", 0, "不成对"),
        ({"flag": ["[限男]", "限男"]}, "flag", 1, "没有标出词句"),
        ({"law": ["WL999"]}, "law", None, "没有条款 WL999"),
        ({"direction": "same", "patterns": ["限{sex}"], "law": {"male": []}}, "law", None, "缺少方向 female"),
        ({"type": "split", "patterns": ["<{age}>"]}, "patterns", 0, "不是一个简单的数值"),
        ({"type": "split", "patterns": ["啊?" * 9 + "{digit}"]}, "patterns", 0, "不是一个简单的数值"),
        ({"id": "products"}, "id", None, "另一种条目"),
    ],
)
def test_changes_name_each_fault_by_key_and_item(
    changes: dict[str, Any], key: str, at: int | None, problem: str
) -> None:
    (fault,) = SHIPPED.faults_of_change(rule(**changes))
    assert (fault.key, fault.at) == (key, at)
    assert problem in fault.problem
    assert fault.cure
    with pytest.raises(PingzhaoError, match="本单位的修改"):
        SHIPPED.changed([rule(**changes)])


def test_changes_refuse_a_veto_that_names_what_only_rules_know() -> None:
    veto = Veto(id="v", negative_class="neg", reason="试", patterns=["限{sex_all}"], silent=["限男"])
    (fault,) = SHIPPED.faults_of_change(veto)
    assert "没有名为 sex_all" in fault.problem


def test_changes_places_tell_what_is_silenced() -> None:
    matcher = Matcher(SHIPPED)
    text = "主营适合女性的护肤品，该岗位适合女生"
    assert places(matcher, text, "text", "suits-sex") == [(14, 18)]
    assert places(matcher, text, "text", "suits-sex", vetoed=True) == [(2, 5), (14, 18)]
