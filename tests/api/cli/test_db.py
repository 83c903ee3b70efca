"""`pingzhao db` from the shell's side: what it says, its exit codes, what it leaves."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.store import migrate
from api.store.engine import Store
from scanner.cli import main


@pytest.fixture(autouse=True)
def data(tmp_path: Path, empty_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PINGZHAO_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PINGZHAO_DATABASE_URL", empty_url)
    return tmp_path / "data"


def db(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["db", *map(str, args)])


def test_db_upgrade_and_status_name_both_versions() -> None:
    assert db("status").output == f"数据库版本：空；程序需要：{migrate.head()}\n"
    assert db("upgrade").output == f"数据库版本：空 → {migrate.head()}\n"
    assert db("upgrade").output == f"数据库版本：{migrate.head()} → {migrate.head()}\n"


def test_db_backup_and_restore(tmp_path: Path, empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    db("upgrade")
    assert db("backup", tmp_path / "b.zip").exit_code == 0
    refused = db("restore", tmp_path / "b.zip")
    assert (refused.exit_code, "[E505]" in refused.output) == (2, True)
    monkeypatch.setenv("PINGZHAO_DATABASE_URL", f"sqlite:///{tmp_path / 'new.sqlite'}")
    assert db("restore", tmp_path / "b.zip").output == "已恢复 0 行。\n"
    with Store(f"sqlite:///{tmp_path / 'new.sqlite'}") as store:
        assert migrate.current(store) == migrate.head()


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["backup", "none/b.zip"], "E201"),
        (["restore", "none.zip"], "E506"),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"])
def test_db_refusals_have_a_code(
    args: list[str], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = db(*args)
    assert result.exit_code == 2
    assert f"[{code}]" in result.output


@pytest.mark.parametrize("database", ["sqlite"])
def test_db_of_a_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINGZHAO_PORT", "many")
    result = db("status")
    assert (result.exit_code, result.output.startswith("[E502] 设置有误：port：应为整数")) == (2, True)


@pytest.mark.parametrize("database", ["sqlite"])
def test_db_without_the_service_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlalchemy.exc", None)
    result = db("status")
    assert result.exit_code == 2
    assert "[E501]" in result.output
    assert 'pip install "pingzhao[service]"' in result.output
