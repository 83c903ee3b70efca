"""The pattern language of rule files: what each token means, and what is refused."""

import re

import pytest

from scanner.lexicon.pattern import PatternCompiler, PatternError

SETS = {"sex": ["男", "男性", "男生"], "only": ["限", "仅限"], "job": ["保安", "司机"]}


@pytest.fixture
def compiler() -> PatternCompiler:
    return PatternCompiler(SETS)


@pytest.mark.parametrize(
    ("pattern", "text", "span"),
    [
        ("限{sex}", "要求限男性", "限男性"),
        ("{only?}{sex}", "男生", "男生"),
        ("{sex}{!job}", "男司机", None),
        ("{sex}{!job}", "男，司机", "男"),
        ("{-only}{job}", "限保安", None),
        ("{-only}{job}", "招保安", "保安"),
        ("<{sex}>{job}", "招男保安", "男"),
        ("招{~4}{sex}", "招两名男", "招两名男"),
        ("招{~4}{sex}", "招工，男", None),
        ("招{*4}{sex}", "招工，男", "招工，男"),
        ("招{*4}{sex}", "招工。男", None),
        ("[招|聘]{job}", "聘司机", "聘司机"),
        ("急?招{job}", "招司机", "招司机"),
        ("[长期|急]?招{job}", "长期招司机", "长期招司机"),
        ("^{sex}$", "30岁，男，本科", "男"),
        ("^{sex}$", "俊男，本科", None),
        ("{sex}$", "限男装", None),
    ],
)
def test_pattern_matches_what_it_says(
    compiler: PatternCompiler, pattern: str, text: str, span: str | None
) -> None:
    found = re.search(compiler.source(pattern, {}), text.replace("，", ","))
    assert (found["span"].replace(",", "，") if found else None) == span


def test_pattern_prefers_the_longest_wording(compiler: PatternCompiler) -> None:
    found = re.search(compiler.source("{sex}", {}), "男性")
    assert found is not None
    assert found.group() == "男性"


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("{nothing}", "没有名为 nothing"),
        ("<{sex}>和<{job}>", "多对尖括号"),
        ("<{sex}", "不成对"),
        (">{sex}<", "不成对"),
        ("{sex}<{job?}>", "可能什么都不报告"),
        ("{sex}<[甲|]>", "可能什么都不报告"),
        ("{sex}<{~6}>", "可能什么都不报告"),
        ("{~abc}{sex}", "没有写明字数"),
        ("{*0}{sex}", "没有写明字数"),
        ("{~100}{sex}", "没有写明字数"),
        ("啊?" * 17 + "{sex}", "太复杂"),
        ("[啊|啊啊]" * 17 + "{sex}", "太复杂"),
        ("{~60}{*60}{~60}{sex}", "太复杂"),
    ],
)
def test_pattern_refuses_with_a_cure(compiler: PatternCompiler, pattern: str, problem: str) -> None:
    with pytest.raises(PatternError, match=problem) as caught:
        compiler.source(pattern, {})
    assert caught.value.cure


@pytest.mark.parametrize(
    ("pattern", "anchors"),
    [
        ("{only?}{sex}", {"男"}),
        ("[夫妻|情侣]工?", {"夫妻", "情侣"}),
        ("招{job}", set()),
        ("{sex?}限", set()),
    ],
)
def test_pattern_anchors_are_words_every_match_holds(
    compiler: PatternCompiler, pattern: str, anchors: set[str]
) -> None:
    assert compiler.anchors(pattern, {}, ["男", "夫妻", "情侣"]) == anchors
