"""The contract's lines and the committed schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, get_type_hints

import pytest
from jsonschema import Draft202012Validator

from scanner import findings
from scanner.ad import Ad
from scanner.findings import AdReport, RowError, Versions
from scanner.report.jsonl import JsonlWriter
from scanner.training.gold import load_gold, to_ad
from tests.report.conftest import VERSIONS, Write, feed, finding, flagged, reported

if TYPE_CHECKING:
    from scanner import Scanner

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "scanner/report/schema/report-1.0.json").read_text("utf-8"))
VALID = Draft202012Validator(SCHEMA)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_jsonl_golden_lines(write: Write) -> None:
    ad = Ad("招👷保安，限男性", id="a")
    items = [
        reported(ad, finding(ad, "限男性")),
        RowError("2", "E103", "第 2 行不是有效的 JSON", 2, "in.jsonl"),
        reported(Ad("会电脑", id="c")),
    ]
    path = write("r.jsonl", items)
    raw = path.read_bytes()
    assert raw.count(b"\n") == 3
    assert raw.endswith(
        b'{"schema_version":"1.0","id":"c","findings":[],"text_sha256":"' + b"0" * 64 + b'",'
        b'"versions":{"scanner":"0.1.0","lexicon":"lex-1","law":"law-1","model":null}}\n'
    )
    first, failed, _ = lines(path)
    assert list(first) == ["schema_version", "id", "findings", "text_sha256", "versions"]
    (found,) = first["findings"]
    assert list(found) == [field.name for field in fields(findings.Finding)]
    assert found["spans"] == [
        {"field": "text", "start": 5, "end": 8, "utf16_start": 6, "utf16_end": 9, "quote": "限男性"}
    ]
    assert (found["category"], found["confidence"]) == ("gender_restriction", 0.956)
    assert failed == {"id": "2", "error": {"code": "E103", "message": "第 2 行不是有效的 JSON"}}


def test_jsonl_versions_follow_the_report(write: Write) -> None:
    other = Versions("0.2.0", "lex-2", "law-1", "m-1")
    path = write(
        "r.jsonl", [reported(Ad("a")), (Ad("b"), AdReport("b", (), "1" * 64, other)), reported(Ad("c"))]
    )
    assert [line["versions"]["lexicon"] for line in lines(path)] == ["lex-1", "lex-2", "lex-1"]


@pytest.mark.parametrize("text", ["限\ud83d男", "\udfff限男\ud800"])
def test_jsonl_lone_surrogates_stay_as_escapes(text: str, write: Write) -> None:
    ad = Ad(text, id=f"编号{text}")
    path = write("r.jsonl", [reported(ad, finding(ad, text)), RowError(text, "E109", text)])
    path.read_bytes().decode("utf-8")
    line, failed = lines(path)
    assert (line["id"], failed["id"], failed["error"]["message"]) == (ad.id, text, text)
    assert line["findings"][0]["spans"][0]["quote"] == text
    assert line["findings"][0]["category"] == "gender_restriction"
    VALID.validate(line)


def test_jsonl_lines_hold_no_line_end(write: Write) -> None:
    ad = Ad("限\n男\u2028\x85\x00", id="a\nb")
    assert write("r.jsonl", [reported(ad, finding(ad, ad.text))]).read_bytes().count(b"\n") == 1


def gold_reports(scanner: Scanner) -> Iterator[tuple[Ad, AdReport]]:
    for item in load_gold(ROOT / "data/gold"):
        ad = to_ad(item)
        yield ad, scanner.scan(ad)


def test_schema_accepts_what_the_scanner_says(scanner: Scanner, tmp_path: Path) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    items = [*gold_reports(scanner), RowError("9", "E105", "第 9 行过大", 9, "a.csv")]
    written = lines(feed(tmp_path / "r.jsonl", items))
    assert {f["disposition"] for line in written[:-1] for f in line["findings"]} == set(findings.Disposition)
    wrong = [(line["id"], error.message) for line in written for error in VALID.iter_errors(line)]
    assert wrong == []


BROKEN = [
    ("a key too many", lambda line: line | {"verdict": "违法"}),
    ("no versions", lambda line: {k: v for k, v in line.items() if k != "versions"}),
    ("a short digest", lambda line: line | {"text_sha256": "0"}),
    ("both kinds", lambda line: line | {"error": {"code": "E103", "message": "坏"}}),
    ("no span", lambda line: line | {"findings": [line["findings"][0] | {"spans": []}]}),
    ("unknown category", lambda line: line | {"findings": [line["findings"][0] | {"category": "age"}]}),
]


@pytest.mark.parametrize(("name", "breaking"), BROKEN, ids=[name for name, _ in BROKEN])
def test_schema_refuses(name: str, breaking: Any, write: Write) -> None:
    (line,) = lines(write("r.jsonl", [flagged()]))
    assert VALID.is_valid(line)
    assert not VALID.is_valid(breaking(line))


@pytest.mark.parametrize(
    "record",
    [
        findings.AdReport,
        findings.Finding,
        findings.Span,
        findings.LegalBasis,
        findings.ExceptionHint,
        findings.Source,
        findings.Versions,
    ],
)
def test_schema_keeps_step_with_dataclass(record: type) -> None:
    told = SCHEMA["$defs"][record.__name__]
    names = [field.name for field in fields(record)]
    assert sorted(told["properties"]) == sorted(told["required"]) == sorted(names)
    optional = {name for name, hint in get_type_hints(record).items() if "None" in str(hint)}
    nullable = {name for name, part in told["properties"].items() if "null" in part.get("type", ())}
    assert nullable == optional
    assert all(f.default is not MISSING for f in fields(record) if f.name in optional)


def test_schema_version_is_that_of_the_code() -> None:
    assert SCHEMA["$defs"]["AdReport"]["properties"]["schema_version"]["const"] == findings.SCHEMA_VERSION
    told = SCHEMA["$defs"]["Finding"]["properties"]
    assert told["category"]["enum"] == [kind.value for kind in findings.Category]
    assert told["direction"]["enum"] == [kind.value for kind in findings.Direction]
    assert told["disposition"]["enum"] == [kind.value for kind in findings.Disposition]
    assert told["severity"]["enum"] == list(findings.SEVERITIES)


def test_jsonl_clean_ads_cost_microseconds(tmp_path: Path) -> None:
    """The bar is 5 µs on a quiet core; three times that where other work runs beside the tests."""
    ad, report = Ad("会电脑", id="a1"), AdReport("a1", (), "0" * 64, VERSIONS)
    with JsonlWriter(tmp_path / "r.jsonl") as writer:
        rounds = []
        for _ in range(5):
            start = perf_counter()
            for _ in range(20_000):
                writer.add(ad, report)
            rounds.append((perf_counter() - start) / 20_000)
    assert min(rounds) < 15e-6
