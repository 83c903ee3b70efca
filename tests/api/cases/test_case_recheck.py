"""A second look says what changed, and closes or escalates only when a person accepts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from api.cases.workflow import today
from api.store.cases import Case

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi.testclient import TestClient

    from api.store.engine import Store
    from tests.api.cases.conftest import Keep, Open

    Step = Callable[..., Any]

LATER = (today() + timedelta(days=30)).isoformat()
FLAGGED = "招保安两名，限男性，包吃住。"
CLEAN = "招保安两名，男女不限，包吃住。"
OTHER = "招保安两名，男性优先，包吃住。"


@pytest.fixture
def ordered(open_case: Open, step: Step) -> dict[str, Any]:
    """A case in which a correction was ordered."""
    case = open_case("confirmed")
    step(case, "verified")
    step(case, "rectification_order", deadline=LATER)
    return case


def ad_of(client: TestClient, case: dict[str, Any]) -> str:
    ad_id: str = client.get(f"/v1/cases/{case['id']}").json()["findings"][0]["ad_id"]
    return ad_id


def look(
    client: TestClient, case: dict[str, Any], text: str | None, *, accept: bool = True
) -> dict[str, Any]:
    """Re-check with the ad's new wording (None: without a capture)."""
    captures = [] if text is None else [{"ad_id": ad_of(client, case), "title": "保安", "text": text}]
    body = {"reason": "到期回访", "captures": captures, "accept": accept}
    answer = client.post(f"/v1/cases/{case['id']}/recheck", json=body)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def status_of(client: TestClient, case: dict[str, Any]) -> str:
    return str(client.get(f"/v1/cases/{case['id']}").json()["case"]["status"])


def overdue(store: Store, case: dict[str, Any]) -> None:
    with store.session() as session:
        session.get_one(Case, case["id"]).deadline = today() - timedelta(days=2)


def test_recheck_corrected_ad_is_rectified_then_closed(client: TestClient, ordered: dict[str, Any]) -> None:
    found = look(client, ordered, CLEAN)
    (ad,) = found["ads"]
    assert (found["outcome"], found["proposed"]) == ("corrected", "rectified")
    assert (ad["old_version"], ad["new_version"]) == (1, 2)
    assert (ad["gone"], ad["remaining"]) == (["限男性"], [])
    assert {"-" + FLAGGED, "+" + CLEAN} <= set(ad["diff"])
    assert status_of(client, ordered) == "rectified"
    assert look(client, ordered, CLEAN)["proposed"] == "closed"
    assert status_of(client, ordered) == "closed"


def test_recheck_changes_no_status_until_accepted(client: TestClient, ordered: dict[str, Any]) -> None:
    assert look(client, ordered, CLEAN, accept=False)["proposed"] == "rectified"
    assert status_of(client, ordered) == "rectification_order"


def test_recheck_before_the_deadline_does_not_escalate(client: TestClient, ordered: dict[str, Any]) -> None:
    found = look(client, ordered, FLAGGED)
    assert (found["outcome"], found["proposed"]) == ("unchanged", None)
    assert status_of(client, ordered) == "rectification_order"


@pytest.mark.parametrize(("text", "outcome"), [(FLAGGED, "unchanged"), (OTHER, "changed")])
def test_recheck_after_the_deadline_escalates(
    text: str, outcome: str, client: TestClient, ordered: dict[str, Any], store: Store
) -> None:
    overdue(store, ordered)
    found = look(client, ordered, text)
    assert (found["outcome"], found["proposed"]) == (outcome, "refused")
    assert status_of(client, ordered) == "refused"


def test_recheck_new_wording_joins_the_case(client: TestClient, ordered: dict[str, Any]) -> None:
    (ad,) = look(client, ordered, OTHER)["ads"]
    assert (ad["gone"], ad["remaining"]) == (["限男性"], ["男性优先"])
    detail = client.get(f"/v1/cases/{ordered['id']}").json()
    assert {quote for f in detail["findings"] for quote in f["quotes"]} == {"限男性", "男性优先"}
    assert [f["decision"] for f in detail["findings"] if f["quotes"] == ["男性优先"]] == [None]


