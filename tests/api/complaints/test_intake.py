"""A report comes in: masked, read, weighed; doubtful ones are marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.api.complaints.conftest import Send

Read = Callable[[str], dict[str, Any]]


def test_intake_shows_what_was_understood_and_on_which_words(send: Send, read: Read) -> None:
    seen = read(send(name="王翠缇", contact="13800138000")["id"])
    one, text = seen["complaint"], seen["text"]
    assert one["category_names"] == ["限定性别", "询问婚育"]
    assert (one["employer"], one["region"], one["named"]) == ("长春示例商贸有限公司", "长春", True)
    for judgement in seen["understanding"]["judgements"]:
        for words in judgement["passages"]:
            assert text[words["start"] : words["end"]] == words["quote"]
    assert seen["routes"][0]["code"]
    assert (seen["proposed_kind"]["kind"], seen["proposed_kind"]["working_days"]) == ("complaint", 5)


def test_intake_anonymous_report_is_proposed_as_a_tip(report: Send, read: Read) -> None:
    seen = read(report()["number"])
    assert (seen["complaint"]["named"], seen["proposed_kind"]["kind"]) == (False, "report")
    assert seen["complaint"]["due_on"] is None


def test_intake_model_sees_no_name_and_no_number(app: FastAPI, send: Send, report: Send) -> None:
    told = "我叫王翠缇，电话13800138000，长春示例商贸有限公司只要男的。"
    send(text=told, name="王翠缇", contact="13800138000")
    report(text=told, ad_text="联系王翠缇 13800138000")
    seen = app.state.services.reader.seen
    assert len(seen) == 2
    assert not any(word in text for text in seen for word in ("翠缇", "13800138000"))


def test_intake_employer_is_found_where_none_was_given(send: Send, read: Read) -> None:
    one = read(send(employer="", text="在四平样例制衣公司上班，怀孕被辞退。")["id"])["complaint"]
    assert one["employer"].endswith("四平样例制衣公司")
    assert one["level"] in ("urgent", "soon")
    assert one["score"] > 0


def test_intake_further_reports_on_an_employer_weigh_more(send: Send, read: Read) -> None:
    first, second = (read(send(text=f"第{n}次反映：长春示例商贸有限公司只要男的")["id"]) for n in "一二")
    assert first["complaint"]["employer_id"] == second["complaint"]["employer_id"]
    assert second["urgency"]["score"] > first["urgency"]["score"]
    assert "1 件" in second["urgency"]["factors"][0]["reason"]


@pytest.mark.parametrize(
    ("parts", "sign"),
    [
        ({"text": "click www.a.com www.b.com www.c.com www.d.com www.e.com www.f.com 限男"}, "网址"),
        ({"text": "aaaaaaaaaaaaaaaa"}, "几乎没有文字"),
        ({"website": "http://x"}, "看不见的栏目"),
    ],
)
def test_intake_doubtful_ones_are_marked(
    parts: dict[str, Any], sign: str, report: Send, desk: TestClient
) -> None:
    number = report(**parts)["number"]
    status = {"status": "spam"} if "website" in parts else {}
    (one,) = desk.get("/v1/complaints", params={"suspected": True, **status}).json()["items"]
    assert one["number"] == number
    assert sign in "".join(one["suspicions"])


def test_intake_same_words_again_get_a_receipt_of_their_own_and_a_mark(report: Send, read: Read) -> None:
    first, again = report(), report(text="我去长春示例商贸有限公司面试文员 人事说只要男的 还问什么时候生孩子")
    assert first["number"] != again["number"]
    assert read(first["number"])["complaint"]["suspicions"] == []
    assert "1 件" in read(again["number"])["complaint"]["suspicions"][0]


def test_intake_numbers_count_up_within_the_year(send: Send) -> None:
    numbers = [send()["number"] for _ in range(3)]
    assert [int(number[-6:]) for number in numbers] == [1, 2, 3]
    assert all(number.startswith("T20") for number in numbers)
