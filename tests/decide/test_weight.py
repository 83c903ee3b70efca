"""Dispositions, severities and what the message says."""

from __future__ import annotations

import time

import pytest

from scanner import Ad, Scanner
from scanner.findings import Finding

WEIGHTS = [
    ("限男性", "violation", "S1"),
    ("男士优先", "violation", "S1"),
    ("适合男性", "violation", "S2"),
    ("女生慎投", "violation", "S2"),
    ("限女性", "violation", "S2"),
    ("女性优先", "violation", "S3"),
    ("急聘女文员", "violation", "S2"),
    ("物业招保洁阿姨", "review", "S3"),
    ("已婚已育优先", "violation", "S1"),
    ("三年内不得怀孕", "violation", "S1"),
    ("有无子女", "violation", "S1"),
    ("入职体检含孕检", "violation", "S1"),
    ("孕妇勿扰", "violation", "S1"),
    ("男50岁以下，女45岁以下", "violation", "S1"),
    ("男18-40岁，女18-45岁", "violation", "S3"),
    ("男身高170cm以上，女身高160cm以上", "review", "S3"),
    ("男本科，女硕士", "violation", "S1"),
    ("男200元/天，女180元/天", "violation", "S2"),
    ("男3名，女1名", "violation", "S2"),
    ("简历请写明婚姻状况", "review", "S3"),
    ("女性求职者请写明婚姻状况", "violation", "S1"),
    ("简历请写明婚姻状况、子女情况", "violation", "S1"),
    ("煤矿井下掘进工，限男性", "review", "S1"),
    ("公务员录用体检标准，一级科员，限男性", "review", "S1"),
    ("妈妈岗，限女性，可接送孩子", "review", "S3"),
    ("监狱民警，直接管理女犯，限女性", "exempt", "S2"),
    ("我家请住家保姆，限女性", "exempt", "S2"),
    ("需上夜班，限男性", "violation", "S1"),
    ("事业单位综合岗，适合男性", "violation", "S2"),
    ("幼儿园，男教师优先", "violation", "S1"),
]


def _first(scanner: Scanner, text: str) -> Finding:
    return scanner.scan(Ad(text=text)).findings[0]


@pytest.mark.parametrize(("text", "disposition", "severity"), WEIGHTS)
def test_weight_by_wording(scanner: Scanner, text: str, disposition: str, severity: str) -> None:
    finding = _first(scanner, text)
    assert (finding.disposition.value, finding.severity) == (disposition, severity)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("男50岁以下，女45岁以下", "女性的条件更高"),
        ("男60岁以下，女55岁以下", "与法定退休年龄相近"),
        ("男18-40岁，女18-45岁", "男性的条件更高"),
        ("男身高170cm以上，女身高160cm以上", "请核对是否为岗位所需"),
        ("男3名，女1名", "女性名额较少"),
        ("简历请写明婚姻状况", "尚无官方口径"),
        ("需经常出差，限男性", "若以夜班、出差、强度等为由，所称理由不成立"),
        ("孕期禁忌岗位，限男性", "若以经期、孕期、哺乳期禁忌范围为由，所称理由不成立"),
    ],
)
def test_weight_is_explained(scanner: Scanner, text: str, said: str) -> None:
    finding = _first(scanner, text)
    assert said in finding.message
    assert finding.message.startswith(f"“{finding.spans[0].quote}”")


def test_weight_a_rejected_reason_never_lightens(scanner: Scanner) -> None:
    plain, excused = _first(scanner, "限男性"), _first(scanner, "要值夜班、常出差，限男性")
    assert (plain.disposition, plain.severity) == (excused.disposition, excused.severity)
    assert plain.legal_basis == excused.legal_basis


def test_weight_a_mine_does_not_excuse_a_preference(scanner: Scanner) -> None:
    for text in ("煤矿井下，男性优先", "第四级体力劳动强度，适合男性", "搬运工，男士优先"):
        assert _first(scanner, text).disposition.value == "violation"


def test_weight_of_many_findings_in_one_clause_is_soon_told(scanner: Scanner) -> None:
    text = "，".join(["男", "30岁", "女", "30岁"] * 2500)
    start = time.perf_counter()
    findings = scanner.scan(Ad(text=text)).findings
    assert len(findings) > 1000
    assert time.perf_counter() - start < 20
