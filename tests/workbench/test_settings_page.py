"""Settings as people see them."""

from __future__ import annotations

from pathlib import Path

from api.settings import Settings
from api.store.accounts import Role
from api.workbench.effective import effective
from tests.service_fixtures import LoginAs


def test_settings_page_names_every_setting_and_hides_the_password(tmp_path: Path) -> None:
    secret = "postgresql://pingzhao:hunter2secret@db.example/pingzhao"
    shown = {one.variable: one for one in effective(Settings(data_dir=tmp_path, database_url=secret))}
    assert set(shown) == {f"PINGZHAO_{name.upper()}" for name in Settings.model_fields}
    assert shown["PINGZHAO_DATABASE_URL"].value == "postgresql://pingzhao:***@db.example/pingzhao"
    assert shown["PINGZHAO_MAX_BODY_BYTES"].value == "4 MB"
    assert shown["PINGZHAO_COOKIE_SECURE"].value == "否"
    assert (shown["PINGZHAO_DATA_DIR"].changed, shown["PINGZHAO_PORT"].changed) == (True, False)
    assert all(one.meaning for one in shown.values())


def test_settings_page_shows_each_role_its_part(login_as: LoginAs) -> None:
    admin = login_as(Role.ADMIN).get("/settings").text
    assert "访问令牌" in admin
    assert 'href="/settings/service"' in admin
    auditor = login_as(Role.AUDITOR).get("/settings").text
    assert "修改密码" in auditor
    assert "访问令牌" not in auditor
    assert "/settings/service" not in auditor
