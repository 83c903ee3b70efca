"""Reports without an account: send one, ask how it stands, add to it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile

from api.auth.deps import address_of
from api.complaints import public
from api.complaints.materials import Upload
from api.deps import ServicesDep
from api.schemas.complaint_fields import MAX_TEXT
from api.schemas.complaint_reports import ProgressView, PublicReportIn, ReceiptIn, ReceiptView

router = APIRouter(prefix="/v1/public/reports", tags=["网上提交"])


@router.post("", status_code=201, summary="提交投诉或举报")
def submit_report(body: PublicReportIn, request: Request, services: ServicesDep) -> ReceiptView:
    """Gives a receipt: number and passphrase, told this once."""
    return ReceiptView.of(public.submit(services, body.report(), (), address_of(request)))


@router.post("/status", summary="凭受理编号和口令查询进度")
def look_up_report(body: ReceiptIn, request: Request, services: ServicesDep) -> ProgressView:
    """Status and answers."""
    told = public.look_up(services, body.number, body.passphrase, address_of(request))
    return ProgressView.of(told)


@router.post("/materials", summary="凭受理编号和口令补充材料")
def add_to_report(
    request: Request,
    services: ServicesDep,
    number: Annotated[str, Form(min_length=1, max_length=40, description="受理编号")],
    passphrase: Annotated[str, Form(min_length=1, max_length=100, description="查询口令")],
    text: Annotated[str, Form(max_length=MAX_TEXT, description="补充的内容")] = "",
    files: Annotated[list[UploadFile] | None, File(description="图片、pdf 或 txt")] = None,
) -> ProgressView:
    """More words, more files."""
    limit = services.settings.max_material_bytes + 1
    uploads = [Upload(file.filename or "", file.file.read(limit)) for file in files or ()]
    told = public.add(services, number, passphrase, address_of(request), text, uploads)
    return ProgressView.of(told)
