"""The complaint desk's pages: who sees what, what is proposed and on which words, what hostile text does."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from api.cases.workflow import today
from api.store.accounts import Role
from api.store.complaints import Complaint
from api.workbench.complaint_text import MarkKind, marked
from scanner.complaint.understanding import Fact, Signal
from tests.api.complaints.stored import a_material
from tests.complaint.told import told

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from api.store.engine import Store
    from tests.service_fixtures import LoginAs

ATTACK = "<img src=x onerror=alert(1)><script>alert(2)</script>"
NAME, PHONE = "欧阳晓燕", "13900001234"
TEXT = f"我叫{NAME}，去长春样例商贸公司面试，人事说只要男的。后来我怀孕被辞退，电话{PHONE}。"
READERS = (Role.COMPLAINT_DESK, Role.SUPERVISOR, Role.INSPECTOR, Role.AUDITOR, Role.ADMIN)
WRITERS = (Role.COMPLAINT_DESK, Role.SUPERVISOR)
PAGES = ["/complaints", "/complaints/calendar", "/complaints/statistics", "/complaints/{id}"]
Send = Callable[..., str]


@pytest.fixture
def desk(login_as: LoginAs) -> TestClient:
    """Someone at the complaint desk."""
    return login_as(Role.COMPLAINT_DESK, name="desk")


@pytest.fixture
def send(desk: TestClient) -> Send:
    """`send(text=…)` writes a report down; gives its id."""

    def sending(**parts: Any) -> str:
        about = {"employer": "长春样例商贸公司", "place": "长春市"}
        report = {"text": TEXT, "channel": "phone", "name": NAME, "contact": PHONE, **about, **parts}
        answer = desk.post("/v1/complaints", json=report)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    return sending


def text_of(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


@pytest.mark.parametrize("role", READERS)
def test_complaint_pages_show_what_the_role_may_do_and_never_who_reported(
    role: Role, login_as: LoginAs, send: Send
) -> None:
    key, who = send(), login_as(role)
    for path in PAGES:
        shown = text_of(who, path.format(id=key))
        assert NAME not in shown
        assert PHONE not in shown
    shown = text_of(who, f"/complaints/{key}")
    writes = role in WRITERS
    assert ("data-upload" in shown) == ('id="reply"' in shown) == ("data-link" in shown or writes) == writes
    assert ('<dialog id="identity"' in shown) == writes
    assert ("登记一件" in text_of(who, "/complaints")) == writes


def test_complaint_pages_highlight_the_words_and_explain_the_urgency(desk: TestClient, send: Send) -> None:
    shown = text_of(desk, f"/complaints/{send()}")
    for words in (
        '<mark class="judgement">只要男<small>限定性别</small></mark>',
        '<mark class="fact">',
        '<mark class="signal">怀孕被辞退<small>因孕产哺被辞退、降薪或调岗</small></mark>',
        "＊＊＊", "置信度", "面试", "没有提到，可请反映人补充", "12333", "没有材料",
    ):  # fmt: skip
        assert words in shown, words
    assert shown.count('class="points"') >= 1


@pytest.mark.parametrize(
    ("kind", "due", "templates"),
    [
        ("complaint", True, {"收到投诉"}),
        ("report", False, {"收到举报"}),
        (None, False, {"收到投诉", "收到举报"}),
    ],
)
def test_complaint_pages_promise_five_days_only_of_a_complaint(
    kind: str | None, due: bool, templates: set[str], desk: TestClient, send: Send
) -> None:
    key = send(kind=kind)
    shown = text_of(desk, f"/complaints/{key}")
    assert ("还剩" in shown) == due
    assert {name for name in ("收到投诉", "收到举报") if f">{name}（" in shown} == templates
    assert text_of(desk, "/complaints").count("还剩") == due


def test_complaint_pages_fill_a_reply_and_leave_gaps_for_the_rest(desk: TestClient, send: Send) -> None:
    key = send(kind="complaint")
    desk.post(f"/v1/complaints/{key}/route", json={"route": "trade_union", "reason": "涉及多名职工"})
    shown = text_of(desk, f"/complaints/{key}")
    number = desk.get(f"/v1/complaints/{key}").json()["complaint"]["number"]
    assert f"编号 {number} 反映的事情已转给工会办理，因为涉及多名职工" in shown
    assert "〔还缺什么〕" in shown
    assert "{{" not in shown


def test_complaint_list_counts_filters_and_puts_the_urgent_first(desk: TestClient, send: Send) -> None:
    calm = send(text="听说他们招保安，限男，别的不清楚。", employer="吉林虚拟物业公司")
    urgent = send()
    shown = text_of(desk, "/complaints")
    assert shown.index(urgent) < shown.index(calm)
    assert "<b>2</b>未办结" in shown
    for query, found in {
        "level=urgent": {urgent},
        "employer=虚拟": {calm},
        "words=怀孕": {urgent},
        "category=gender_restriction&kind=&status=": {calm, urgent},
        "overdue=true": set(),
        "status=closed": set(),
    }.items():
        shown = text_of(desk, f"/complaints?{query}")
        assert {key for key in (calm, urgent) if f"/complaints/{key}" in shown} == found, query


def test_complaint_list_teaches_when_it_is_empty(desk: TestClient) -> None:
    assert "还没有投诉举报" in text_of(desk, "/complaints")
    assert "没有符合条件" in text_of(desk, "/complaints?words=没有")
    assert "没有可统计" in text_of(desk, "/complaints/statistics")


def test_complaint_links_are_suggested_and_decided(desk: TestClient, send: Send, login_as: LoginAs) -> None:
    first, second = send(), send(text="我也在长春样例商贸公司面试过，他们只要男的。", name="", contact="")
    number = desk.get(f"/v1/complaints/{first}").json()["complaint"]["number"]
    base = f"/v1/complaints/{second}/links"
    shown = text_of(desk, f"/complaints/{second}")
    assert f"合并：{number}" in shown
    link = next(one for one in desk.get(base).json() if one["target_id"] == first)
    assert link["status"] == "suggested"
    assert link["reasons"]
    for status, words in (("dismissed", "排除：其他投诉举报"), ("joined", "合并：其他投诉举报")):
        assert desk.post(f"{base}/{link['id']}", json={"status": status}).json()["status"] == status
        assert words in text_of(desk, f"/complaints/{second}")
    assert login_as(Role.INSPECTOR).get(base).status_code == 200
    assert desk.post(f"{base}/{link['id']}", json={"status": "suggested"}).status_code == 422
    assert (
        desk.post(f"/v1/complaints/{first}/links/{link['id']}", json={"status": "joined"}).status_code == 404
    )


@pytest.mark.parametrize(
    ("role", "offered"), [(Role.SUPERVISOR, True), (Role.INSPECTOR, True), (Role.COMPLAINT_DESK, False)]
)
def test_complaint_case_is_offered_from_a_joined_ad(
    role: Role, offered: bool, client: TestClient, desk: TestClient, send: Send, login_as: LoginAs
) -> None:
    url = "http://jobs.example/1"
    ad = {"text": "招文员，限男性，双休。", "employer": "长春样例商贸公司", "url": url, "store": True}
    assert client.post("/v1/scan", json=ad).status_code == 200
    key, who = send(ad_url=url), login_as(role)
    assert "data-case" not in text_of(who, f"/complaints/{key}")
    link = next(one for one in desk.get(f"/v1/complaints/{key}/links").json() if one["kind"] == "ad")
    desk.post(f"/v1/complaints/{key}/links/{link['id']}", json={"status": "joined"})
    assert ("data-case" in text_of(who, f"/complaints/{key}")) == offered


def test_complaint_course_tells_every_step(desk: TestClient, send: Send) -> None:
    key = send(kind="complaint")
    base, me = f"/v1/complaints/{key}", desk.get("/v1/me").json()["user"]["id"]
    why = {"reason": "电话核实"}
    desk.post(f"{base}/urgency", json={"level": "normal", "reason": f"{NAME}已回去上班"})
    desk.post(f"{base}/kind", json={"kind": "report"} | why)
    desk.post(f"{base}/route", json={"route": "trade_union"} | why)
    desk.post(f"{base}/assignee", json={"assignee_id": me} | why)
    desk.post(f"{base}/status", json={"status": "accepted"} | why)
    desk.post(f"{base}/notes", json={"text": "周三回电"})
    desk.post(f"{base}/replies", json={"text": "已经受理"})
    desk.post(f"{base}/identity", json=why)
    desk.post(f"{base}/handoff", json=why)
    desk.post(f"{base}/materials", files={"file": ("录音文字.txt", "人事说只要男的".encode())})
    shown = text_of(desk, f"/complaints/{key}")
    for words in (
        "收到", "紧急程度由“急”调整为“一般”", "人工调整：＊＊＊已回去上班", "认定为举报", "确定渠道：工会",
        "分派给 desk", "待受理 → 已受理", "周三回电", "答复反映人", "查看反映人身份", "生成转办件", "补充材料",
        "人事说只要男的", "恢复程序判断",
    ):  # fmt: skip
        assert words in shown, words
    assert NAME not in shown


def test_complaint_picture_is_shown_redrawn_with_what_was_found(
    desk: TestClient, send: Send, store: Store, login_as: LoginAs
) -> None:
    key = send()
    found = {"category": "gender_restriction", "quotes": ["限男性"], "message": "限定了性别"}
    picture = {"width": 300, "height": 200, "findings": [found]}
    with store.session() as session:
        complaint = session.get_one(Complaint, key)
        a_material(session, complaint, blob_sha256="0" * 64, text="招保安\n限男性", picture=picture)
    shown = text_of(desk, f"/complaints/{key}")
    assert re.search(rf'<img src="/v1/complaints/{key}/materials/[0-9a-f]+/picture" alt="材料 1：', shown)
    assert "“限男性” 限定了性别" in shown
    assert "data-original=" in shown
    assert "data-original=" not in text_of(login_as(Role.INSPECTOR), f"/complaints/{key}")


def test_complaint_handoff_page_needs_a_reason_first_and_is_masked(desk: TestClient, send: Send) -> None:
    key = send()
    path = f"/complaints/{key}/handoff"
    answer = desk.get(path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/complaints/{key}")
    desk.post(f"/v1/complaints/{key}/handoff", json={"reason": "请工会协助"})
    shown = text_of(desk, path)
    assert "请工会协助" in shown
    assert "怀孕被辞退" in shown
    assert NAME not in shown


def test_complaint_finished_report_offers_no_step(desk: TestClient, send: Send) -> None:
    key = send()
    for status in ("transferred", "closed"):
        step = {"status": status, "reason": "由工会办理"}
        assert desk.post(f"/v1/complaints/{key}/status", json=step).status_code == 200
    shown = text_of(desk, f"/complaints/{key}")
    assert "已办结" in shown
    assert '<dialog id="step-' not in shown


def test_complaint_calendar_shows_the_day_on_which_it_is_due(
    desk: TestClient, send: Send, store: Store
) -> None:
    key = send(kind="complaint")
    with store.session() as session:
        session.get_one(Complaint, key).due_on = today() - timedelta(days=1)
    month = f"{today() - timedelta(days=1):%Y-%m}"
    shown = text_of(desk, f"/complaints/calendar?month={month}")
    assert f'class="badge bad" href="/complaints/{key}"' in shown
    assert key not in text_of(desk, "/complaints/calendar?month=2031-01")
    assert "已超期 1 天" in text_of(desk, "/complaints?overdue=true")


def test_complaint_statistics_page_and_workbook_say_the_same(
    desk: TestClient, send: Send, login_as: LoginAs
) -> None:
    send(kind="complaint")
    send(text="听说他们招保安，限男，别的不清楚。", employer="吉林虚拟物业公司")
    shown = text_of(desk, "/complaints/statistics")
    assert "<b>2</b>投诉举报" in shown
    assert "按紧急程度" in shown
    file = desk.get("/v1/exports/complaint-statistics")
    book = openpyxl.load_workbook(BytesIO(file.content))
    rows = list(book["按情形"].values)
    assert rows[1][:2] == ("限定性别", 2)
    assert NAME not in str([list(sheet.values) for sheet in book])
    assert "没有可统计" in text_of(desk, "/complaints/statistics?from=2031-01-01&to=")
    agency = login_as(Role.AGENCY, organisation="某机构")
    assert agency.get("/v1/exports/complaint-statistics").status_code == 403


def test_complaint_hostile_text_stays_text(desk: TestClient, send: Send) -> None:
    key = send(text=f"只要男的{ATTACK}", employer=f"甲{ATTACK}", ad_text=ATTACK, ad_url="javascript:alert(1)")
    base = f"/v1/complaints/{key}"
    desk.post(f"{base}/notes", json={"text": ATTACK})
    desk.post(f"{base}/route", json={"route": "trade_union", "reason": f"'\"{ATTACK}"})
    desk.post(f"{base}/materials", files={"file": (f"{ATTACK}.txt", ATTACK.encode())})
    desk.post(f"{base}/handoff", json={"reason": ATTACK})
    for path in ("/complaints", f"/complaints/{key}", f"/complaints/{key}/handoff", "/complaints/calendar"):
        shown = desk.get(path).text
        assert "<img src=x" not in shown
        assert "<script>" not in shown
        assert 'href="javascript' not in shown


def test_complaint_words_are_marked_where_they_overlap() -> None:
    """A deadline inside a date: the graver colour, and each label where its own words end."""
    found = told(facts=[(Fact.EVENT_DATE, "昨天下午")], signals=[(Signal.DEADLINE, "昨天")], employer="")
    pieces = marked("昨天下午面试", found)
    assert [(one.text, one.kind, one.labels) for one in pieces] == [
        ("昨天", MarkKind.SIGNAL, ("期限临近",)),
        ("下午", MarkKind.FACT, ("发生时间",)),
        ("面试", None, ()),
    ]
