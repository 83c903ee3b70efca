"""`pingzhao audit`, on the database that the settings name."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select, update

from api.audit.record import SYSTEM, record
from api.store.ads import StoredAd
from api.store.audit import AuditEntry
from scanner.cli import main


def run(*arguments: str, **options: str) -> Result:
    return CliRunner().invoke(main, ["audit", *arguments], **options)


@pytest.fixture
def log(settings, store):
    with store.session() as session:
        for number in range(1, 4):
            record(session, SYSTEM, "case.note", "case", str(number))
    return store


def test_audit_verify_says_intact_and_shows_the_anchor(log) -> None:
    result = run("verify")
    assert (result.exit_code, "已校验 3 条。日志完好。" in result.output) == (0, True)
    anchor = result.output.strip().splitlines()[-1].removeprefix("末条：")
    assert run("verify", "--anchor", anchor).exit_code == 0
    other = run("verify", "--anchor", f"3:{'0' * 64}")
    assert (other.exit_code, "第 3 条" in other.output) == (1, True)


def test_audit_verify_names_what_was_changed(log) -> None:
    with log.session() as session:
        session.execute(update(AuditEntry).where(AuditEntry.number == 2).values(action="case.close"))
    result = run("verify")
    assert result.exit_code == 1
    assert "第 2 条的内容与其哈希值不符" in result.output
    assert "日志已被改动" in result.output


@pytest.mark.parametrize("anchor", ["3", "x:y", "3:abc", f"-1:{'0' * 64}"])
def test_audit_verify_refuses_a_bad_anchor(log, anchor: str) -> None:
    result = run("verify", "--anchor", anchor)
    assert result.exit_code == 2
    assert "序号:哈希值" in result.output


def test_audit_verify_refuses_a_folder_without_data(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PINGZHAO_DATA_DIR", str(tmp_path))
    result = run("verify")
    assert result.exit_code == 2
    assert "E504" in result.output


@pytest.mark.parametrize(
    ("arguments", "answer", "left"), [((), "n\n", 1), ((), "y\n", 0), (("--yes",), "", 0)]
)
def test_audit_retention_asks_first(
    log, make_ad, monkeypatch, arguments: tuple[str, ...], answer: str, left: int
) -> None:
    monkeypatch.setenv("PINGZHAO_RETENTION_DAYS_ADS", "30")
    make_ad(40)
    result = run("retention", *arguments, input=answer)
    assert result.exit_code == 0
    assert "以前的 1 条将被清理" in result.output
    assert "审计记录：未设保存期限，不清理。" in result.output
    with log.reading() as session:
        assert session.scalar(select(func.count()).select_from(StoredAd)) == left
