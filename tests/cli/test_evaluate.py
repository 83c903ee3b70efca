"""`pingzhao evaluate` prints and writes the figures of a gold file or folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.findings import CATEGORY_NAMES

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke

GOLD = [
    {"id": "a", "text": "招司机，限男性", "spans": [["限男性", "gender_restriction", "male"]]},
    {
        "id": "b",
        "text": "招店员，偏好小字辈姑娘家家",
        "spans": [["姑娘家家", "gender_restriction", "female"]],
    },
    {"id": "c", "text": "招文员，男女不限", "spans": []},
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Two ads that the scanner gets right and one that no rule can."""
    file = tmp_path / "gold.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for ad in GOLD:
            spans = [
                {
                    "field": "text",
                    "start": ad["text"].index(words),
                    "end": ad["text"].index(words) + len(words),
                    "category": category,
                    "direction": direction,
                }
                for words, category, direction in ad["spans"]
            ]
            out.write(json.dumps({**ad, "spans": spans}, ensure_ascii=False) + "\n")
    return file


def row(output: str, name: str) -> list[str]:
    line = next(line for line in output.splitlines() if f"│ {name} " in line)
    return [cell.strip() for cell in line.strip("│").split("│")][1:]


def test_evaluate_file_prints_the_figures(gold: Path, invoke: Invoke) -> None:
    result = invoke("evaluate", "--gold", gold, "--no-model", "--errors", "5")
    assert result.exit_code == 0
    assert row(result.output, "广告") == ["1.000", "0.500", "0.667", "2", "1"]
    assert row(result.output, "词句（全部类别）") == ["1.000", "0.500", "0.667", "2", "1"]
    assert row(result.output, "妊娠测试") == ["–", "–", "–", "0", "0"]
    assert all(name in result.output for name in CATEGORY_NAMES.values())
    assert "方向准确率 1.000" in result.output
    assert "3 条广告" in result.output
    assert "漏报  b  text  gender_restriction/female  招店员，偏好小字辈[姑娘家家]" in result.output


def test_evaluate_lists_no_errors_unless_asked(gold: Path, invoke: Invoke) -> None:
    assert "漏报" not in invoke("evaluate", "--gold", gold).output


def test_evaluate_writes_json(gold: Path, tmp_path: Path, invoke: Invoke) -> None:
    assert invoke("evaluate", "--gold", gold, "--no-model", "--json", "out.json").exit_code == 0
    figures = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert figures["ads"] == {"precision": 1.0, "recall": 0.5, "f1": 2 / 3, "gold": 2, "predicted": 1}
    assert figures["direction_accuracy"] == 1.0
    assert set(figures["by_category"]) == {category.value for category in CATEGORY_NAMES}


def test_evaluate_folder_of_gold_items(tmp_path: Path, invoke: Invoke) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "own.yaml").write_text(
        "- text: 招司机，[限男性]\n"
        "  spans: [{category: gender_restriction, subtype: sex_limit_male, direction: male}]\n"
        "- text: 男女不限\n  negative_class: neg_unrestricted\n",
        "utf-8",
    )
    output = invoke("evaluate", "--gold", folder).output
    assert row(output, "广告") == ["1.000", "1.000", "1.000", "1", "1"]
    assert "2 条广告" in output


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "E102"),
        ("{", "E906"),
        ('{"text": "限男性"}', "E906"),
        ('{"spans": []}', "E906"),
        ("[1]", "E906"),
        ('{"text": "限男性", "spans": [{"start": 0}]}', "E906"),
        (None, "E110"),
    ],
)
def test_evaluate_unusable_gold_is_coded(
    content: str | None, code: str, tmp_path: Path, invoke: Invoke
) -> None:
    file = tmp_path / "bad.jsonl"
    if content is not None:
        file.write_text(content, "utf-8")
    result = invoke("evaluate", "--gold", file)
    assert result.exit_code == 2
    assert f"[{code}]" in result.stderr


def test_evaluate_unwritable_json_is_e201(gold: Path, tmp_path: Path, invoke: Invoke) -> None:
    result = invoke("evaluate", "--gold", gold, "--json", tmp_path / "missing" / "out.json")
    assert result.exit_code == 2
    assert "[E201]" in result.stderr
