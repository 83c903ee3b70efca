"""The whole way from ads to a model that finds something, at toy size; the long run differs in numbers only."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from scanner import Ad, Scanner
from scanner.classifier.linear import NOWHERE, Linear
from scanner.classifier.model import Classifier
from scanner.cli.app import main
from scanner.errors import PingzhaoError
from scanner.training.clauses import LabelledClause, parse_line
from scanner.training.export import export, seal
from scanner.training.finetune import FinetuneSettings, finetune
from scanner.training.linear import OPEN, fit_linear, gate_at
from scanner.training.pretrain import PretrainSettings, pretrain
from scanner.training.worth import JudgedHit, JudgedSpan, agreement, calibration, load_scratch, thresholds

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("encoder")
    tiny = PretrainSettings(layers=1, hidden=64, heads=2, vocabulary=3000, limit=400)
    pretrain(ROOT / "data" / "samples", folder, tiny)
    return folder


@pytest.fixture(scope="module")
def model(encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that has seen one wording over and over."""
    work = tmp_path_factory.mktemp("work")
    jobs = ("保安", "司机", "焊工", "普工", "木工", "电工", "泥工", "钳工")
    lines = [f"招{job}[彪形大汉|gender_restriction|male]{n}名" for job in jobs for n in range(1, 7)]
    flagged = [LabelledClause(*parse_line(line), "a", "written") for line in lines]
    lawful = [
        LabelledClause(f"招{job}{n}名男女不限", (), "b", "written", True) for job in jobs for n in range(1, 7)
    ]
    finetune(
        [*flagged, *lawful], str(encoder), work, FinetuneSettings(epochs=25, batch=16, learning_rate=2e-3)
    )
    export(work, work / "onnx", [clause.text for clause in (*flagged, *lawful)])
    fit_linear([*flagged, *lawful]).save(work / "onnx" / "linear.npz")
    seal(work / "onnx", {"name": "toy", "gate": OPEN, "thresholds": {"gender_restriction": 0.5}})
    return work / "onnx"


def test_path_ends_in_a_model_that_finds_what_no_rule_knows(model: Path) -> None:
    scanner = Scanner.load(model=model)
    findings = {f.spans[0].quote: f for f in scanner.scan(Ad("招瓦工彪形大汉3名")).findings}
    finding = findings["彪形大汉"]
    assert [source.kind for source in finding.sources] == ["model"]
    assert finding.disposition in ("review", "violation")
    assert scanner.versions.model is not None
    assert scanner.versions.model.startswith("toy-")
    assert Scanner.load(model=False).scan(Ad("招瓦工彪形大汉3名")).findings == ()


def test_path_reads_each_distinct_window_once_whatever_the_batch(model: Path) -> None:
    texts = ["招瓦工彪形大汉3名", "负责日常保洁", "招木工彪形大汉2名，男女不限"]
    together = Classifier.load(model).read_many(texts * 3)
    alone = {text: Classifier.load(model).read_many([text])[text] for text in texts}
    assert {t: r.spans for t, r in together.items()} == {t: r.spans for t, r in alone.items()}


def test_path_damaged_model_is_refused(model: Path, tmp_path: Path) -> None:
    import shutil

    broken = Path(shutil.copytree(model, tmp_path / "broken"))
    with (broken / "model.onnx").open("ab") as file:
        file.write(b"!")
    with pytest.raises(PingzhaoError, match="E402"):
        Classifier.load(broken)
    (broken / "model.onnx").unlink()
    with pytest.raises(PingzhaoError, match="E401"):
        Classifier.load(broken)


def test_path_finetunes_an_encoder_of_another_make(tmp_path: Path) -> None:
    """Any Hugging Face encoder by folder (or hub name): here a BERT with its own word pieces."""
    from transformers import BertConfig, BertModel, BertTokenizerFast

    other = tmp_path / "bert"
    other.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"招限男女性保安司机"]
    (other / "vocab.txt").write_text("\n".join(words), "utf-8")
    BertTokenizerFast(str(other / "vocab.txt")).save_pretrained(other)
    size = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
    BertModel(BertConfig(vocab_size=len(words), **size)).save_pretrained(other)
    clause = LabelledClause(*parse_line("招保安[限男性|gender_restriction|male]"), "a", "written")
    finetune([clause] * 4, str(other), tmp_path / "out", FinetuneSettings(epochs=1, batch=2))
    export(tmp_path / "out", tmp_path / "onnx", [clause.text])
    fit_linear([clause, LabelledClause("招司机", (), "b", "written")]).save(tmp_path / "onnx" / "linear.npz")
    seal(tmp_path / "onnx", {"name": "bert"})
    assert set(Classifier.load(tmp_path / "onnx").read_many(["招司机限女性"])) == {"招司机限女性"}


