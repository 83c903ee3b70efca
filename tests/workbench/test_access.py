"""How pages let people in and turn them away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.auth.sessions import COOKIE
from api.store.accounts import Role
from api.workbench.access import local
from api.workbench.static_files import FOLDER, static
from tests.service_fixtures import LoginAs

TEMPLATES = FOLDER.parent / "templates"


@pytest.fixture
def visitor(anonymous: TestClient) -> TestClient:
    anonymous.follow_redirects = False
    return anonymous


@pytest.mark.parametrize(
    ("path", "login"),
    [
        ("/", "/login"),
        ("/settings", "/login?next=/settings"),
        (
            "/audit?from=2026-01-01&object_type=case",
            "/login?next=/audit%3Ffrom%3D2026-01-01%26object_type%3Dcase",
        ),
    ],
)
def test_access_sends_a_visitor_to_the_log_in(path: str, login: str, visitor: TestClient) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, login)


@pytest.mark.parametrize(
    ("address", "goes_to"),
    [
        ("/cases?status=closed", "/cases?status=closed"),
        ("https://x.example/", "/"),
        ("//x.example/", "/"),
        ("/\\x.example", "/"),
        ("/\t/x.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_access_a_log_in_never_leads_elsewhere(address: str, goes_to: str) -> None:
    assert local(address) == goes_to


def test_access_log_in_of_one_who_is_logged_in_goes_on(login_as: LoginAs) -> None:
    answer = login_as(Role.AUDITOR).get("/login?next=/audit", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/audit")


def test_access_a_stale_cookie_sees_the_form(visitor: TestClient) -> None:
    visitor.cookies.set(COOKIE, "stale")
    answer = visitor.get("/login")
    assert (answer.status_code, "用户名" in answer.text) == (200, True)


@pytest.mark.parametrize("path", ["/login", "/setup"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_access_refuses_forms_of_other_sites(path: str, site: str, visitor: TestClient) -> None:
    answer = visitor.post(path, files={"name": (None, "a")}, headers={"Sec-Fetch-Site": site})
    assert (answer.status_code, "E624" in answer.text) == (403, True)


@pytest.mark.parametrize(
    ("name", "password", "status", "says"),
    [
        ("nobody", "不对的密码不对的", 401, "用户名或密码不正确"),
        ("<b>x</b>", "不对的密码不对的", 401, "用户名或密码不正确"),
        ("a" * 80, "不对的密码不对的", 422, "过长"),
        ("nobody", "", 422, "请填写用户名和密码"),
    ],
)
def test_access_log_in_says_what_is_wrong(
    name: str, password: str, status: int, says: str, visitor: TestClient
) -> None:
    answer = visitor.post("/login", files={"name": (None, name), "password": (None, password)})
    assert (answer.status_code, says in answer.text, "<b>" in answer.text) == (status, True, False)


@pytest.mark.parametrize(
    ("role", "path", "status", "code"),
    [
        (Role.INSPECTOR, "/users", 403, "E623"),
        (Role.INSPECTOR, "/nothing", 404, "E608"),
        (Role.AUDITOR, "/audit?from=yesterday", 422, "E601"),
        (Role.AUDITOR, "/audit?page=0", 422, "E601"),
    ],
)
def test_access_refusal_is_a_page_with_code_and_way_out(
    role: Role, path: str, status: int, code: str, login_as: LoginAs
) -> None:
    answer = login_as(role).get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert f"错误代码 {code}" in answer.text
    assert 'href="/"' in answer.text


def test_access_a_bug_is_a_page_that_tells_its_number_and_nothing_else(
    login_as: LoginAs, app: FastAPI
) -> None:
    client = login_as(Role.INSPECTOR)

    @app.get("/bug")
    def bug() -> None:
        raise ValueError("招文员，限女性")

    answer = client.get("/bug", headers={"X-Request-ID": "given-by-caller"})
    assert (answer.status_code, "E600" in answer.text, "given-by-caller" in answer.text) == (500, True, True)
    assert "限女性" not in answer.text


def test_access_pages_are_not_kept_and_let_no_foreign_script_in(client: TestClient) -> None:
    headers = client.get("/").headers
    policy = headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy


def test_access_static_files_are_kept_for_good(visitor: TestClient) -> None:
    answer = visitor.get(static("css/base.css"))
    assert (answer.status_code, "immutable" in answer.headers["cache-control"]) == (200, True)
    assert visitor.get(static("../routes/home.py")).status_code == 404
    assert visitor.get(static("css/none.css")).status_code == 404


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_access_templates_hold_nothing_that_the_policy_forbids(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(
        r"""\sstyle=|<style|\son[a-z]+=["']|<script(?![^>]*\ssrc=)|https?://|\|safe\b""", text
    )
