"""`pingzhao mine` lists what the model finds beyond the rules, and where it doubts them.

The model here is a table written down by hand: each character has one tag, whatever stands around it.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import yaml
from click.testing import CliRunner, Result
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split

from scanner.classifier.labels import CLAUSE_LABELS, TAGS, tag_of
from scanner.classifier.linear import NOWHERE, Linear, runs
from scanner.cli.mine import mine
from scanner.errors import PingzhaoError
from scanner.findings import Category, Direction
from scanner.law import LawBook
from scanner.lexicon import Lexicon
from scanner.lexicon.matcher import Matcher
from scanner.lexicon.selftest import failures
from scanner.paths import shipped
from scanner.training.export import seal
from scanner.training.linear import OPEN
from tests.cli.conftest import write_ads

MALE, NONE = Direction.MALE, Direction.NONE
KNOWN = {
    "彪形壮硕": (Category.GENDER_RESTRICTION, MALE),
    "男士优先": (Category.GENDER_PREFERENCE, MALE),
    "无$牵挂": (Category.MARITAL_BIRTH_CONDITION, NONE),
}
ADS = [
    "招瓦工，要彪形壮硕的两名",
    "招木工，要彪形壮硕的三名；又招彪形壮硕的电工",
    "招木工，要彪形壮硕的三名",
    "招泥工[急]，要彪形壮硕的",
    "招钳工，彪形壮硕者",
    "收银员，要無$牽掛的",
    "搬运工，男士优先",
    "前台文员，限女性",
    "看守所招女监区民警，限女性",
    "招文员，男女不限，会电脑",
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that knows the words of KNOWN and nothing else; its gate opens for them."""
    folder = tmp_path_factory.mktemp("model")
    vocabulary = {token: at for at, token in enumerate(["[PAD]", "[UNK]", *"".join(KNOWN)])}
    tags = np.full((len(vocabulary), len(TAGS)), -9.0, np.float32)
    labels = np.full((len(vocabulary), len(CLAUSE_LABELS)), -9.0, np.float32)
    tags[:2, 0] = 9
    for word, (category, direction) in KNOWN.items():
        for at, char in enumerate(word):
            tags[vocabulary[char], tag_of(category, direction, begins=at == 0)] = 9
            labels[vocabulary[char], CLAUSE_LABELS.index(category.value)] = 9
    onnx.save(lookup(tags, labels), folder / "model.onnx")
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split(Regex("."), "isolated")
    tokenizer.save(str(folder / "tokenizer.json"))
    opens_for("彪形", "牵挂").save(folder / "linear.npz")
    seal(folder, {"name": "table", "gate": 1.0, "gate_deep": OPEN})
    return folder


def opens_for(*pairs: str) -> Linear:
    """A quick reader that sees a fault in each of `pairs` and nowhere else."""
    weights = np.zeros(NOWHERE + 1, np.float32)
    for pair in pairs:
        weights[runs([pair])[0][1, 1]] = 30.0
    return Linear(weights, 0.0)


def lookup(tags: Any, labels: Any) -> onnx.ModelProto:
    """The row of a token's tag logits, and of a clause's labels the highest of its tokens'."""
    shape = ["batch", "tokens"]
    inputs = [
        helper.make_tensor_value_info(n, TensorProto.INT64, shape) for n in ("input_ids", "attention_mask")
    ]
    outputs = [
        helper.make_tensor_value_info("tags", TensorProto.FLOAT, [*shape, tags.shape[1]]),
        helper.make_tensor_value_info("clause", TensorProto.FLOAT, ["batch", labels.shape[1]]),
    ]
    nodes = [
        helper.make_node("Gather", ["tag_table", "input_ids"], ["tags"]),
        helper.make_node("Gather", ["label_table", "input_ids"], ["each"]),
        helper.make_node("ReduceMax", ["each"], ["clause"], axes=[1], keepdims=0),
    ]
    tables = [numpy_helper.from_array(tags, "tag_table"), numpy_helper.from_array(labels, "label_table")]
    graph = helper.make_graph(nodes, "table", inputs, outputs, tables)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_ads(tmp_path / "corpus.jsonl", [{"text": text} for text in ADS])


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(mine, [*map(str, args)])


