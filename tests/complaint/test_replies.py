"""Replies can be written, quote only verified law, and a wrong file is refused with the cure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scanner.complaint.replies import ReplyBook
from scanner.errors import PingzhaoError
from scanner.law import LawBook

BOOK = ReplyBook.load()
HEAD = "replies:\n- code: thanks\n  name: 致谢\n  reason: 试\n  source: 试\n  reference: §1\n"


def values(code: str) -> dict[str, str]:
    return {name: f"样例{label}" for name, label in BOOK.replies[code].fields.items()}


@pytest.mark.parametrize("code", BOOK.replies)
def test_replies_hold_what_was_filled_in(code: str) -> None:
    text = BOOK.write(code, values(code))
    assert all(value in text for value in values(code).values())
    assert not re.search(r"[{}]|待核", text)


@pytest.mark.parametrize("code", BOOK.replies)
def test_replies_quote_only_verified_law(code: str) -> None:
    quoted = re.findall(r"规定：“(.+?)”", BOOK.write(code, values(code)))
    known = [article.quotation or "" for article in LawBook.load().articles() if article.status.quotable]
    assert all(any(words in text.replace("\n", "") for text in known) for words in quoted)


@pytest.mark.parametrize(("code", "promised"), [("received_complaint", True), ("received_report", False)])
def test_replies_promise_five_days_only_for_one_s_own_complaint(code: str, promised: bool) -> None:
    assert ("五个工作日" in BOOK.write(code, values(code))) == promised


def test_replies_a_field_left_out_is_named() -> None:
    with pytest.raises(PingzhaoError) as caught:
        BOOK.write("accepted", {"number": "T2026-000001", "office": "样例区人社局"})
    assert caught.value.code == "E303"
    assert "决定受理" in caught.value.message
    assert "受理日期" in caught.value.message


def test_replies_an_empty_phone_is_not_mentioned() -> None:
    assert "拨打" not in BOOK.write("transferred", values("transferred") | {"phone": ""})


def test_replies_what_is_filled_in_is_never_a_template() -> None:
    text = BOOK.write("more_needed", values("more_needed") | {"missing": "{{ number }}{% raw %}<b>"})
    assert "{{ number }}{% raw %}<b>" in text


@pytest.mark.parametrize(
    ("fields", "text", "says"),
    [
        ("{number: 编号}", "您好 {{ nummer }}", "不一致：number、nummer"),
        ("{number: 编号}", "您好", "不一致：number"),
        ("{number: 编号}", "您好 {{ number", "写法不正确"),
        ("{number: 编号}", "{{ number }}{% if %}", "写法不正确"),
        ("{number: 编号}", "{{ number }}{{ statute('LSRR18') }}", "未核原文"),
        ("{number: 编号}", "{{ number }}{{ statute('WL999') }}", "没有条款 WL999"),
        ("{number: 编号}", "{{ number }}{{ statute('WL72', 9) }}", "没有第 9 款"),
        ("{number: 编号}", "{{ number.__class__.__mro__ }}", "写法不正确"),
        ("{}", "您好", "fields"),
    ],
)
def test_replies_a_wrong_file_is_refused(fields: str, text: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "replies.yaml"
    file.write_text(f'{HEAD}  fields: {fields}\n  text: "{text}"\n', "utf-8")
    with pytest.raises(PingzhaoError) as caught:
        ReplyBook(file, LawBook.load())
    assert caught.value.code == "E301"
    assert "replies.yaml" in caught.value.message
    assert says in caught.value.message


def test_replies_the_same_code_twice_is_refused(tmp_path: Path) -> None:
    one = HEAD + "  fields: {number: 编号}\n  text: 编号 {{ number }}\n"
    file = tmp_path / "replies.yaml"
    file.write_text(one + one.removeprefix("replies:\n"), "utf-8")
    with pytest.raises(PingzhaoError, match="编号重复"):
        ReplyBook(file, LawBook.load())