def test_path_reading_does_not_depend_on_its_neighbours(model: Path) -> None:
    words = [f"招{job}彪形大汉{n}名" for job in ("保安", "司机", "仓库搬运工") for n in range(1, 9)]
    together = load_scratch(model).read_many(words)
    alone = load_scratch(model)
    for text in words:
        found = alone.read_many([text])[text].spans
        assert found
        for one, other in zip(found, together[text].spans, strict=True):
            assert (one.start, one.end, one.category) == (other.start, other.end, other.category)
            assert one.score == pytest.approx(other.score, abs=2e-3)


def test_path_pretraining_goes_on_from_an_encoder_and_learns_more_characters(
    encoder: Path, tmp_path: Path
) -> None:
    from transformers import AutoModel, AutoTokenizer

    (tmp_path / "ads.txt").write_text("招聘😀保安一名\n包吃住待遇好", "utf-8")
    pretrain(tmp_path / "ads.txt", tmp_path / "on", PretrainSettings(start=encoder))
    before = AutoTokenizer.from_pretrained(encoder).get_vocab()
    after = AutoTokenizer.from_pretrained(tmp_path / "on").get_vocab()
    assert {char: after[char] for char in before} == before
    assert {"😀", "妊", "♀"} <= set(after)
    assert AutoModel.from_pretrained(tmp_path / "on").config.vocab_size == len(after)


def test_path_quick_reader_tells_faults_from_the_rest() -> None:
    lines = [f"[彪形大汉|gender_restriction|male]{n}名" for n in range(8)]
    flagged = [LabelledClause(*parse_line(line), "a", "written") for line in lines]
    plain = [f"负责第{n}车间保洁" for n in range(40)]
    linear = fit_linear([*flagged, *(LabelledClause(text, (), "b", "written") for text in plain)])
    assert linear.scores([clause.text for clause in flagged]).min() > linear.scores(plain).max()


def test_path_gate_lets_its_share_of_a_board_through() -> None:
    draw = np.random.default_rng(1)
    linear = Linear(draw.normal(size=NOWHERE + 1), 0.0)
    board = ["".join(map(chr, draw.integers(0x4E00, 0x9FFF, 12))) for _ in range(200)]
    assert np.mean(linear.scores(board) >= gate_at(linear, board, 0.25)) == pytest.approx(0.25, abs=0.02)
    assert gate_at(linear, [], 0.25) == OPEN


def test_path_calibration_thresholds_and_agreement_come_from_what_was_right() -> None:
    from scanner.findings import Category

    kind = Category.PREGNANCY_TEST
    good = [JudgedSpan(kind, 0.9, right=True, alone=True) for _ in range(30)]
    bad = [JudgedSpan(kind, 0.4, right=False, alone=True) for _ in range(30)]
    rules = [JudgedHit(right=n % 2 == 0, view=0.4, real=True) for n in range(10)]
    rules += [JudgedHit(right=True, view=0.9, real=True) for _ in range(8)]
    curve = calibration([*good, *bad])
    assert curve[0][1] == 0.0
    assert curve[-1][1] == 1.0
    assert thresholds([*good, *bad], curve, 0.9)[kind] == 1.0
    assert thresholds(bad, curve, 0.9)[kind] > 1
    assert agreement(rules, curve) == (0.9, 0.5)


def test_path_command_says_what_is_missing(tmp_path: Path) -> None:
    from click.testing import CliRunner

    done = CliRunner().invoke(
        main, ["train", "finetune", "--encoder", "x", "--data", str(tmp_path), "--work", str(tmp_path)]
    )
    assert done.exit_code == 2
    assert "E110" in done.output


def test_path_config_lists_the_checksums(model: Path) -> None:
    config = json.loads((model / "config.json").read_text("utf-8"))
    assert set(config["sha256"]) == {"model.onnx", "linear.npz", "tokenizer.json"}
