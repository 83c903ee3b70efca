"""`pingzhao verify` names what was tampered with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scanner.report.evidence import Member, pack

if TYPE_CHECKING:
    from tests.cli.conftest import Invoke


@pytest.fixture
def evidence(tmp_path: Path) -> tuple[Path, str]:
    path = tmp_path / "证据包.zip"
    with path.open("wb") as out:
        digest = pack("2026-000007", [Member("case.json", b"{}"), Member("ads/1.json", b"[1]")], out)
    return path, digest


def test_verify_whole_pack_is_0(invoke: Invoke, evidence: tuple[Path, str]) -> None:
    path, digest = evidence
    result = invoke("verify", path)
    assert result.exit_code == 0
    assert "证据包完整：案件 2026-000007，共 2 个文件" in result.output
    assert digest in result.output
    assert invoke("verify", path, "--digest", digest.upper()).exit_code == 0


def test_verify_changed_member_is_1_and_named(invoke: Invoke, evidence: tuple[Path, str]) -> None:
    path, _ = evidence
    path.write_bytes(path.read_bytes().replace(b"[1]", b"[2]"))
    result = invoke("verify", path)
    assert result.exit_code == 1
    assert "ads/1.json：内容被改动" in result.output
    assert "case.json" not in result.output


def test_verify_pack_made_anew_fails_against_the_audited_digest(
    invoke: Invoke, evidence: tuple[Path, str], tmp_path: Path
) -> None:
    _, digest = evidence
    with (tmp_path / "forged.zip").open("wb") as out:
        pack("2026-000007", [Member("case.json", b"{}")], out)
    assert invoke("verify", tmp_path / "forged.zip").exit_code == 0
    result = invoke("verify", tmp_path / "forged.zip", "--digest", digest)
    assert result.exit_code == 1
    assert "manifest.json" in result.output


@pytest.mark.parametrize(
    ("content", "code"), [(None, "E110"), (b"PK\x05\x06", "E203"), (b"PK\x05\x06" + bytes(18), "E204")]
)
def test_verify_wrong_file_is_2(content: bytes | None, code: str, invoke: Invoke, tmp_path: Path) -> None:
    path = tmp_path / "file.zip"
    if content is not None:
        path.write_bytes(content)
    result = invoke("verify", path)
    assert result.exit_code == 2
    assert f"[{code}]" in result.stderr
