"""Over the whole API: an agency reads its own, and finds no trace of what others sent in."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.auth.permissions import ROLE_PERMISSIONS
from api.auth.table import Endpoint, endpoints
from api.store.accounts import Role
from api.store.ads import AdVersion, Employer, Publisher, StoredAd, StoredFinding
from api.store.batches import Batch
from api.store.engine import Store

NAMES = {"ad_id": StoredAd, "finding_id": StoredFinding, "employer_id": Employer, "publisher_id": Publisher}
SHARED = "招文员一名，限女性，已婚已育优先，工作地点在城东，周末双休，有意者请致电人事部。"


@dataclass
class Agency:
    """A logged-in agency user, the ids of what it sent in by the name of their path parameter, and its words."""

    client: TestClient
    ids: dict[str, str]
    word: str


def send(client: TestClient, store: Store, word: str) -> Agency:
    """An ad of its own, an ad that all send, and a file waiting to be scanned."""
    for text in (f"{word}招保安，限男性，包吃住。", SHARED):
        ad = {"text": text, "employer": f"{word}有限公司", "publisher": f"{word}网"}
        stored = client.post("/v1/scan", json=ad | {"store": True})
        assert stored.status_code == 200, stored.text
    batch = client.post("/v1/batches", files={"file": (f"{word}.jsonl", '{"text": "限男性"}'.encode())})
    assert batch.status_code == 202, batch.text
    ids = {"batch_id": batch.json()["id"]}
    with store.reading() as session:
        version = select(AdVersion).where(AdVersion.text.contains(word))
        ad_row = session.get_one(StoredAd, session.scalars(version).one().ad_id)
        finding = select(StoredFinding.id).where(StoredFinding.ad_id == ad_row.id)
        ids |= {"ad_id": ad_row.id, "finding_id": session.scalars(finding.limit(1)).one()}
        ids |= {"employer_id": ad_row.employer_id or "", "publisher_id": ad_row.publisher_id or ""}
    return Agency(client, ids, word)


@pytest.fixture
def others(login_as, store: Store) -> list[Agency]:
    """The office and a second agency."""
    office = send(login_as(Role.INSPECTOR), store, "东风路机关")
    return [office, send(login_as(Role.AGENCY, organisation="乙人力"), store, "梧桐街商行")]


@pytest.fixture
def agency(others: list[Agency], login_as, store: Store) -> Agency:
    return send(login_as(Role.AGENCY, organisation="甲人力"), store, "白杨巷门店")


def open_to_agencies(app: FastAPI) -> list[Endpoint]:
    return [one for one in endpoints(app) if one.permission in ROLE_PERMISSIONS[Role.AGENCY]]


def filled(path: str, ids: dict[str, str]) -> str | None:
    """The path with its ids; None where it names what no agency sends in."""
    wanted = re.findall(r"\{([^}]+)\}", path)
    return path.format(**ids) if set(wanted) <= set(ids) else None


def test_agency_reads_its_own(agency: Agency, app: FastAPI) -> None:
    for method, path, _, _ in open_to_agencies(app):
        address = filled(path, agency.ids)
        if method == "GET" and address and not path.endswith("/events"):
            assert agency.client.get(address).status_code in {200, 409, 422}, path


@pytest.mark.parametrize(
    "path", ["ads", "findings", "employers", "publishers", "batches", "exports/findings"]
)
def test_agency_lists_show_its_own(agency: Agency, path: str) -> None:
    assert agency.word in agency.client.get(f"/v1/{path}", params={"format": "csv"}).text


def test_agency_gets_404_for_what_others_sent_in(agency: Agency, others: list[Agency], app: FastAPI) -> None:
    asked = set()
    for method, path, _, _ in open_to_agencies(app):
        for other in others:
            address = filled(path, other.ids)
            if address and "{" in path:
                answer = agency.client.request(method, address, params={"format": "csv"})
                assert answer.status_code == 404, path
                asked |= set(re.findall(r"\{([^}]+)\}", path))
    assert asked == {*NAMES, "batch_id"}


def test_agency_finds_no_trace_of_others(
    agency: Agency, others: list[Agency], app: FastAPI, store: Store
) -> None:
    with store.reading() as session:
        foreign = set(session.scalars(select(StoredAd.id).where(StoredAd.organisation_id.is_(None))))
        foreign |= set(session.scalars(select(Batch.id).where(Batch.organisation_id.is_(None))))
    traces = foreign | {trace for other in others for trace in (other.word, *other.ids.values())}
    for method, path, _, _ in open_to_agencies(app):
        address = filled(path, agency.ids)
        if method == "GET" and address and not path.endswith("/events"):
            text = agency.client.get(address).text
            assert [trace for trace in traces if trace in text] == [], path
