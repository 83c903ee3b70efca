"""举报投诉 without an account: sent, looked up, added to, refused; without scripts, on a phone, in a browser."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from api.app import create_app
from api.settings import Settings
from api.store.accounts import Role
from api.store.complaints import COMPLAINT_STATUS_NAMES, ComplaintStatus
from api.workbench.routes.public_status import MEANINGS
from scanner import Scanner
from scanner.complaint.understanding import Understanding
from scanner.errors import PingzhaoError
from tests.reading import KeywordReader
from tests.service_fixtures import LoginAs
from tests.workbench.browsing import PageAs, assert_accessible
from tests.workbench.service import Served

TOLD = "我去长春示例商贸有限公司面试文员，人事说只要男的，还问什么时候生孩子。"
NAME, PHONE_NUMBER = "欧阳翠缇", "13900001111"
SMALL = {"width": 320, "height": 640}
READING_MS = 120_000
"""Waited for the first report, which loads what reads texts and pictures."""
NUMBER = re.compile(r'id="number">(T\d{4}-\d{6})<')
PASSPHRASE = re.compile(r'id="passphrase">([A-Z2-9-]{19})<')
Receipt = dict[str, str]
Service = Callable[..., TestClient]


def sent(
    client: TestClient, path: str, values: dict[str, str], *files: tuple[str, bytes], **more: Any
) -> Any:
    """A form as a browser sends it."""
    parts: list[Any] = [(name, (None, value)) for name, value in values.items()]
    return client.post(path, files=parts + [("files", file) for file in files], **more)


def receipt_of(page: str) -> Receipt:
    number, passphrase = NUMBER.search(page), PASSPHRASE.search(page)
    assert number, page
    assert passphrase, page
    return {"number": number[1], "passphrase": passphrase[1]}


@pytest.fixture
def receipt(anonymous: TestClient) -> Receipt:
    """Of a report with a name."""
    answer = sent(
        anonymous, "/report", {"text": TOLD, "kind": "complaint", "name": NAME, "contact": PHONE_NUMBER}
    )
    assert answer.status_code == 200
    return receipt_of(answer.text)


@pytest.fixture
def service(settings: Settings, scanner: Scanner) -> Service:
    """Strangers at a service with other settings on the same data."""

    def made(**changes: Any) -> TestClient:
        app = create_app(settings.model_copy(update=changes), scanner=scanner, reader=KeywordReader())
        return TestClient(app, raise_server_exceptions=False)

    return made


@pytest.fixture
def desk(login_as: LoginAs) -> TestClient:
    return login_as(Role.COMPLAINT_DESK)


def id_of(desk: TestClient, number: str) -> str:
    found = desk.get("/v1/complaints").json()["items"]
    return str(next(item["id"] for item in found if item["number"] == number))


def test_public_report_keeps_what_was_typed_and_seals_who_it_is(receipt: Receipt, desk: TestClient) -> None:
    detail = desk.get(f"/v1/complaints/{id_of(desk, receipt['number'])}")
    assert NAME not in detail.text
    assert PHONE_NUMBER not in detail.text
    complaint = detail.json()["complaint"]
    assert (complaint["channel"], complaint["kind"], complaint["named"]) == ("public_form", "complaint", True)
    identity = desk.post(f"/v1/complaints/{complaint['id']}/identity", json={"reason": "核对来件"}).json()
    assert (identity["name"], identity["contact"], identity["text"]) == (NAME, PHONE_NUMBER, TOLD)


@pytest.mark.parametrize(
    ("values", "files", "status", "field", "says"),
    [
        ({"text": ""}, [], 422, "text", "请填写"),
        ({"text": "  \r\n"}, [], 422, "text", "请填写"),
        ({"text": "不公"}, [], 422, "text", "至少 5 个字符"),
        ({"text": TOLD, "employer": "公" * 201}, [], 422, "employer", "最多 200 个字符"),
        ({"text": TOLD}, [("a.exe", b"MZ\0\0")], 422, "files", "不接受这种材料"),
        ({"text": TOLD}, [("a.txt", b"a" * 3000)], 413, "files", "超过 2 KB"),
        ({"text": TOLD}, [("a.txt", b"a")] * 3, 422, "files", "最多 2 份"),
    ],
)
def test_public_report_error_stands_at_its_field_and_nothing_typed_is_lost(
    values: dict[str, str],
    files: list[tuple[str, bytes]],
    status: int,
    field: str,
    says: str,
    service: Service,
) -> None:
    rest = {"place": "长春<朝阳>", "kind": "report", "contact": PHONE_NUMBER, "may_contact": "true"}
    with service(max_material_bytes=2048, max_materials=2) as stranger:
        answer = sent(stranger, "/report", rest | values, *files)
    page = answer.text
    assert answer.status_code == status
    assert re.search(rf'id="problem-{field}">[^<]*{says}', page)
    assert re.search(rf'id="{field}" [^>]*aria-describedby="[^"]*problem-{field}" aria-invalid="true"', page)
    assert f'<a href="#{field}">' in page
    assert 'value="长春&lt;朝阳&gt;"' in page
    assert f'value="{PHONE_NUMBER}"' in page
    assert re.search(r'name="kind" value="report" checked', page)
    assert re.search(r'name="may_contact" value="true" checked', page)
    assert not re.search(r'name="may_share" value="true" checked', page)
    assert values["text"].replace("\r", "") in page
    assert ("没有保留" in page) == bool(files)


def test_public_report_long_text_counts_line_ends_once(anonymous: TestClient) -> None:
    lines = "很长的经过\r\n" * 3333
    assert sent(anonymous, "/report", {"text": lines}).status_code == 200


def test_public_report_flood_is_refused_and_keeps_the_text(service: Service) -> None:
    with service(public_reports_per_hour=1) as stranger:
        assert sent(stranger, "/report", {"text": TOLD}).status_code == 200
        answer = sent(stranger, "/report", {"text": TOLD})
    assert (answer.status_code, "短时间内提交次数过多" in answer.text, TOLD in answer.text) == (
        429,
        True,
        True,
    )
    assert int(answer.headers["Retry-After"]) > 0


class NoReader:
    """A service whose model is broken."""

    def read(self, text: str) -> Understanding:
        raise PingzhaoError("E401", path="models")


def test_public_report_that_cannot_be_read_is_not_lost(settings: Settings, scanner: Scanner) -> None:
    with TestClient(create_app(settings, scanner=scanner, reader=NoReader())) as stranger:
        answer = sent(stranger, "/report", {"text": TOLD})
    assert (answer.status_code, "请稍后重试" in answer.text, TOLD in answer.text) == (503, True, True)


@pytest.mark.parametrize("path", ["/report", "/report/status"])
def test_public_report_says_so_where_an_office_takes_none(path: str, service: Service) -> None:
    with service(public_reports=False) as stranger:
        for answer in (
            stranger.get(path),
            sent(stranger, path, {"text": TOLD, "number": "x", "passphrase": "x"}),
        ):
            assert (answer.status_code, "12333" in answer.text, "<form" in answer.text) == (403, True, False)
        assert "我要举报投诉" not in stranger.get("/login").text


def test_public_report_is_found_from_the_log_in(anonymous: TestClient) -> None:
    assert 'href="/report">我要举报投诉' in anonymous.get("/login").text


def test_public_report_of_a_machine_looks_like_any_other(anonymous: TestClient, desk: TestClient) -> None:
    receipt = receipt_of(sent(anonymous, "/report", {"text": TOLD, "website": "https://x.example"}).text)
    assert "办结" in sent(anonymous, "/report/status", receipt).text
    listed = desk.get("/v1/complaints?status=spam").json()["items"]
    assert [item["number"] for item in listed] == [receipt["number"]]


@pytest.mark.parametrize("path", ["/report", "/report/status", "/report/add"])
def test_public_report_refuses_forms_of_other_sites(path: str, anonymous: TestClient) -> None:
    answer = sent(anonymous, path, {"text": TOLD}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, "E624" in answer.text, 'href="/report"' in answer.text) == (403, True, True)


def test_public_report_too_large_as_a_whole_leads_back_to_the_form(service: Service) -> None:
    with service(max_report_bytes=2048) as stranger:
        answer = sent(stranger, "/report", {"text": TOLD}, ("a.txt", b"a" * 3000))
    assert (answer.status_code, "E602" in answer.text, 'href="/report"' in answer.text) == (413, True, True)


@pytest.mark.parametrize("days", [0, 90])
def test_public_report_notice_tells_how_long_identity_is_kept(days: int, service: Service) -> None:
    with service(retention_days_identity=days) as stranger:
        page = stranger.get("/report").text
    assert ("办结 90 天后" in page, "档案规定" in page) == (days == 90, days == 0)
    assert "第九条" in page


def test_public_status_tells_progress_and_answers_but_never_who_it_is(
    receipt: Receipt, anonymous: TestClient, desk: TestClient
) -> None:
    made = id_of(desk, receipt["number"])
    desk.post(f"/v1/complaints/{made}/notes", json={"text": "内部意见：先查工商"})
    desk.post(f"/v1/complaints/{made}/replies", json={"text": f"{NAME}您好，请补充聊天记录。\n谢谢。"})
    page = sent(anonymous, "/report/status", receipt).text
    for told in (
        "待受理",
        MEANINGS[ComplaintStatus.RECEIVED],
        "投诉",
        "五个工作日",
        "您好，请补充聊天记录。",
    ):
        assert told in page
    for secret in (NAME, PHONE_NUMBER, TOLD, "内部意见"):
        assert secret not in page


def test_public_status_wrong_receipt_reads_well_and_is_slowed(
    receipt: Receipt, anonymous: TestClient
) -> None:
    wrong = receipt | {"passphrase": "aaaa-bbbb-cccc-dddd"}
    answers = [sent(anonymous, "/report/status", wrong) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [404] * 5 + [429]
    assert "受理编号或查询口令不正确" in answers[0].text
    assert all(f'value="{value}"' in answers[0].text for value in wrong.values())
    assert "输错次数过多" in answers[-1].text
    assert "Retry-After" in answers[-1].headers


def test_public_status_asks_for_what_is_missing(anonymous: TestClient) -> None:
    answer = sent(anonymous, "/report/status", {"number": "T2026-000001"})
    assert (answer.status_code, 'id="problem-passphrase">请填写这一项' in answer.text) == (422, True)
    assert 'value="T2026-000001"' in answer.text


def test_public_status_adds_words_and_files(
    receipt: Receipt, anonymous: TestClient, desk: TestClient
) -> None:
    more = {**receipt, "text": f"我是{NAME}，补充聊天记录"}
    answer = sent(anonymous, "/report/add", more, ("聊天.txt", "人事：只要男的".encode()))
    assert (answer.status_code, "补充的内容已经收到" in answer.text, NAME in answer.text) == (
        200,
        True,
        False,
    )
    detail = desk.get(f"/v1/complaints/{id_of(desk, receipt['number'])}").json()
    assert detail["events"][-1]["reason"] == "我是＊＊＊，补充聊天记录"
    assert [material["text"] for material in detail["materials"]] == ["人事：只要男的"]


@pytest.mark.parametrize(
    ("values", "files", "status", "field", "says"),
    [
        ({}, [], 422, "text", "没有可提交的内容"),
        ({"text": "补" * 20_001}, [], 422, "text", "最多 20000 个字符"),
        ({"text": "补充说明"}, [("a.exe", b"MZ\0\0")], 422, "files", "不接受这种材料"),
    ],
)
def test_public_status_addition_that_is_refused_is_not_lost(
    values: dict[str, str],
    files: list[tuple[str, bytes]],
    status: int,
    field: str,
    says: str,
    receipt: Receipt,
    anonymous: TestClient,
) -> None:
    answer = sent(anonymous, "/report/add", receipt | values, *files)
    assert answer.status_code == status
    assert re.search(rf'id="problem-{field}">[^<]*{says}', answer.text)
    assert values.get("text", "") in answer.text
    assert receipt["passphrase"] in answer.text


def test_public_status_of_what_is_closed_takes_nothing_more(
    receipt: Receipt, anonymous: TestClient, desk: TestClient
) -> None:
    made = id_of(desk, receipt["number"])
    for status in ("not_accepted", "closed"):
        desk.post(f"/v1/complaints/{made}/status", json={"status": status, "reason": "不属本单位"})
    assert 'action="/report/add"' not in sent(anonymous, "/report/status", receipt).text
    answer = sent(anonymous, "/report/add", {**receipt, "text": "再说"})
    assert (answer.status_code, "已办结，不能再补充" in answer.text) == (409, True)


def test_public_status_has_plain_words_for_every_status() -> None:
    assert set(MEANINGS) == set(COMPLAINT_STATUS_NAMES) - {ComplaintStatus.SPAM}


def picture() -> FilePayload:
    data = io.BytesIO()
    Image.new("RGB", (120, 80), "white").save(data, "PNG")
    return {"name": "截图.png", "mimeType": "image/png", "buffer": data.getvalue()}


def filed(page: Page, *files: FilePayload) -> Receipt:
    """Fill in the form and send it."""
    page.get_by_label("发生了什么").fill(TOLD)
    page.get_by_role("radio", name="投诉 我自己的权益").check()
    page.get_by_label("单位名称").fill("长春示例商贸有限公司")
    page.get_by_label("图片或文件").set_input_files(list(files))
    page.get_by_role("textbox", name="姓名", exact=True).fill(NAME)
    page.get_by_role("button", name="提交").click(timeout=READING_MS)
    expect(page.get_by_role("heading", name="已收到您反映的情况")).to_be_visible()
    return {name: page.locator(f"#{name}").inner_text() for name in ("number", "passphrase")}


def looked_up(page: Page, receipt: Receipt) -> None:
    page.goto("/report/status")
    page.get_by_label("受理编号").fill(receipt["number"])
    page.get_by_label("查询口令").fill(receipt["passphrase"].lower())
    page.get_by_role("button", name="查询").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_public_report_in_a_browser_from_form_to_added_material(
    scripts: bool, page_as: PageAs, served: Served
) -> None:
    page = page_as(None, "/login", viewport=SMALL, java_script_enabled=scripts)
    page.get_by_role("link", name="我要举报投诉").click()
    receipt = filed(page, picture())
    expect(page.get_by_role("button", name="打印")).to_have_count(int(scripts))
    with served.api_as(Role.COMPLAINT_DESK) as desk:
        listed = desk.get("/v1/complaints").json()["items"]
        made = next(item["id"] for item in listed if item["number"] == receipt["number"])
        assert (
            desk.post(f"/v1/complaints/{made}/replies", json={"text": "请补充聊天记录。"}).status_code == 201
        )
    looked_up(page, receipt)
    expect(page.get_by_role("heading", name="待受理")).to_be_visible()
    expect(page.locator(".answer")).to_contain_text("请补充聊天记录。")
    page.get_by_label("补充的情况").fill("补一张截图")
    page.get_by_label("图片或文件").set_input_files([picture()])
    page.get_by_role("button", name="补充").click()
    expect(page.get_by_text("补充的内容已经收到")).to_be_visible()
    assert NAME not in page.content()
    with served.api_as(Role.COMPLAINT_DESK) as desk:
        assert len(desk.get(f"/v1/complaints/{made}").json()["materials"]) == 2


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_public_report_pages_are_accessible_on_a_small_phone(colours: str, page_as: PageAs) -> None:
    page = page_as(None, "/report", viewport=SMALL, color_scheme=colours, refusals=True)
    page.locator("details summary").click()
    assert_accessible(page)
    page.get_by_label("发生了什么").fill(TOLD)
    page.get_by_label("图片或文件").set_input_files(
        FilePayload(name="a.exe", mimeType="application/octet-stream", buffer=b"MZ\0\0")
    )
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("发生了什么")).to_have_value(TOLD)
    assert_accessible(page)
    receipt = filed(page)
    assert_accessible(page)
    looked_up(page, receipt | {"passphrase": "AAAA-BBBB-CCCC-DDDD"})
    expect(page.get_by_role("alert")).to_contain_text("受理编号或查询口令不正确")
    assert_accessible(page)
    looked_up(page, receipt)
    expect(page.get_by_role("heading", name="待受理")).to_be_visible()
    assert_accessible(page)


def test_public_report_receipt_is_copied_and_printed_without_buttons(page_as: PageAs) -> None:
    page = page_as(None, "/report", permissions=["clipboard-read", "clipboard-write"])
    receipt = filed(page)
    page.get_by_role("button", name="复制").click()
    expect(page.get_by_text("已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"受理编号：{receipt['number']}\n查询口令：{receipt['passphrase']}"
    page.emulate_media(media="print")
    expect(page.locator("#passphrase")).to_be_visible()
    expect(page.get_by_role("button", name="复制")).to_be_hidden()


def test_public_report_says_before_sending_that_a_file_is_too_large(page_as: PageAs) -> None:
    page = page_as(None, "/report")
    page.get_by_label("发生了什么").fill(TOLD)
    files = page.get_by_label("图片或文件")
    files.evaluate("(field) => (field.dataset.each = 10)")
    files.set_input_files([picture()])
    page.get_by_role("button", name="提交").click()
    assert "过大" in files.evaluate("(field) => field.validationMessage")
    expect(page.get_by_label("发生了什么")).to_have_value(TOLD)
