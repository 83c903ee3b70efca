"""The shipped reader on reports that leave no doubt; how well it does on hard ones is in models/complaint."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.complaint.reader import ComplaintReader, fullest
from scanner.complaint.understanding import Signal, Stage
from scanner.errors import PingzhaoError
from scanner.findings import Category, Direction
from scanner.paths import shipped


@pytest.fixture(scope="module")
def reader() -> ComplaintReader:
    return ComplaintReader.load()


@pytest.mark.parametrize(
    ("text", "category", "direction"),
    [
        ("我去面试，人事问我打算什么时候要孩子。", Category.MARITAL_BIRTH_INQUIRY, Direction.NONE),
        ("入职体检的时候给女的都加了一项查怀孕。", Category.PREGNANCY_TEST, Direction.NONE),
        ("老板说这个岗位只要男的，女的不收。", Category.GENDER_RESTRICTION, Direction.MALE),
        ("他们让我签保证书，三年之内不许怀孕。", Category.BIRTH_RESTRICTION, Direction.NONE),
        ("得知我怀孕以后，第二天就把我辞退了。", Category.PREGNANCY_EXCLUSION, Direction.NONE),
    ],
)
def test_reader_names_the_wrong_and_quotes_it(
    reader: ComplaintReader, text: str, category: Category, direction: Direction
) -> None:
    read = reader.read(text)
    (judgement,) = [one for one in read.judgements if one.category is category]
    assert read.in_scope
    assert judgement.direction is direction
    assert all(text[p.start : p.end] == p.quote for p in judgement.passages)


@pytest.mark.parametrize(
    "text", ["老板拖欠我三个月工资，一直不发。", "社保断缴了半年，怎么补？", "天天加班到半夜，没有加班费。"]
)
def test_reader_leaves_other_matters_out_of_scope(reader: ComplaintReader, text: str) -> None:
    read = reader.read(text)
    assert not read.in_scope
    assert read.judgements == ()
    assert read.stages == ()
    assert read.matters


def test_reader_finds_employer_stage_and_signal(reader: ComplaintReader) -> None:
    text = "我在长春市鑫源电子厂上班，怀孕五个月，昨天主管说我怀孕了不能干，让我明天之前签离职。"
    read = reader.read(text)
    assert "鑫源电子" in read.employer
    assert Stage.EMPLOYMENT in read.stages
    assert Signal.PREGNANCY_DISMISSAL in {signal.kind for signal in read.signals}


def test_reader_quotes_the_clause_that_tells_a_signal_not_the_whole_report(reader: ComplaintReader) -> None:
    text = "我怀孕以后店长让我写辞职，不写就调去仓库搬货，后天之前必须答复，我有录音。"
    quotes = {signal.kind: signal.passage.quote for signal in reader.read(text).signals}
    assert "后天之前" in quotes[Signal.DEADLINE]
    assert len(quotes[Signal.DEADLINE]) < 15


def test_reader_of_disguised_words_quotes_what_was_written(reader: ComplaintReader) -> None:
    text = "面試的時候問我打算什麼時候要孩子。"
    read = reader.read(text)
    assert read.judgements[0].category is Category.MARITAL_BIRTH_INQUIRY
    assert all(text[p.start : p.end] == p.quote for p in read.judgements[0].passages)


@pytest.mark.parametrize("text", ["", "  \n", "谢谢", "👍👍👍"])
def test_reader_of_nothing_finds_nothing(reader: ComplaintReader, text: str) -> None:
    assert not reader.read(text).in_scope


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_reader_takes_any_text_and_quotes_it(reader: ComplaintReader, text: str) -> None:
    read = reader.read(text)
    passages = [p for j in read.judgements for p in j.passages]
    passages += [found.passage for found in (*read.facts, *read.signals, *read.matters)]
    assert all(text[p.start : p.end] == p.quote for p in passages)


def test_reader_calls_an_employer_by_its_fullest_name() -> None:
    assert fullest(["金鹿", "“金鹿”超市"]) == "金鹿超市"
    assert fullest([]) == ""


def test_reader_without_a_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(PingzhaoError) as caught:
        ComplaintReader.load(tmp_path)
    assert caught.value.code == "E401"


def test_reader_refuses_a_damaged_model(tmp_path: Path) -> None:
    folder = tmp_path / "complaint"
    shutil.copytree(shipped("models") / "complaint", folder)
    with (folder / "facts.crfsuite").open("ab") as file:
        file.write(b"x")
    with pytest.raises(PingzhaoError) as caught:
        ComplaintReader.load(folder)
    assert caught.value.code == "E402"
