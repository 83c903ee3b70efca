"""What became of a report: with number and passphrase, without an account; and more words and files for it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from api.auth.deps import address_of
from api.complaints import public
from api.complaints.deadlines import day_of
from api.deps import ServicesDep, SettingsDep
from api.errors import ApiError
from api.schemas.complaint_fields import LongText
from api.schemas.complaint_reports import ProgressView, ReceiptIn
from api.settings import Settings
from api.state import Services
from api.store.base import now
from api.store.complaints import ComplaintStatus
from api.workbench.public_forms import FormDep, Problems, chosen, misfilled, public_page, refused, typed

router = APIRouter(include_in_schema=False)
_S = ComplaintStatus
MEANINGS: dict[ComplaintStatus, str] = {
    _S.RECEIVED: "我们已经收到，还在决定是否受理。",
    _S.ACCEPTED: "我们已经受理，正在调查处理。",
    _S.MORE_NEEDED: "还需要您补充情况或材料。要补充什么，见下面的答复；请在本页补充。",
    _S.TRANSFERRED: "已经转给有权处理的单位。转给了谁，见下面的答复。",
    _S.NOT_ACCEPTED: "决定不予受理。原因和可以求助的地方，见下面的答复。",
    _S.ANSWERED: "已经答复您，见下面的答复。",
    _S.CLOSED: "已经办结。有新的情况，请另行提交。",
}
"""Each status in plain words; what is no report shows as closed."""


class _Addition(ReceiptIn):
    """More words for a report."""

    text: LongText = ""


@router.get("/report/status", summary="查询举报投诉进度页面")
def show(request: Request, settings: SettingsDep) -> HTMLResponse:
    """The form for number and passphrase, or that the office takes no reports here."""
    if settings.public_reports:
        return _form(request, settings, {})
    closed = ApiError("E695")
    return _form(request, settings, {}, problems=refused(closed, settings), status=closed.status)


@router.post("/report/status", summary="查询举报投诉进度页面：查询")
def look_up(request: Request, services: ServicesDep, form: FormDep) -> HTMLResponse:
    """How the report stands, or the form with what is wrong."""
    return _progress(request, services, typed(form))


@router.post("/report/add", summary="查询举报投诉进度页面：补充")
def add(request: Request, services: ServicesDep, form: FormDep) -> HTMLResponse:
    """How the report stands, with what was added or why it was not."""
    settings, given, files = services.settings, typed(form), chosen(form, services.settings)
    again: dict[str, Any] = {"text": given.get("text", ""), "lost": len(files)}
    try:
        wanted = _Addition.model_validate({name: given.get(name, "") for name in _Addition.model_fields})
        receipt = wanted.number, wanted.passphrase
        told = public.add(services, *receipt, address_of(request), wanted.text, files)
    except ValidationError as error:
        problems = misfilled(error, given)
        return _progress(request, services, given, problems=problems, status=422, **again)
    except ApiError as error:
        again |= {"status": error.status, "headers": error.headers}
        return _progress(request, services, given, problems=refused(error, settings), **again)
    return _told(request, settings, given, told, added=True)


def _progress(request: Request, services: Services, given: dict[str, str], **values: Any) -> HTMLResponse:
    settings = services.settings
    try:
        receipt = ReceiptIn.model_validate({name: given.get(name, "") for name in ReceiptIn.model_fields})
        told = public.look_up(services, receipt.number, receipt.passphrase, address_of(request))
    except ValidationError as error:
        return _form(request, settings, given, problems=misfilled(error, given), status=422)
    except ApiError as error:
        problems = refused(error, settings)
        return _form(request, settings, given, problems=problems, status=error.status, headers=error.headers)
    return _told(request, settings, given, told, **values)


def _told(
    request: Request,
    settings: Settings,
    given: dict[str, str],
    told: public.Progress,
    *,
    added: bool = False,
    text: str = "",
    lost: int = 0,
    **values: Any,
) -> HTMLResponse:
    """`text` and `lost`: what could not be added."""
    view = ProgressView.of(told)
    overdue = view.due_on is not None and view.due_on < day_of(now())
    shown: dict[str, Any] = {
        "progress": view,
        "meaning": MEANINGS[view.status],
        "overdue": overdue,
        "given": given,
    }
    shown |= {"added": added, "text": text, "lost": lost, **values}
    return public_page(request, settings, "public_progress.html", "办理进度", **shown)


def _form(
    request: Request,
    settings: Settings,
    given: dict[str, str],
    *,
    problems: Problems | None = None,
    **values: Any,
) -> HTMLResponse:
    shown = {"given": given, "problems": problems, **values}
    return public_page(request, settings, "public_status.html", "查询办理进度", **shown)
