"""A file looked at before it becomes a batch; nothing of it is kept."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from api.deps import ServicesDep
from api.errors import ApiError
from api.intake.uploads import shown_name
from api.routes.batches import FORM, OPTIONS_BYTES, Maker, options_of
from api.schemas.batch_preview import BatchPreview
from api.state import Services
from scanner.batch.preview import preview

router = APIRouter(prefix="/v1", tags=["批次"])
MAX_BYTES = 32 << 20
"""Read within a request; more than that is for the worker."""


@router.post("/batches:preview", summary="预览文件：各列的对应和最前几行", openapi_extra=FORM)
async def preview_batch(request: Request, user: Maker, services: ServicesDep) -> BatchPreview:
    """What `POST /v1/batches` with the same form would read; of csv, tsv, jsonl and txt the beginning will do."""
    async with request.form(max_files=1, max_fields=1, max_part_size=OPTIONS_BYTES) as form:
        return await run_in_threadpool(_preview, form, services)


def _preview(form: FormData, services: Services) -> BatchPreview:
    """Raises ApiError E602, E640, E646 and what the readers raise."""
    file, options = form.get("file"), options_of(form.get("options"))
    if not isinstance(file, UploadFile):
        raise ApiError("E640")
    if (file.size or 0) > MAX_BYTES:
        raise ApiError("E602", limit=MAX_BYTES)
    name = shown_name(file.filename or "")
    with TemporaryDirectory(dir=services.settings.data_dir, prefix=".preview-") as folder:
        path = Path(folder) / "file"
        with path.open("wb") as copy:
            shutil.copyfileobj(file.file, copy)
        reading = options.reading(services.settings.max_text_chars)
        return BatchPreview.of(preview(path, reading, name=name))
