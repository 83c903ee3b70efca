"""Forms of people without an account: what they typed, and what is wrong with it at which field."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile

from api.complaints.materials import KINDS, Upload
from api.errors import ApiError
from api.settings import Settings
from api.wording import problem_of
from api.workbench.access import refuse_foreign
from api.workbench.filters import size
from api.workbench.pages import page

Problems = dict[str, str]
"""What is wrong, by the name of the field; "" is the form as a whole."""
ACCEPTED = ",".join([*KINDS, "text/plain"])
_AT = {"E602": "files", "E692": "files", "E693": "files", "E699": "text"}
"""Which field a refusal is about."""


async def _own_form(request: Request) -> AsyncIterator[FormData]:
    refuse_foreign(request)
    async with request.form() as form:
        yield form


FormDep = Annotated[FormData, Depends(_own_form)]
"""What a page of ours sent. Raises ApiError E624 for another site's."""


def typed(form: FormData) -> dict[str, str]:
    """What stands in the fields, by name; lines end as they do in browsers' fields."""
    return {name: text.replace("\r\n", "\n") for name, text in form.items() if isinstance(text, str)}


def chosen(form: FormData, settings: Settings) -> list[Upload]:
    """The files; of one that is too large as much as shows it."""
    files = [file for file in form.getlist("files") if isinstance(file, UploadFile) and file.filename]
    limit = settings.max_material_bytes + 1
    return [Upload(file.filename or "", file.file.read(limit)) for file in files]


def misfilled(error: ValidationError, given: dict[str, str]) -> Problems:
    """A form that does not fit, field by field."""
    found = {str(item["loc"][0]): problem_of(item) for item in error.errors()}
    return {
        name: problem if given.get(name, "").strip() else "请填写这一项" for name, problem in found.items()
    }


def refused(error: ApiError, settings: Settings) -> Problems:
    """What the service says, at the field that it is about."""
    if error.code == "E602":
        return {"files": f"有文件超过 {size(settings.max_material_bytes)}。请压缩或截取后再选。"}
    return {_AT.get(error.code, ""): error.message}


def public_page(
    request: Request,
    settings: Settings,
    template: str,
    title: str,
    /,
    *,
    problems: Problems | None = None,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """A page without the workbench around it, whoever asks."""
    told = {"settings": settings, "accepted": ACCEPTED, "problems": problems or {}, **values}
    answer = page(request, template, None, status=status, title=title, **told)
    answer.headers.update(headers or {})
    return answer
