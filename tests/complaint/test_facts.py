from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.complaint.facts import FactTagger, features
from scanner.complaint.names import endings
from scanner.complaint.understanding import Fact
from scanner.training.complaint_facts import fit_facts
from scanner.training.narratives import MarkedPassage, Narrative

NAMES = (
    "金鹿超市",
    "海棠服饰",
    "永昌印刷厂",
    "恒泰矿机厂",
    "老灶台饭店",
    "和盛印染厂",
    "亮彩涂装",
    "顺捷代驾",
)


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> FactTagger:
    """One that has seen eight names in one sentence."""
    folder = tmp_path_factory.mktemp("facts")
    fit_facts([_told(name) for name in NAMES * 4], folder)
    return FactTagger(folder)


def _told(name: str) -> Narrative:
    text = f"我在{name}上班，怀孕后被调岗"
    marked = (MarkedPassage(2, 2 + len(name), Fact.EMPLOYER),)
    return Narrative(name, text, True, frozenset(), False, marked)


def test_facts_find_a_name_that_was_never_seen(tagger: FactTagger) -> None:
    text = "我在天盛鞋业上班，怀孕后被调岗"
    assert [(text[f.start : f.end], f.kind) for f in tagger.tag(text)] == [("天盛鞋业", Fact.EMPLOYER)]


def test_facts_find_nothing_where_nothing_is_named(tagger: FactTagger) -> None:
    assert tagger.tag("怀孕后被调岗") == []
    assert tagger.tag("") == []


@given(st.text(max_size=60))
def test_facts_describe_every_character(text: str) -> None:
    described = features(text)
    assert len(described) == len(text)
    assert len({len(one) for one in described}) <= 1


def test_facts_endings_are_listed_once_the_longest_first() -> None:
    assert len(endings()) == len(set(endings()))
    assert list(map(len, endings())) == sorted(map(len, endings()), reverse=True)


def test_facts_without_a_model_say_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FactTagger(tmp_path).tag("我在金鹿超市上班")
