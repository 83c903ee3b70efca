"""Overlapping hits: one finding for one problem, two where two things are said."""

from __future__ import annotations

import pytest

from scanner import Ad, Scanner

RESTRICTION, PREFERENCE, STANDARD = "gender_restriction", "gender_preference", "differential_standard"
MARITAL, EXCLUSION = "marital_birth_condition", "pregnancy_exclusion"

WORDINGS = [
    ("男女不限，男士优先", [("男士优先", PREFERENCE, "male")]),
    ("招未婚女性", [("未婚", MARITAL, "none"), ("女性", RESTRICTION, "female")]),
    ("男18-45岁，女18-40岁", [("男18-45岁，女18-40岁", STANDARD, "both")]),
    ("男3名，女1名", [("男3名，女1名", RESTRICTION, "both")]),
    ("已婚已育女性优先", [("已婚已育", MARITAL, "none"), ("女性优先", PREFERENCE, "female")]),
    ("性别：男", [("性别：男", RESTRICTION, "male")]),
    ("只招男工，女性勿扰", [("只招男工", RESTRICTION, "male"), ("女性勿扰", RESTRICTION, "male")]),
    ("孕期女性勿扰", [("孕期女性勿扰", EXCLUSION, "none")]),
    ("前台（限女性）；保安（限男性）", [("限女性", RESTRICTION, "female"), ("限男性", RESTRICTION, "male")]),
]


@pytest.mark.parametrize(("text", "expected"), WORDINGS)
def test_resolve_gives_each_problem_one_finding(
    scanner: Scanner, text: str, expected: list[tuple[str, str, str]]
) -> None:
    findings = scanner.scan(Ad(text=text)).findings
    assert [(f.spans[0].quote, f.category.value, f.direction.value) for f in findings] == expected
