from __future__ import annotations

from pathlib import Path

import pytest

from scanner.complaint.labels import KINDS, LABELS
from scanner.complaint.understanding import Fact, Matter, Signal, Stage
from scanner.errors import PingzhaoError
from scanner.findings import Category, Direction
from scanner.training.complaint_rows import of_narrative
from scanner.training.narratives import Narrative, read_narratives

DATA = Path(__file__).parents[2] / "data"
ROW = """
- id: a
  channel: chat
  scope: in
  stages: [employment]
  urgent: true
  text: |
    我在[金鹿超市|employer]（全名[金鹿超市有限公司|employer]）上班，[怀孕被辞|pregnancy_exclusion|none|pregnancy_dismissal]，
    还[欠我两个月工资|matter|wages]，[后天|deadline]就要答复。
"""


@pytest.fixture
def narrative(tmp_path: Path) -> Narrative:
    (tmp_path / "one.yaml").write_text(ROW, "utf-8")
    (read,) = read_narratives(tmp_path)
    return read


def test_narratives_are_read_with_their_labels(narrative: Narrative) -> None:
    assert "[" not in narrative.text
    assert narrative.employer == "金鹿超市有限公司"
    assert narrative.wrongs == {(Category.PREGNANCY_EXCLUSION, Direction.NONE)}
    assert narrative.signals == {Signal.PREGNANCY_DISMISSAL, Signal.DEADLINE}
    assert narrative.matters == {Matter.WAGES}
    assert narrative.stages == {Stage.EMPLOYMENT}
    assert narrative.urgent


def test_narratives_mark_the_words_in_the_plain_text(narrative: Narrative) -> None:
    words = {narrative.text[m.start : m.end]: m.mark for m in narrative.marked}
    assert words["金鹿超市"] is Fact.EMPLOYER
    assert words["后天"] is Signal.DEADLINE


def test_narratives_become_passages_with_a_tag_for_each_character(narrative: Narrative) -> None:
    (passage,) = of_narrative(narrative)
    assert len(passage.text) == len(passage.tags)
    begins = 2 * KINDS.index((Category.PREGNANCY_EXCLUSION, Direction.NONE)) + 1
    assert [passage.text[at] for at, tag in enumerate(passage.tags) if tag == begins] == ["怀"]
    assert {
        Category.PREGNANCY_EXCLUSION,
        Signal.PREGNANCY_DISMISSAL,
        Matter.WAGES,
        Stage.EMPLOYMENT,
    } <= passage.labels
    assert passage.labels <= set(LABELS)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("wages", "wage"), ("employer]）", "boss]）"), ("scope: in", "scop: in"), ("|none|", "|nobody|")],
)
def test_narratives_with_a_wrong_label_are_refused_with_the_file(
    tmp_path: Path, right: str, wrong: str
) -> None:
    (tmp_path / "two.yaml").write_text(ROW.replace(right, wrong), "utf-8")
    with pytest.raises(PingzhaoError, match=r"two\.yaml") as caught:
        read_narratives(tmp_path)
    assert caught.value.code == "E301"


def test_narratives_of_the_repository_are_consistent() -> None:
    train, test = read_narratives(DATA / "narratives"), read_narratives(DATA / "narratives_test")
    ids = [narrative.id for narrative in (*train, *test)]
    assert len(ids) == len(set(ids))
    assert len(train) >= 800
    assert len(test) >= 200
    assert not {narrative.text for narrative in train} & {narrative.text for narrative in test}
    assert all(bool(narrative.categories) == narrative.in_scope for narrative in (*train, *test))
