"""The board, the labels in use and who holds cases, on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from api.cases.handover import holders
from api.cases.labels import labels_in_use
from api.cases.lists import board
from api.cases.workflow import today
from api.store.cases import Case, CaseStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi.testclient import TestClient

    from api.store.engine import Store
    from tests.api.cases.conftest import Open

    Step = Callable[..., Any]

TEXTS = ("招司机，限男性。", "招电工，限男性，持证。", "招门卫，限男性，夜班。", "招库管，限男性，值班。")


def test_lists_board_labels_and_holders(
    client: TestClient, open_case: Open, step: Step, store: Store
) -> None:
    cases = [open_case("dismissed", text=text, employer=f"{at}号样例厂") for at, text in enumerate(TEXTS)]
    me = client.get("/v1/me").json()["user"]["id"]
    for case in cases:
        client.post(f"/v1/cases/{case['id']}/assignee", json={"assignee_id": me, "reason": "分派"})
    for case, labels in zip(cases, (["甲", "乙"], ["乙"], [], ["乙"]), strict=True):
        client.put(f"/v1/cases/{case['id']}/labels", json={"labels": labels})
    step(cases[3], "unfounded")
    step(cases[3], "closed")
    with store.session() as session:
        for case, days in zip(cases[:3], (9, -1, 3), strict=True):
            session.get_one(Case, case["id"]).deadline = today() + timedelta(days=days)
    with store.reading() as session:
        columns = {column.status: column for column in board(session, [], depth=2)}
        assert list(columns) == list(CaseStatus)
        waiting = columns[CaseStatus.TO_VERIFY]
        assert (waiting.total, [case.title[0] for case in waiting.cases]) == (3, ["1", "2"])
        assert [column.total for column in columns.values()] == [3, 0, 0, 0, 0, 0, 0, 0, 0, 1]
        assert labels_in_use(session) == ["乙", "甲"]
        assert [(user.id, count) for user, count in holders(session)] == [(me, 3)]
