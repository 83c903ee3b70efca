"""Whether the service lives, can work, and how much it does."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.deps import ReadSessionDep, ServicesDep
from api.errors import ApiError
from scanner import __version__

router = APIRouter(tags=["运行"])


class Health(BaseModel):
    """A short yes."""

    status: Literal["ok"] = "ok"
    version: str = __version__


@router.get("/healthz", summary="服务是否在运行")
def healthz() -> Health:
    """The process answers."""
    return Health()


@router.get("/readyz", summary="服务是否可以受理请求")
def readyz(session: ReadSessionDep) -> Health:
    """The database answers too; the scanner is loaded before the first request."""
    try:
        session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        raise ApiError("E612", what="数据库") from None
    return Health()


@router.get("/metrics", summary="运行指标（Prometheus 格式）", response_class=Response)
def metrics(services: ServicesDep) -> Response:
    """Numbers only; no ad, person or employer."""
    return Response(services.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")