def blocks(page: str) -> list[Any]:
    """The YAML blocks of the page, read."""
    return [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```$", page, re.M | re.S)]


def test_mine_groups_what_no_rule_covers_as_rule_drafts(corpus: Path, model: Path) -> None:
    page = run(corpus, "--model", model).stdout
    terms, drafts = blocks(page)
    assert terms["sets"]["mined"]["terms"] == ["彪形壮硕", "牵挂"]
    first, second = drafts["rules"]
    assert (first["category"], first["direction"]) == ("gender_restriction", "male")
    assert (second["category"], second["direction"]) == ("marital_birth_condition", "none")
    assert "# 限定性别，限男/偏男：6 处，5 条广告\n- id: mined-1\n" in page
    assert first["flag"] == [
        "招瓦工，要[彪形壮硕]的两名",
        "招木工，要[彪形壮硕]的三名；又招[彪形壮硕]的电工",
        "招木工，要[彪形壮硕]的三名",
    ]
    assert second["flag"] == ["收银员，要[無$牽掛]的"]
    assert page.count("  pass: []  # 补上不应报出的例句") == 2


def test_mine_lists_where_the_model_doubts_a_rule(corpus: Path, model: Path) -> None:
    doubts = run(corpus, "--model", model).stdout.partition("## 规则报出、模型认为合法的说法")[2]
    assert "only-sex（限定性别）：“限女性”，2 处，2 条广告" in doubts
    assert "  - 前台文员，[限女性]\n" in doubts
    assert "男士优先" not in doubts  # the model agrees
    assert "彪形" not in doubts


def test_mine_drafts_load_once_lawful_examples_are_added(corpus: Path, model: Path, tmp_path: Path) -> None:
    terms, drafts = blocks(run(corpus, "--model", model).stdout)
    folder = Path(shutil.copytree(shipped("lexicons"), tmp_path / "lexicons"))
    (folder / "rules" / "mined.yaml").write_text(yaml.safe_dump(drafts, allow_unicode=True), "utf-8")
    with pytest.raises(PingzhaoError, match="pass"):
        Lexicon(folder, LawBook.load())
    for rule in drafts["rules"]:
        rule["pass"] = ["招文员，男女不限"]
    (folder / "rules" / "mined.yaml").write_text(yaml.safe_dump(drafts, allow_unicode=True), "utf-8")
    sets = yaml.safe_load((folder / "terms.yaml").read_text("utf-8"))
    sets["sets"] |= terms["sets"]
    (folder / "terms.yaml").write_text(yaml.safe_dump(sets, allow_unicode=True), "utf-8")
    lexicon = Lexicon(folder, LawBook.load())
    matcher = Matcher(lexicon)
    assert [f for name in ("mined-1", "mined-2") for f in failures(matcher, lexicon.rules[name])] == []
    assert "种，列出 0 种）" in run(corpus, "--model", model, "--lexicons", folder).stdout.split("\n## ")[1]


def test_mine_limit_shows_the_most_frequent(corpus: Path, model: Path) -> None:
    page = run(corpus, "--model", model, "--limit", "1").stdout
    _, drafts = blocks(page)
    assert [rule["patterns"] for rule in drafts["rules"]] == [["彪形壮硕"]]
    assert "（2 种，列出 1 种）" in page


def test_mine_deep_reads_what_the_gate_keeps_out(tmp_path: Path, model: Path) -> None:
    corpus = write_ads(tmp_path / "gate.jsonl", [{"text": "招瓦工，要壮硕的"}])
    assert "（0 种，列出 0 种）" in run(corpus, "--model", model).stdout
    assert "[壮硕]" in run(corpus, "--model", model, "--deep").stdout


def test_mine_writes_a_file_and_says_where(corpus: Path, model: Path, tmp_path: Path) -> None:
    result = run(corpus, "--model", model, "--output", tmp_path / "draft.md")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert f"已扫描 {len(ADS)} 条广告" in result.stderr
    assert f"草稿：{tmp_path / 'draft.md'}" in result.stderr
    assert (tmp_path / "draft.md").read_text("utf-8").startswith("# 从语料中挖掘的说法\n")


def test_mine_bad_row_costs_itself_only(tmp_path: Path, model: Path) -> None:
    corpus = tmp_path / "bad.jsonl"
    corpus.write_text("{\n" + json.dumps({"text": ADS[0]}) + "\n", "utf-8")
    result = run(corpus, "--model", model)
    assert "1 处，1 条广告" in result.stdout
    assert "[E103]" in result.stderr


def test_mine_writes_what_utf8_cannot_hold_as_a_question_mark(tmp_path: Path, model: Path) -> None:
    corpus = tmp_path / "odd.jsonl"
    corpus.write_text('{"text": "\\ud800前台，限女性"}\n', "utf-8")
    run(corpus, "--model", model, "--deep", "--output", tmp_path / "draft.md")
    assert "  - ?前台，[限女性]\n" in (tmp_path / "draft.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("output", "code"), [("corpus.jsonl", "E904"), ("missing/draft.md", "E201"), ("", "E201")]
)
def test_mine_output_that_cannot_be_is_refused(
    output: str, code: str, corpus: Path, model: Path, tmp_path: Path
) -> None:
    before = corpus.read_bytes()
    with pytest.raises(PingzhaoError, match=code):
        CliRunner().invoke(
            mine,
            [str(corpus), "--model", str(model), "--output", str(tmp_path / output)],
            catch_exceptions=False,
        )
    assert corpus.read_bytes() == before


def test_mine_without_a_model_is_refused(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(PingzhaoError, match="E401"):
        CliRunner().invoke(mine, [str(corpus), "--model", str(tmp_path)], catch_exceptions=False)
