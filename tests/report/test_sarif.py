"""SARIF 2.1.0 as its readers expect it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scanner.ad import Ad
from scanner.findings import RowError, Source
from tests.report.conftest import Write, finding, flagged, reported


def run_of(path: Path) -> Any:
    log = json.loads(path.read_bytes())
    assert (log["version"], log["$schema"]) == ("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json")
    (run,) = log["runs"]
    assert run["columnKind"] == "utf16CodeUnits"
    return run


def test_sarif_golden_result(write: Write) -> None:
    ad = Ad("招👷，限男性", id="a1", employer="虚拟物业", source="目录/板 1.csv", row=2)
    run = run_of(write("r.sarif", [reported(ad, finding(ad, "限男性"))], ["编码 UTF-8"]))
    (result,) = run["results"]
    assert (result["ruleId"], result["kind"], result["level"]) == ("only-sex", "fail", "error")
    assert result["message"] == {"text": "招聘条件限定了性别"}
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "%E7%9B%AE%E5%BD%95/%E6%9D%BF%201.csv"},
        "region": {"charOffset": 4, "charLength": 3, "snippet": {"text": "限男性"}},
    }
    assert location["properties"] == {"row": 2, "field": "text"}
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "a1/text"
    assert result["properties"]["row"] == 2
    assert result["properties"]["legal_basis"][0] == "《妇女权益保障法》第四十三条"
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"], driver["properties"]["lexicon"]) == ("平招", "0.1.0", "lex-1")
    assert run["properties"] == {"ads": 1, "flagged": 1, "failed": 0, "notes": ["编码 UTF-8"]}


@pytest.mark.parametrize(
    ("disposition", "severity", "kind", "level"),
    [
        ("violation", "S1", "fail", "error"),
        ("violation", "S2", "fail", "warning"),
        ("violation", "S3", "fail", "note"),
        ("review", "S1", "fail", "note"),
        ("exempt", "S1", "notApplicable", "none"),
    ],
)
def test_sarif_level(disposition: str, severity: str, kind: str, level: str, write: Write) -> None:
    ad = Ad("限男性")
    found = finding(ad, "限男性", disposition=disposition, severity=severity)
    (result,) = run_of(write("r.sarif", [reported(ad, found)]))["results"]
    assert (result["kind"], result["level"]) == (kind, level)


def test_sarif_names_every_rule_once(write: Write) -> None:
    ad = Ad("限男性，限男性")
    found = [finding(ad, "限男性", sources=(Source("rule", name),)) for name in ("b", "a", "b")]
    run = run_of(write("r.sarif", [reported(ad, *found)]))
    rules = run["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["properties"]["category"]) for rule in rules] == [
        ("b", "gender_restriction"),
        ("a", "gender_restriction"),
    ]
    assert {result["ruleId"] for result in run["results"]} == {"a", "b"}


def test_sarif_failed_rows_are_notifications(write: Write) -> None:
    errors = [RowError("2", "E103", "第 2 行坏", 2, "板.csv"), RowError("3", "E104", "第 3 行坏")]
    run = run_of(write("r.sarif", [errors[0], flagged(), errors[1]]))
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is True
    first, second = invocation["toolExecutionNotifications"]
    assert (first["descriptor"], first["message"]) == ({"id": "E103"}, {"text": "第 2 行坏"})
    assert first["properties"] == {"id": "2", "row": 2}
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "%E6%9D%BF.csv"
    assert second["descriptor"] == {"id": "E104"}
    assert "locations" not in second


def test_sarif_ad_from_no_file_has_a_logical_place(write: Write) -> None:
    (result,) = run_of(write("r.sarif", [flagged(source="", row=None)]))["results"]
    (location,) = result["locations"]
    assert "physicalLocation" not in location
    assert location["logicalLocations"][0]["name"] == "text"


def test_sarif_lone_surrogates_do_not_break_the_file(write: Write) -> None:
    ad = Ad("\ud83d限男", id="\ud800", source="\udc00.csv")
    run = run_of(
        write("r.sarif", [reported(ad, finding(ad, "\ud83d限男")), RowError("\ud800", "E109", "\udfff")])
    )
    snippet = run["results"][0]["locations"][0]["physicalLocation"]["region"]["snippet"]
    assert snippet == {"text": "\ufffd限男"}


def test_sarif_empty_run(write: Write) -> None:
    run = run_of(write("r.sarif", []))
    assert (run["results"], run["invocations"][0]["toolExecutionNotifications"]) == ([], [])