def test_recheck_ad_that_comes_back_after_correction_escalates(
    client: TestClient, ordered: dict[str, Any]
) -> None:
    look(client, ordered, CLEAN)
    assert look(client, ordered, FLAGGED)["proposed"] == "refused"
    assert status_of(client, ordered) == "refused"


def test_recheck_without_a_new_capture_says_so(client: TestClient, ordered: dict[str, Any]) -> None:
    found = look(client, ordered, None)
    assert (found["outcome"], found["proposed"]) == ("not_seen_again", None)


def test_recheck_counts_what_came_in_with_another_batch(
    client: TestClient, keep: Keep, open_case: Open, step: Step
) -> None:
    url = "https://board.example/7"
    case = open_case("confirmed", url=url)
    step(case, "verified")
    step(case, "interview", deadline=LATER)
    keep(text=CLEAN, url=url)
    preview = client.get(f"/v1/cases/{case['id']}/recheck").json()
    assert (preview["outcome"], preview["proposed"]) == ("corrected", "rectified")
    assert status_of(client, case) == "interview"
    look(client, case, None)
    assert status_of(client, case) == "rectified"


def test_recheck_all_copies_must_be_corrected(client: TestClient, keep: Keep, open_case: Open) -> None:
    text = "招保安两名，限男性，包吃住，月薪四千五，做六休一，有保安证优先，地点在样例大街。"
    case = open_case("confirmed", text=text, url="https://board1.example/1")
    copy = keep(text=text, url="https://board2.example/1", publisher="板二")
    client.post("/v1/cases", json={"finding_ids": copy.finding_ids})
    clean = {"title": "保安", "text": text.replace("限男性", "男女不限")}
    body = {"reason": "回访", "captures": [{"ad_id": copy.ad_id, **clean}]}
    found = client.post(f"/v1/cases/{case['id']}/recheck", json=body).json()
    assert found["outcome"] == "not_seen_again"
    assert sorted(ad["outcome"] for ad in found["ads"]) == ["corrected", "not_seen_again"]


def test_recheck_ad_of_another_case_is_e669(client: TestClient, ordered: dict[str, Any], keep: Keep) -> None:
    other = keep(text="招焊工，限男性，自带工具。", employer="另一样例公司")
    body = {"reason": "回访", "captures": [{"ad_id": other.ad_id, "text": CLEAN}]}
    answer = client.post(f"/v1/cases/{ordered['id']}/recheck", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "E669")


def test_recheck_capture_to_come_is_refused(client: TestClient, ordered: dict[str, Any]) -> None:
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    capture = {"ad_id": ad_of(client, ordered), "text": CLEAN, "captured_at": later}
    answer = client.post(f"/v1/cases/{ordered['id']}/recheck", json={"reason": "回访", "captures": [capture]})
    assert answer.status_code == 422


def test_recheck_versions_are_compared_character_by_character(
    client: TestClient, ordered: dict[str, Any], keep: Keep
) -> None:
    look(client, ordered, CLEAN)
    asked = {"ad_id": ad_of(client, ordered), "old": 1, "new": 2}
    path = f"/v1/cases/{ordered['id']}/changes"
    compared = client.get(path, params=asked).json()
    (text,) = [change for change in compared["changes"] if change["differs"]]
    sides = [[piece["text"] for piece in text[side] if piece["changed"]] for side in ("before", "after")]
    assert sides == [["限男性"], ["男女不限"]]
    assert (compared["old"]["text"], compared["new"]["text"]) == (FLAGGED, CLEAN)
    assert client.get(path, params=asked | {"new": 3}).json()["code"] == "E610"
    other = keep(text="招焊工，限男性，自带工具。", employer="另一样例公司")
    assert client.get(path, params=asked | {"ad_id": other.ad_id}).json()["code"] == "E669"
