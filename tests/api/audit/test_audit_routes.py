"""The audit log over HTTP: filtered, paged, verified; reading it is an entry too."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from api.audit.record import Actor, record
from api.store.accounts import Role
from api.store.audit import AuditEntry


@pytest.fixture
def auditor(login_as, store):
    with store.session() as session:
        for number in range(1, 6):
            who = Actor(str(number % 2) * 32, f"user{number % 2}", "192.0.2.1")
            record(session, who, "case.status", "case", f"c{number}", after={"n": number})
    return login_as(Role.AUDITOR)


@pytest.mark.parametrize(
    ("query", "objects"),
    [
        ({}, ["c5", "c4", "c3", "c2", "c1"]),
        ({"object_id": "c3"}, ["c3"]),
        ({"actor_id": "1" * 32}, ["c5", "c3", "c1"]),
        ({"action": "case.status", "object_type": "case", "size": 2, "page": 2}, ["c3", "c2"]),
        ({"since": "2999-01-01T00:00:00Z"}, []),
        ({"until": "2001-01-01T00:00:00+08:00"}, []),
        ({"action": "nothing"}, []),
    ],
)
def test_audit_read_filters(auditor, query: dict[str, Any], objects: list[str]) -> None:
    answer = auditor.get("/v1/audit", params=query)
    assert [item["object_id"] for item in answer.json()["items"]] == objects


def test_audit_read_is_an_entry(auditor) -> None:
    auditor.get("/v1/audit", params={"action": "case.status"})
    newest = auditor.get("/v1/audit").json()["items"][0]
    assert (newest["action"], newest["after"]) == ("audit.read", {"action": "case.status", "page": 1})


@pytest.mark.parametrize(
    "query", [{"since": "2026-01-01T00:00:00"}, {"since": "x"}, {"page": 0}, {"actor_id": "x" * 33}]
)
def test_audit_read_refuses_bad_filters(auditor, query: dict[str, Any]) -> None:
    answer = auditor.get("/v1/audit", params=query)
    assert (answer.status_code, answer.json()["code"]) == (422, "E601")


def test_audit_verification(auditor, store) -> None:
    good = auditor.get("/v1/audit/verification").json()
    assert (good["intact"], good["entries"], good["breaks"]) == (True, 5, [])
    anchor = {"number": good["last"], "hash": good["hash"]}
    assert auditor.get("/v1/audit/verification", params=anchor).json()["intact"]
    other = auditor.get("/v1/audit/verification", params=anchor | {"hash": "0" * 64}).json()
    assert [found["number"] for found in other["breaks"]] == [good["last"]]
    with store.session() as session:
        session.execute(update(AuditEntry).where(AuditEntry.number == 2).values(actor_name="x"))
    bad = auditor.get("/v1/audit/verification").json()
    assert (bad["intact"], bad["broken"], bad["breaks"][0]["number"]) == (False, 1, 2)
