"""Counting what toy systems find."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from scanner.ad import Ad
from scanner.training.baseline import LinearBaseline
from scanner.training.clauses import LabelledClause, parse_line
from scanner.training.evaluation import GoldAd, Labelled
from scanner.training.keywords import KEYWORDS, find_keywords
from scanner.training.measure import measure
from scanner.training.systems import System

MALE = Labelled("text", 2, 5, "gender_restriction", "male")
GOLD = [GoldAd(Ad("招工限男性", id="a"), (MALE,)), GoldAd(Ad("招工不限", id="b"), ())]


def fixed(*found: list[Labelled], words: bool = True) -> System:
    """A system that says the same whatever it reads."""

    def find(ads: Sequence[Ad]) -> list[list[Labelled]]:
        return list(found[: len(ads)])

    return System("toy", find, words)


def test_measure_figures_of_ads_words_category_and_direction() -> None:
    wrong = Labelled("text", 0, 2, "pregnancy_test", "none", confidence=0.6)
    measured = measure(fixed([MALE], [wrong]), GOLD)
    rates = measured.rates()
    assert (rates["ads"].right, rates["ads"].predicted, rates["ads"].gold) == (1, 2, 1)
    assert rates["spans"].precision.value == 0.5
    assert rates["spans/gender_restriction"].f1.value == 1
    assert rates["ads/pregnancy_test"].precision.value == 0
    assert rates["spans/male"].recall.value == 1
    assert measured.judged() == [(1.0, True), (0.6, False)]


def test_measure_draws_the_lines_of_a_family_together() -> None:
    found = fixed([MALE], [])
    assert measure(found, GOLD).counts.shape[0] == 2
    together = measure(found, GOLD, ["one", "one"])
    assert together.counts.shape[0] == 1
    assert together.rates()["ads"].recall == measure(found, GOLD[:1]).rates()["ads"].recall


@pytest.mark.parametrize(("words", "predicted"), [(True, 0), (False, 1)])
def test_measure_counts_a_whole_window_where_annotators_read_part_of_it(words: bool, predicted: int) -> None:
    half_read = GoldAd(GOLD[0].ad, (MALE,), ((2, 5),))
    window = Labelled("text", 0, 5, "fault", "fault")
    assert measure(fixed([window], words=words), [half_read]).rates()["ads"].predicted == predicted


def test_keywords_are_about_forty_and_found_in_place() -> None:
    assert 35 <= sum(map(len, KEYWORDS.values())) <= 45
    [title, text] = find_keywords(Ad("要求仅限男性，会电焊", "女士优先"))
    assert (title.field, title.start, title.end, title.direction) == ("title", 0, 4, "female")
    assert (text.start, text.end, text.category) == (2, 6, "gender_restriction")
    assert find_keywords(Ad("男女不限")) == []


def test_baseline_flags_windows_like_those_it_was_shown() -> None:
    jobs = ("焊工", "木工", "电工", "普工", "钳工")
    flagged = [
        LabelledClause(*parse_line(f"{j}[限男性|gender_restriction|male]"), "a", "written") for j in jobs
    ]
    lawful = [LabelledClause(f"{j}男女不限", (), "b", "written") for j in jobs]
    [found] = LinearBaseline([*flagged, *lawful]).find([Ad("瓦工男女不限。油工限男性")])
    assert [(span.field, span.start, span.end) for span in found] == [("text", 7, 12)]
