import pytest

from scanner.lexicon.boundaries import inside_longer_word


@pytest.mark.parametrize(
    ("clause", "hit", "inside"),
    [
        ("限女装品类", "限女", True),
        ("限女，三十岁", "限女", False),
        ("主营男鞋", "男", True),
        ("美女主播", "美女", False),
        ("要求女性", "女性", False),
    ],
)
def test_boundaries_refuse_hits_inside_longer_words(clause: str, hit: str, inside: bool) -> None:
    start = clause.index(hit)
    assert inside_longer_word(clause, start, start + len(hit)) is inside
