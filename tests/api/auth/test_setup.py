"""The one-time link of the first start."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete, func, select, update

from api.auth.setup import setup_link
from api.settings import load_settings
from api.store.accounts import LoginSession, SetupLink, User
from api.store.base import now
from api.store.engine import Store

FIRST = {"name": "admin", "password": "一条足够长的密码-2026"}


@pytest.fixture
def visitor(browser, store: Store) -> TestClient:
    """A browser on a service that nobody has an account on."""
    with store.session() as session:
        session.execute(delete(LoginSession))
        session.execute(delete(User))
    return browser()


def link(store: Store) -> str | None:
    with store.session() as session:
        return setup_link(session, load_settings(base_url="https://pz.example.org/"))


def token(store: Store) -> str:
    return parse_qs(urlsplit(link(store) or "").query)["token"][0]


def test_setup_makes_the_first_administrator_once(visitor, store) -> None:
    secret = token(store)
    made = visitor.post("/v1/setup", json=FIRST | {"token": secret})
    assert (made.status_code, made.json()["role"]) == (201, "admin")
    again = visitor.post("/v1/setup", json=FIRST | {"token": secret, "name": "second"})
    assert (again.status_code, again.json()["code"]) == (403, "E625")
    assert visitor.post("/v1/login", json=FIRST).status_code == 200
    assert link(store) is None


def test_setup_link_opens_a_form_that_works(visitor, store) -> None:
    address = link(store)
    assert address is not None
    assert address.startswith("https://pz.example.org/setup?token=")
    parts = urlsplit(address)
    secret = parse_qs(parts.query)["token"][0]
    page = visitor.get(f"{parts.path}?{parts.query}")
    assert f'value="{secret}"' in page.text
    fields = {name: (None, value) for name, value in (FIRST | {"token": secret}).items()}
    weak = visitor.post("/setup", files=fields | {"password": (None, "short")})
    assert (weak.status_code, "密码不符合要求" in weak.text, f'value="{secret}"' in weak.text) == (
        422,
        True,
        True,
    )
    odd = visitor.post("/setup", files=fields | {"name": (None, "<b> x")})
    assert (odd.status_code, "用户名：格式不正确" in odd.text, "<b>" in odd.text) == (422, True, False)
    assert "已创建管理员 admin" in visitor.post("/setup", files=fields).text
    assert visitor.post("/setup", files=fields).status_code == 403
    assert visitor.post("/v1/login", json=FIRST).status_code == 200


def test_setup_link_expires_and_a_newer_one_voids_it(visitor, store) -> None:
    old, new = token(store), token(store)
    assert visitor.post("/v1/setup", json=FIRST | {"token": old}).json()["code"] == "E625"
    with store.session() as session:
        session.execute(update(SetupLink).values(expires_at=now() - timedelta(seconds=1)))
    assert visitor.post("/v1/setup", json=FIRST | {"token": new}).json()["code"] == "E625"


def test_setup_weak_password_leaves_the_link_usable(visitor, store) -> None:
    secret = token(store)
    weak = visitor.post("/v1/setup", json=FIRST | {"token": secret, "password": "1234567890"[:6]})
    assert weak.json()["code"] == "E626"
    assert visitor.post("/v1/setup", json=FIRST | {"token": secret}).status_code == 201


def test_setup_link_used_by_two_at_once_makes_one_administrator(visitor, store) -> None:
    secret = token(store)

    def use(name: str) -> int:
        return visitor.post("/v1/setup", json=FIRST | {"token": secret, "name": name}).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(use, ["first", "second"])) == [201, 403]
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(User)) == 1
