"""Anchors, vetoes, contrast, word boundaries and context of the matcher."""

import pytest

from scanner.lexicon import Lexicon
from scanner.lexicon.matcher import Matcher
from scanner.text.normalise import normalise


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(Lexicon.load())


def _quotes(matcher: Matcher, text: str, where: str = "text") -> set[str]:
    copy = normalise(text)
    offsets = [copy.to_original(hit.start, hit.end) for hit in matcher.match(copy.text, where)]
    return {text[start:end] for start, end in offsets}


@pytest.mark.parametrize(
    "text",
    [
        "限男性",
        "限侽性",
        "限 男",
        "限&#30007;性",
        "限ＮＡＮ性",
        "仅限nan生",
        "已 婚 已 育优先",
        "怀·孕者勿投",
        "招小\u200b伙\u200b子三名",
        "近期不\u200b得生\u200b育",
        "只招♂",
        "🤰勿扰",
        "不得jie婚",
    ],
)
def test_matcher_prefilter_lets_disguises_through(matcher: Matcher, text: str) -> None:
    assert matcher.may_hit(text)


@pytest.mark.parametrize("text", ["", "负责日常保洁，五险一金", "Java engineer wanted", "小区物业维修"])
def test_matcher_prefilter_settles_plain_ads(matcher: Matcher, text: str) -> None:
    assert not matcher.may_hit(text)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("我们反对性别歧视，但此岗位确需限男性", "限男性"),
        ("有生育津贴，但入职一年内不得怀孕", "入职一年内不得怀孕"),
        ("男女不限，男士优先", "男士优先"),
        ("男女均可（夜班岗限男）", "限男"),
    ],
)
def test_matcher_lawful_words_do_not_reach_across_a_contrast(matcher: Matcher, text: str, quote: str) -> None:
    assert quote in _quotes(matcher, text)


@pytest.mark.parametrize("text", ["限女装品类", "招男科医生", "面向女性用户", "孕妇装导购", "儿女双全"])
def test_matcher_respects_longer_words(matcher: Matcher, text: str) -> None:
    assert _quotes(matcher, text) == set()


def test_matcher_needs_both_sexes_open_for_a_one_sided_standard(matcher: Matcher) -> None:
    assert "女士身高165以上" in _quotes(matcher, "男女均可，女士身高165以上")
    assert "女士身高165以上" not in _quotes(matcher, "前台，女士身高165以上")


def test_matcher_applies_title_rules_to_titles_only(matcher: Matcher) -> None:
    assert _quotes(matcher, "平面设计女", "title") == {"女"}
    assert _quotes(matcher, "平面设计女", "fields") == set()


def test_matcher_finds_every_occurrence(matcher: Matcher) -> None:
    copy = normalise("一岗限男性；二岗限男性。\n三岗限男性")
    starts = {hit.start for hit in matcher.match(copy.text, "text") if hit.rule.id == "only-sex"}
    assert starts == {2, 8, 15}


def test_matcher_time_grows_with_length_only(matcher: Matcher) -> None:
    """No wording makes it backtrack: a page of near-misses stays cheap."""
    import time

    near_misses = "男女要求限招" * 4000
    start = time.perf_counter()
    matcher.match(near_misses, "text")
    assert time.perf_counter() - start < 5
