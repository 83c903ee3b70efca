"""What is hidden is hidden from lexicon, training and test alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner import Ad, Scanner
from scanner.classifier.model import Classifier
from scanner.law import LawBook
from scanner.lexicon import Lexicon
from scanner.training.clauses import Family, LabelledClause, read_families
from scanner.training.examples import written
from scanner.training.hiding import hide_terms
from scanner.training.labelled_sets import unforeseen_families
from scanner.training.unforeseen import Draw, draw, lexicon_without, lines_in_need

ROOT = Path(__file__).parents[2]
CLAUSES = ROOT / "data" / "clauses"


@pytest.fixture(scope="module")
def hidden() -> Draw:
    return draw(read_families(CLAUSES), written(CLAUSES), seed=1)


def test_unforeseen_draw_is_a_third_and_repeats(hidden: Draw) -> None:
    assert hidden == draw(read_families(CLAUSES), written(CLAUSES), seed=1)
    assert hidden != draw(read_families(CLAUSES), written(CLAUSES), seed=2)
    assert 50 < len(hidden.families) < len(read_families(CLAUSES)) / 2
    assert not {"男", "女", "岁"} & set(hidden.terms)


def test_unforeseen_terms_never_reach_training(hidden: Draw) -> None:
    kept = [clause for clause in written(CLAUSES) if hidden.leaves(clause)]
    groups = {family.group for family in hidden.families}
    assert len(kept) > 1000
    assert not any(clause.group in groups for clause in kept)
    assert not any(term in clause.text for term in hidden.terms for clause in kept)


def test_unforeseen_lines_need_what_is_hidden(hidden: Draw, tmp_path: Path) -> None:
    lexicon = lexicon_without(hidden, tmp_path)
    scanner = Scanner(lexicon, LawBook.load())
    flagged = [item for item in lines_in_need(hidden, lexicon) if item.spans]
    assert len(flagged) > 50
    assert not any(scanner.scan(item.ad).findings for item in flagged)
    assert all(hidden.names(item.ad.text) for item in flagged)


@pytest.mark.parametrize(
    ("text", "found"), [("招聘小伙子三名", 0), ("招聘帅哥三名", 1), ("要求男性", 1), ("限小伙", 0)]
)
def test_hiding_takes_away_the_term_and_no_other(text: str, found: int, tmp_path: Path) -> None:
    assert Scanner.load(model=False).scan(Ad(text)).findings
    lexicon = Lexicon(hide_terms(ROOT / "lexicons", ["小伙"], tmp_path), LawBook.load())
    assert len(Scanner(lexicon, LawBook.load()).scan(Ad(text)).findings) == found


def test_hiding_a_whole_set_leaves_a_sound_lexicon(tmp_path: Path) -> None:
    every = ["孕", "妊", "hcg"]
    lexicon = Lexicon(hide_terms(ROOT / "lexicons", every, tmp_path), LawBook.load())
    scanner = Scanner(lexicon, LawBook.load())
    assert scanner.scan(Ad("限男性，入职体检含孕检")).findings[0].direction == "male"
    assert len(scanner.scan(Ad("限男性，入职体检含孕检")).findings) == 1


def test_unforeseen_families_share_no_term_with_training(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text('- group: a\n  flag: ["招[须眉|gender_restriction|male]"]\n', "utf-8")
    known, new = (Family(group=term, terms=[word]) for term, word in (("k", "须眉"), ("n", "喉结")))
    assert unforeseen_families([known, new, Family(group="none")], [tmp_path]) == [new]


@pytest.mark.slow
def test_unforeseen_experiments_train_and_measure(tmp_path: Path) -> None:
    """The path of the long experiments at toy size."""
    from transformers import BertConfig, BertModel, BertTokenizerFast

    from scanner.training.examples import as_ad
    from scanner.training.experiments import Bench, learning_curve, unforeseen
    from scanner.training.finetune import FinetuneSettings
    from scanner.training.fit import Sources, gather

    words = {"a": "彪形大汉", "b": "须眉", "c": "有喉结的", "d": "刮胡子的", "e": "带把儿的", "f": "扛枪的"}
    for folder in ("clauses", "gold", "bert"):
        (tmp_path / folder).mkdir()
    (tmp_path / "clauses" / "all.yaml").write_text(
        "".join(
            f'- group: {group}\n  terms: [{term}]\n  flag: ["招[{term}|gender_restriction|male]一名"]\n'
            f'  pass: ["{term}牌拖把"]\n'
            for group, term in words.items()
        ),
        "utf-8",
    )
    vocabulary = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *sorted(set("招一名" + "".join(words.values()))),
    ]
    (tmp_path / "bert" / "vocab.txt").write_text("\n".join(vocabulary), "utf-8")
    BertTokenizerFast(str(tmp_path / "bert" / "vocab.txt")).save_pretrained(tmp_path / "bert")
    size = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
    BertModel(BertConfig(vocab_size=len(vocabulary), **size)).save_pretrained(tmp_path / "bert")

    bench = Bench(
        Sources(tmp_path / "clauses", tmp_path / "gold"),
        str(tmp_path / "bert"),
        tmp_path / "work",
        FinetuneSettings(epochs=1, batch=4),
    )
    told: list[str] = []
    first, total = unforeseen(bench, 1, told.append)
    assert first["terms"] == 2
    assert (first["flagged"], first["lawful"]) == (2, 2)
    assert first["systems"]["只用词库"]["ads"]["recall"]["value"] == 0
    assert total["systems"] == first["systems"]
    line = as_ad(LabelledClause("招一名", (), "x", "written"))
    curve = learning_curve(bench, {"written": [line]}, told.append, (1.0,))
    assert [row["clauses"] for row in curve] == [len(gather(bench.sources))]
    assert len(told) == 2
    assert Classifier.load(tmp_path / "work" / "curve-1.0" / "onnx").version.startswith("scratch-")
