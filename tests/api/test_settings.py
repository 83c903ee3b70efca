"""Settings come from where they should, are refused by name, and every one is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.errors import ServiceError
from api.settings import PREFIX, Settings, load_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)
    monkeypatch.delenv("PINGZHAO_CONFIG", raising=False)
    monkeypatch.setenv("PINGZHAO_DATA_DIR", str(tmp_path))


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
@pytest.mark.parametrize("name", Settings.model_fields)
def test_settings_are_all_documented(name: str, readme: str) -> None:
    field = Settings.model_fields[name]
    assert re.search("[一-鿿]", field.description or "")
    (row,) = re.findall(rf"^\| `{name}` \|.*$", (ROOT / readme).read_text("utf-8"), re.M)
    default = field.default
    if isinstance(default, str | int) and not isinstance(default, bool) and default != "":
        assert f"`{default}`" in row


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_settings_documented_ones_exist(readme: str) -> None:
    section = (ROOT / readme).read_text("utf-8").partition("PINGZHAO_CONFIG")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.M)) == set(Settings.model_fields)


def test_settings_environment_comes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pingzhao.toml").write_text('port = 9001\nhost = "0.0.0.0"\nlog_format = "json"\n', "utf-8")
    monkeypatch.setenv("PINGZHAO_PORT", "9002")
    monkeypatch.setenv("PINGZHAO_HOST", "::1")
    settings = load_settings(host="localhost")
    assert (settings.host, settings.port, settings.log_format) == ("localhost", 9002, "json")


def test_settings_named_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "other.toml").write_text("port = 9003", "utf-8")
    monkeypatch.setenv("PINGZHAO_CONFIG", str(tmp_path / "other.toml"))
    assert load_settings().port == 9003


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("prot = 1", "prot：没有这一项"),
        ("port = 'x'", "port：应为整数"),
        ("port = 70000", "port：不大于 65535"),
        ("log_level = 'LOUD'", "log_level：只能是"),
        ("database_url = 'mysql://a/b'", "database_url：只支持 sqlite:/// 和 postgresql://"),
        ("database_url = 'postgresql://u:secret@h:x/b'", "database_url：只支持"),
        ("port =", "设置文件不能读取"),
        ("port = 1\nport = 2", "设置文件不能读取"),
    ],
)
def test_settings_wrong_ones_are_named(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "pingzhao.toml").write_text(text, "utf-8")
    with pytest.raises(ServiceError, match=r"\[E502\]") as raised:
        load_settings()
    assert says in raised.value.message
    assert "secret" not in raised.value.message


def test_settings_named_file_must_exist(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PINGZHAO_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(ServiceError, match="E502"):
        load_settings()


def test_settings_do_not_show_the_database_password() -> None:
    settings = load_settings(database_url="postgresql://u:secret@host/b")
    assert "secret" not in repr(settings)
    assert settings.store_url == "postgresql://u:secret@host/b"


def test_settings_default_database_lies_in_the_data_folder(tmp_path: Path) -> None:
    assert load_settings().store_url == f"sqlite:///{(tmp_path / 'pingzhao.sqlite').as_posix()}"


def test_settings_public_url_has_no_slash_at_its_end() -> None:
    assert load_settings(base_url="https://a.example/").public_url == "https://a.example"
    assert load_settings(port=1).public_url == "http://127.0.0.1:1"
