"""API tokens: hashed, scoped, revocable, and never more than their owner."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from api.store.accounts import ApiToken, Role, User
from api.store.base import now


def program(browser, owner: TestClient, *scopes: str) -> TestClient:
    answer = owner.post("/v1/tokens", json={"name": "程序", "scopes": list(scopes)})
    assert answer.status_code == 201, answer.text
    fresh = browser()
    fresh.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    return fresh


def test_tokens_do_what_their_scopes_say(admin, browser) -> None:
    caller = program(browser, admin, "account_self", "user_manage")
    assert caller.get("/v1/me").json()["permissions"] == ["account_self", "user_manage"]
    assert caller.get("/v1/me").json()["csrf_token"] is None
    assert caller.post("/v1/organisations", json={"name": "甲人力"}).status_code == 201
    assert caller.get("/v1/audit").status_code == 403


def test_tokens_make_no_tokens(admin, browser) -> None:
    refused = admin.post("/v1/tokens", json={"name": "x", "scopes": ["token_manage"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "E630")
    assert program(browser, admin, "scan").get("/v1/tokens").status_code == 403


def test_tokens_cannot_exceed_their_owner(browser, make_user, store) -> None:
    user = make_user("zhang", Role.SUPERVISOR)
    page = browser(user)
    assert page.post("/v1/tokens", json={"name": "x", "scopes": ["user_manage"]}).json()["code"] == "E630"
    caller = program(browser, page, "case_assign")
    assert caller.get("/v1/officers").status_code == 200
    with store.session() as session:
        session.execute(update(User).where(User.id == user.id).values(role=Role.INSPECTOR))
    assert caller.get("/v1/officers").status_code == 403


def test_tokens_are_shown_once_and_stored_as_a_hash(admin, browser, store) -> None:
    caller = program(browser, admin, "scan")
    secret = caller.headers["Authorization"].removeprefix("Bearer ")
    assert secret.startswith("pz_")
    listed = admin.get("/v1/tokens")
    assert secret not in listed.text
    with store.reading() as session:
        stored = session.scalars(select(ApiToken)).one()
    assert secret not in {stored.token_sha256, stored.id}


def test_tokens_revoked_expired_or_unknown_are_refused(admin, browser, make_user, store) -> None:
    revoked = program(browser, admin, "account_self")
    token = admin.get("/v1/tokens").json()["items"][0]
    assert revoked.get("/v1/me").status_code == 200
    assert browser(make_user("zhang")).delete(f"/v1/tokens/{token['id']}").status_code == 404
    assert admin.delete(f"/v1/tokens/{token['id']}").status_code == 204
    assert revoked.get("/v1/me").json()["code"] == "E633"
    expired = program(browser, admin, "account_self")
    with store.session() as session:
        session.execute(update(ApiToken).values(expires_at=now() - timedelta(seconds=1)))
    assert expired.get("/v1/me").json()["code"] == "E633"


@pytest.mark.parametrize("secret", ["pz_", "x", "é", "pz_" + "a" * 43])
def test_tokens_unknown_are_refused_even_with_a_good_cookie(admin, secret: str) -> None:
    answer = admin.get("/v1/me", headers={"Authorization": f"Bearer {secret}".encode("latin-1")})
    assert (answer.status_code, answer.json()["code"]) == (401, "E633")


def test_tokens_of_a_disabled_user_are_refused(admin, browser, make_user) -> None:
    user = make_user("zhang")
    caller = program(browser, browser(user), "account_self")
    admin.patch(f"/v1/users/{user.id}", json={"active": False})
    assert caller.get("/v1/me").status_code == 401


def test_tokens_last_use_is_noted(admin, browser) -> None:
    caller = program(browser, admin, "account_self")
    assert admin.get("/v1/tokens").json()["items"][0]["last_used_at"] is None
    caller.get("/v1/me")
    assert admin.get("/v1/tokens").json()["items"][0]["last_used_at"] is not None
