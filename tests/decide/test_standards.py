"""Who faces the higher bar, and who gets fewer openings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.decide.standards import as_for_retirement, bar, women_get_fewer

BARS = [
    ("男18-45岁,女18-40岁", "women"),
    ("男性年龄上限为50岁、女性年龄上限为45岁", "women"),
    ("女18-38,男18-45", "women"),
    ("男22-45岁，女25-45岁", "women"),
    ("男60以下/女55以下", "women"),
    ("男25-40/女25-38", "women"),
    ("男生身高170cm以上18-40岁，女生身高160cm以上18-35岁", "women"),
    ("男18-40岁，女18-45岁", "men"),
    ("男35周岁以下，女40周岁以下", "men"),
    ("男22岁以上，女20岁以上", "men"),
    ("男18-40岁，女18-40岁", "unclear"),
    ("男本科，女硕士", "women"),
    ("女生限双一流，男生双非可投", "women"),
    ("女生硕士，男生学士即可", "women"),
    ("男硕士，女本科", "men"),
    ("男大专，女大专", "unclear"),
    ("女性需3年以上经验，男性不限", "women"),
    ("男须五官端正，女不限", "men"),
    ("男身高1.75米以上，女1.62米以上", "body"),
    ("男170以上，女160以上", "body"),
    ("男1.65m，女1.55m", "body"),
    ("男体重60-80公斤，女45-60公斤", "body"),
    ("男裸眼视力4.8，女裸眼视力4.6", "body"),
    ("男200元/天，女180元/天", "unclear"),
    ("男50元/小时，女45元/小时", "unclear"),
    ("男有驾照，女会电脑", "unclear"),
    ("男性45岁以下", "unclear"),
    ("", "unclear"),
]


@pytest.mark.parametrize(("words", "expected"), BARS)
def test_bar_is_on_the_sex_that_is_shut_out(words: str, expected: str) -> None:
    assert bar(words) == expected


_AGES = st.tuples(st.integers(16, 39), st.integers(40, 65))


@given(_AGES, _AGES)
def test_bar_turns_with_the_sexes(one: tuple[int, int], other: tuple[int, int]) -> None:
    def ad(men: tuple[int, int], women: tuple[int, int]) -> str:
        return f"男{men[0]}-{men[1]}岁，女{women[0]}-{women[1]}岁"

    inside = one[0] >= other[0] and one[1] <= other[1]
    if one == other:
        assert bar(ad(one, other)) == "unclear"
    elif inside:
        assert (bar(ad(other, one)), bar(ad(one, other))) == ("women", "men")
    else:
        assert bar(ad(one, other)) in ("women", "men")


@pytest.mark.parametrize(
    ("words", "fewer"),
    [
        ("男3名女1名", True),
        ("男5名，女2名", True),
        ("男十人，女两人", True),
        ("男女比例7:3", True),
        ("男2名女3名", False),
        ("男女各50名", False),
        ("男女比例3:7", False),
        ("男10女10", False),
        ("男3名", False),
    ],
)
def test_women_get_fewer_counts_openings(words: str, fewer: bool) -> None:
    assert women_get_fewer(words) is fewer


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("男60岁以下，女55岁以下", True),
        ("男60以下/女50以下", True),
        ("男50岁以下，女45岁以下", False),
        ("男60岁", False),
    ],
)
def test_as_for_retirement_knows_the_pairs(words: str, near: bool) -> None:
    assert as_for_retirement(words) is near
