"""`pingzhao train evaluate`: the report of the shipped model on a few invented ads."""

from __future__ import annotations

import json
from itertools import count, islice
from pathlib import Path

import pytest
from click.testing import CliRunner

from scanner.ad import Ad
from scanner.classifier.model import Classifier
from scanner.cli import main
from scanner.training.corpus import kept_back
from scanner.training.measure import FIGURES

SECRETS = ("砌筑青砖院墙", "琉璃瓦翻修")
"""Stand in the texts that play the part of real ads, and nowhere else."""
_JOBS = ("焊工", "木工", "电工", "普工", "钳工", "瓦工")


def labelled(text: str, ad_id: str, words: str = "", category: str = "", direction: str = "") -> str:
    start = text.find(words)
    span = {"field": "text", "start": start, "end": start + len(words)}
    spans = [span | {"category": category, "direction": direction}] if words else []
    return json.dumps({"id": ad_id, "title": "", "text": text, "spans": spans}, ensure_ascii=False)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder, real ads (one right, one whose label nothing can find) and a corpus, all small."""
    folder = tmp_path_factory.mktemp("data")
    for name in ("clauses", "clauses_test", "gold", "reported"):
        (folder / name).mkdir()
    flag = "\n".join(f'    - "{job}[限男性|gender_restriction|male]"' for job in _JOBS)
    passed = "\n".join(f'    - "{job}男女不限"' for job in _JOBS)
    (folder / "clauses" / "a.yaml").write_text(f"- group: a\n  flag:\n{flag}\n  pass:\n{passed}\n", "utf-8")
    (folder / "clauses_test" / "b.yaml").write_text(
        '- group: b\n  terms: [紫袍]\n  flag:\n    - "油工[限男性|gender_restriction|male]"\n'
        '    - "只收[紫袍|gender_restriction|male]"\n'
        '    - "自带[铜壶两把|pregnancy_test|none]"\n  pass:\n    - "紫袍两件"\n',
        "utf-8",
    )
    (folder / "gold" / "c.yaml").write_text(
        "- text: 招[女工]三名\n"
        "  spans: [{category: gender_restriction, subtype: sex_limit_female, direction: female}]\n",
        "utf-8",
    )
    first = labelled(f"{SECRETS[0]}，限男性", "R1", "限男性", "gender_restriction", "male")
    second = labelled(f"{SECRETS[1]}，工具自备", "R2", "工具自备", "pregnancy_test", "none")
    (folder / "real.jsonl").write_text(f"{first}\n{second}\n", "utf-8")
    texts = (f"负责{SECRETS[0]}{n}处" for n in count())
    plain = [{"text": text} for text in islice((t for t in texts if kept_back(Ad(t))), 5)]
    named = [{"id": "Q", "text": "女士优先"}]
    rows = [json.dumps(row, ensure_ascii=False) for row in plain + named]
    (folder / "corpus.jsonl").write_text("\n".join(rows), "utf-8")
    return folder


@pytest.fixture(scope="module")
def report(data: Path) -> Path:
    output = data / "report"
    options = {"--gold": data / "real.jsonl", "--data": data, "--corpus": data / "corpus.jsonl"}
    given = [word for pair in (options | {"--output": output}).items() for word in map(str, pair)]
    done = CliRunner().invoke(main, ["train", "evaluate", *given])
    assert done.exit_code == 0, done.output
    return output


def test_assessment_names_what_was_measured(report: Path) -> None:
    made = json.loads((report / "evaluation.json").read_text("utf-8"))["made"]
    page = (report / "EVALUATION.md").read_text("utf-8")
    assert made["model"] == Classifier.load().version
    assert all(f"`{made[key]}`" in page for key in ("date", "model", "lexicon", "law", "command", "seed"))


def test_assessment_has_every_system_and_figure_with_its_interval(report: Path) -> None:
    record = json.loads((report / "evaluation.json").read_text("utf-8"))
    assert set(record["sets"]) == {"real", "written", "written_new"}
    for figures in record["sets"].values():
        assert len(figures["systems"]) == 6
        for rates in figures["systems"].values():
            assert set(rates) == set(FIGURES)
            assert all(r["f1"]["low"] <= r["f1"]["high"] for r in rates.values())
    lexicon = record["sets"]["real"]["systems"]["只用词库"]["ads"]
    assert (lexicon["precision"]["value"], lexicon["recall"]["value"]) == (1, 0.5)
    assert record["sets"]["written_new"]["ads"] == 4
    assert set(record["obfuscation"]["两者（默认）"]) >= {"marks", "zero_width", "all"}
    assert record["plain"]["ads"] == 5
    assert record["plain"]["findings"]["只用词库"] == 0
    assert record["calibration"]["bins"]


def test_assessment_lists_errors_of_real_ads_without_a_word_of_theirs(report: Path) -> None:
    record = json.loads((report / "evaluation.json").read_text("utf-8"))
    [missed] = [error for error in record["errors"]["real"] if error["kind"] == "missed"]
    assert (missed["id"], missed["field"], missed["category"]) == ("R2", "text", "pregnancy_test")
    for file in report.iterdir():
        content = file.read_text("utf-8")
        assert not any(secret[i : i + 3] in content for secret in SECRETS for i in range(len(secret) - 2))
    assert "工具自备" not in (report / "EVALUATION.md").read_text("utf-8")


def test_assessment_lists_errors_of_written_lines_in_full(report: Path) -> None:
    errors = json.loads((report / "evaluation.json").read_text("utf-8"))["errors"]["written"]
    assert any("[铜壶两把]" in error["words"] for error in errors)
    assert "自带[铜壶两把]" in (report / "EVALUATION.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "code"),
    [(["--draws", "1"], "E904"), (["--curve"], "E904"), (["--model", "nowhere"], "E401")],
)
def test_assessment_refuses_what_cannot_be_done(data: Path, options: list[str], code: str) -> None:
    gold = ["--gold", str(data / "real.jsonl"), "--data", str(data), "--output", str(data / "never")]
    done = CliRunner().invoke(main, ["train", "evaluate", *gold, *options])
    assert done.exit_code == 2
    assert code in done.output
    assert not (data / "never").exists()


def test_assessment_needs_a_test_split(data: Path, tmp_path: Path) -> None:
    for name in ("clauses", "gold"):
        (tmp_path / name).mkdir()
    gold = ["--gold", str(data / "real.jsonl"), "--data", str(tmp_path)]
    done = CliRunner().invoke(main, ["train", "evaluate", *gold])
    assert done.exit_code == 2
    assert "E110" in done.output
