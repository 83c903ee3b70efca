"""Log-in, sessions, CSRF, throttling: with the running service."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from api.auth.sessions import COOKIE, CSRF_HEADER
from api.store.accounts import FailedLogin, LoginSession, Role, User
from api.store.audit import AuditEntry
from api.store.base import now
from api.store.engine import Store

WRONG = "错误的密码-123456"


def log_in(browser: TestClient, name: str, password: str) -> tuple[int, str]:
    answer = browser.post("/v1/login", json={"name": name, "password": password})
    return answer.status_code, answer.json().get("code", "")


def actions(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def test_login_opens_a_session_that_can_read_and_write(browser, make_user, password, store) -> None:
    user, page = make_user("zhang"), browser()
    answer = page.post("/v1/login", json={"name": "ZHANG ", "password": password})
    assert answer.status_code == 200
    assert answer.json()["user"]["role_name"] == "监察员"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert page.get("/v1/me").json()["csrf_token"] == answer.json()["csrf_token"]
    page.headers[CSRF_HEADER] = answer.json()["csrf_token"]
    assert page.post("/v1/logout").status_code == 204
    assert page.get("/v1/me").status_code == 401
    assert actions(store)[-2:] == ["user.login", "user.logout"]
    with store.reading() as session:
        assert session.scalars(select(LoginSession).where(LoginSession.user_id == user.id)).all() == []


def test_login_cookie_is_secure_and_stored_as_a_hash_only(browser, make_user, password, store) -> None:
    make_user("zhang")
    page = browser()
    page.post("/v1/login", json={"name": "zhang", "password": password})
    with store.reading() as session:
        stored = session.scalars(select(LoginSession)).all()[-1]
    assert page.cookies[COOKIE] not in {stored.id, stored.csrf_token}
    assert len(stored.id) == 64


@pytest.mark.parametrize(
    ("name", "sent"),
    [("zhang", WRONG), ("nobody", None), ("zhang", ""), ("disabled", None)],
)
def test_login_refuses_without_saying_what_was_wrong(
    browser, make_user, password, store, name: str, sent: str | None
) -> None:
    make_user("zhang")
    off = make_user("disabled")
    with store.session() as session:
        session.execute(update(User).where(User.id == off.id).values(active=False))
    assert log_in(browser(), name, password if sent is None else sent) == (401, "E621")
    assert actions(store)[-1] == "user.login_failed"


def test_login_is_throttled_then_open_again_after_the_window(browser, make_user, password, store) -> None:
    make_user("zhang")
    page = browser()
    assert [log_in(page, "zhang", WRONG)[0] for _ in range(5)] == [401] * 5
    locked = page.post("/v1/login", json={"name": "zhang", "password": password})
    assert (locked.status_code, locked.json()["code"]) == (429, "E622")
    assert 0 < int(locked.headers["retry-after"]) <= 15 * 60
    make_user("li")
    assert log_in(page, "li", password)[0] == 200
    with store.session() as session:
        session.execute(update(FailedLogin).values(at=now() - timedelta(minutes=16)))
    assert log_in(page, "zhang", password)[0] == 200


def test_login_success_forgets_the_failures_before_it(browser, make_user, password) -> None:
    make_user("zhang")
    page = browser()
    for _ in range(3):
        assert [log_in(page, "zhang", WRONG)[0] for _ in range(2)] == [401] * 2
        assert log_in(page, "zhang", password)[0] == 200


def test_login_throttles_one_address_that_tries_many_names(browser) -> None:
    page = browser()
    tries = [log_in(page, f"name{number}", WRONG)[0] for number in range(26)]
    assert tries == [401] * 25 + [429]


def test_login_keeps_what_was_typed_out_of_the_store(browser, store) -> None:
    log_in(browser(), "my-password-typed-as-name", WRONG)
    with store.reading() as session:
        kept = [*session.scalars(select(FailedLogin.key)), *session.scalars(select(AuditEntry.actor_name))]
    assert "my-password" not in " ".join(kept)


def test_session_expires(browser, make_user, store) -> None:
    page = browser(make_user("zhang"))
    assert page.get("/v1/me").status_code == 200
    with store.session() as session:
        session.execute(update(LoginSession).values(expires_at=now() - timedelta(seconds=1)))
    assert page.get("/v1/me").json()["code"] == "E620"


@pytest.mark.parametrize("cookie", ["", "x", "é\x7f", "0" * 5000])
def test_session_unknown_cookie_is_nobody(browser, cookie: str) -> None:
    answer = browser().get("/v1/me", headers={"Cookie": f"{COOKIE}={cookie}".encode("latin-1")})
    assert (answer.status_code, answer.json()["code"]) == (401, "E620")


@pytest.mark.parametrize("token", [None, "", "wrong", "汉"])
def test_csrf_writes_by_cookie_need_the_token(browser, make_user, token: str | None) -> None:
    page = browser(make_user("root", Role.ADMIN))
    del page.headers[CSRF_HEADER]
    headers = {} if token is None else {CSRF_HEADER: token.encode()}
    answer = page.post("/v1/organisations", json={"name": "甲人力"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "E624")
    assert page.get("/v1/organisations", headers=headers).json()["total"] == 0


def test_csrf_token_of_another_session_is_refused(browser, make_user) -> None:
    user = make_user("root", Role.ADMIN)
    one, other = browser(user), browser(user)
    one.headers[CSRF_HEADER] = other.headers[CSRF_HEADER]
    assert one.post("/v1/organisations", json={"name": "甲人力"}).json()["code"] == "E624"


def test_password_change_logs_out_the_other_browsers(browser, make_user, password) -> None:
    user = make_user("zhang")
    here, there = browser(user), browser(user)
    new = "另一条足够长的密码-2026"
    wrong = here.post("/v1/me/password", json={"current_password": WRONG, "password": new})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "E634")
    changed = here.post("/v1/me/password", json={"current_password": password, "password": new})
    assert changed.status_code == 204
    assert (here.get("/v1/me").status_code, there.get("/v1/me").status_code) == (200, 401)
    assert log_in(browser(), "zhang", password)[0] == 401
    assert log_in(browser(), "zhang", new)[0] == 200
