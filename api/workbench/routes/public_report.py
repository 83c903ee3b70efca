"""举报投诉 without an account: the form, and the receipt that is shown once."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError

from api.auth.deps import address_of
from api.complaints import public
from api.deps import ServicesDep, SettingsDep
from api.errors import ApiError
from api.schemas.complaint_reports import PublicReportIn
from api.settings import Settings
from api.workbench.public_forms import FormDep, Problems, chosen, misfilled, public_page, refused, typed
from scanner.errors import PingzhaoError

router = APIRouter(include_in_schema=False)
_log = logging.getLogger(__name__)


@router.get("/report", summary="举报投诉页面")
def show(request: Request, settings: SettingsDep) -> HTMLResponse:
    """The empty form, or that the office takes no reports here."""
    if not settings.public_reports:
        return _refusal(request, settings, {}, ApiError("E695"))
    return _form(request, settings, {})


@router.post("/report", summary="举报投诉页面：提交")
def submit(request: Request, services: ServicesDep, form: FormDep) -> HTMLResponse:
    """The receipt, or the form as it was filled in with what is wrong; a report that we cannot read is not lost."""
    settings, given, files = services.settings, typed(form), chosen(form, services.settings)
    lost = len(files)
    try:
        report = _read(given)
        received = public.submit(services, report.report(), files, address_of(request))
    except ValidationError as error:
        return _form(request, settings, given, problems=misfilled(error, given), status=422, lost=lost)
    except ApiError as error:
        return _refusal(request, settings, given, error, lost=lost)
    except PingzhaoError as error:
        _log.error("report not read", exc_info=error)
        return _refusal(request, settings, given, ApiError("E612", what="网上提交"), lost=lost)
    told: dict[str, Any] = {"receipt": received, "kind": report.kind}
    return public_page(request, settings, "public_receipt.html", "已收到您反映的情况", **told)


def _read(given: dict[str, str]) -> PublicReportIn:
    filled = {name: given[name] for name in PublicReportIn.model_fields if given.get(name)}
    return PublicReportIn.model_validate({"text": "", **filled})


def _refusal(
    request: Request, settings: Settings, given: dict[str, str], error: ApiError, *, lost: int = 0
) -> HTMLResponse:
    told: dict[str, Any] = {"status": error.status, "headers": error.headers, "lost": lost}
    return _form(request, settings, given, problems=refused(error, settings), **told)


def _form(
    request: Request,
    settings: Settings,
    given: dict[str, str],
    *,
    problems: Problems | None = None,
    lost: int = 0,
    **told: Any,
) -> HTMLResponse:
    """`lost`: how many files a browser does not keep when the form is shown again."""
    shown = {"given": given, "problems": problems, "lost": lost, **told}
    return public_page(request, settings, "public_report.html", "我要举报投诉", **shown)
