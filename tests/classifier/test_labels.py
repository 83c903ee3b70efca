import pytest

from scanner.classifier.labels import CLAUSE_LABELS, KINDS, TAGS, tag_of
from scanner.findings import Category, Direction


def test_labels_have_a_beginning_and_an_inside_tag_for_every_kind() -> None:
    assert len(TAGS) == 1 + 2 * len(KINDS)
    assert {category for category, _ in KINDS} == set(Category)
    assert len(CLAUSE_LABELS) == len(Category) + 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("begins", [True, False])
def test_labels_lead_back_to_their_kind(kind: tuple[Category, Direction], begins: bool) -> None:
    tag = tag_of(*kind, begins=begins)
    assert KINDS[(tag - 1) // 2] == kind
    assert TAGS[tag] == f"{'B' if begins else 'I'}-{kind[0].value}:{kind[1].value}"


def test_labels_refuse_a_kind_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        tag_of(Category.PREGNANCY_TEST, Direction.MALE, begins=True)
