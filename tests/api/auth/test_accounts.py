"""Users and organisations: rules about them hold, and every change is in the audit log."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from api.store.accounts import Role
from api.store.audit import AuditEntry

NEW = {"name": "li.na", "display_name": "李娜", "role": "inspector", "password": "一条足够长的密码-2026"}


def test_users_create_read_change(admin, store) -> None:
    made = admin.post("/v1/users", json=NEW | {"name": " Ｌi.Na "})
    assert made.status_code == 201
    user = made.json()
    assert (user["name"], user["role_name"], user["active"]) == ("li.na", "监察员", True)
    changed = admin.patch(f"/v1/users/{user['id']}", json={"role": "supervisor"})
    assert changed.json()["role"] == "supervisor"
    assert admin.get(f"/v1/users/{user['id']}").json() == changed.json()
    assert [found["name"] for found in admin.get("/v1/users").json()["items"]] == ["li.na", "root"]
    with store.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "user.change")).one()
    assert (entry.actor_name, entry.object_id) == ("root", user["id"])
    assert (entry.before, entry.after) == ({"role": "inspector"}, {"role": "supervisor"})


def test_users_no_password_leaves_the_service(admin, store) -> None:
    made = admin.post("/v1/users", json=NEW)
    admin.post(f"/v1/users/{made.json()['id']}/password", json={"password": NEW["password"] + "x"})
    with store.reading() as session:
        entries = session.scalars(select(AuditEntry)).all()
    said = made.text + "".join(f"{entry.before}{entry.after}" for entry in entries)
    assert NEW["password"] not in said
    assert "argon2" not in said


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"password": "short-1"}, "E626"),
        ({"password": "aaaaaaaaaaaaaa"}, "E626"),
        ({"password": "my name LI.NA is in it"}, "E626"),
        ({"password": "x" * 201}, "E601"),
        ({"name": "root"}, "E627"),
        ({"name": "ROOT"}, "E627"),
        ({"name": "a"}, "E601"),
        ({"name": "a b"}, "E601"),
        ({"name": "a\x00b"}, "E601"),
        ({"name": "x" * 65}, "E601"),
        ({"display_name": " \n"}, "E601"),
        ({"display_name": "李\u202e娜"}, "E601"),
        ({"role": "king"}, "E601"),
        ({"role": "agency"}, "E629"),
        ({"role": "agency", "organisation_id": "0" * 32}, "E629"),
        ({"organisation_id": "0" * 32}, "E629"),
        ({"unknown": 1}, "E601"),
    ],
)
def test_users_create_refuses(admin, change: dict[str, Any], code: str) -> None:
    answer = admin.post("/v1/users", json=NEW | change)
    assert answer.status_code in {409, 422, 400}
    assert answer.json()["code"] in {code, "E607"}
    assert admin.get("/v1/users").json()["total"] == 1


def test_users_agency_belongs_to_an_organisation(admin) -> None:
    organisation = admin.post("/v1/organisations", json={"name": "示例人力"}).json()["id"]
    made = admin.post("/v1/users", json=NEW | {"role": "agency", "organisation_id": organisation})
    assert made.json()["organisation_id"] == organisation
    path = f"/v1/users/{made.json()['id']}"
    assert admin.patch(path, json={"role": "inspector"}).json()["code"] == "E629"
    moved = admin.patch(path, json={"role": "inspector", "organisation_id": None})
    assert (moved.status_code, moved.json()["organisation_id"]) == (200, None)


def test_users_last_administrator_stays(admin, make_user) -> None:
    root = admin.get("/v1/me").json()["user"]["id"]
    for change in ({"active": False}, {"role": "auditor"}):
        assert admin.patch(f"/v1/users/{root}", json=change).json()["code"] == "E628"
    make_user("second", Role.ADMIN)
    assert admin.patch(f"/v1/users/{root}", json={"role": "auditor"}).status_code == 200
    assert admin.get("/v1/users").status_code == 403


def test_users_disabled_is_out_at_once(admin, browser, make_user) -> None:
    user = make_user("zhang")
    page = browser(user)
    assert page.get("/v1/me").status_code == 200
    admin.patch(f"/v1/users/{user.id}", json={"active": False})
    assert page.get("/v1/me").status_code == 401


def test_users_password_reset_logs_the_user_out(admin, browser, make_user) -> None:
    user = make_user("zhang")
    page = browser(user)
    new = {"password": "管理员重设的密码-1"}
    assert admin.post(f"/v1/users/{user.id}/password", json=new).status_code == 204
    assert page.get("/v1/me").status_code == 401
    assert browser().post("/v1/login", json={"name": "zhang"} | new).status_code == 200


@pytest.mark.parametrize("method", ["GET", "PATCH"])
def test_users_unknown_is_404(admin, method: str) -> None:
    answer = admin.request(method, f"/v1/users/{'0' * 32}", json={} if method == "PATCH" else None)
    assert (answer.status_code, answer.json()["code"]) == (404, "E610")


def test_officers_are_those_who_may_work_on_cases(admin, make_user) -> None:
    for role in Role:
        make_user(f"user_{role}", role)
    names = {item["display_name"] for item in admin.get("/v1/officers").json()["items"]}
    assert names == {"root", "user_inspector", "user_supervisor", "user_admin"}


def test_organisations_have_names_of_their_own(admin) -> None:
    one = admin.post("/v1/organisations", json={"name": "甲人力"}).json()
    assert admin.post("/v1/organisations", json={"name": "甲人力"}).json()["code"] == "E632"
    admin.post("/v1/organisations", json={"name": "乙人力"})
    path = f"/v1/organisations/{one['id']}"
    assert admin.patch(path, json={"name": "乙人力"}).json()["code"] == "E632"
    assert admin.patch(path, json={"name": "甲人力"}).status_code == 200
    assert admin.patch(path, json={"name": "丙人力"}).json()["name"] == "丙人力"
    names = [item["name"] for item in admin.get("/v1/organisations").json()["items"]]
    assert sorted(names) == ["丙人力", "乙人力"]
