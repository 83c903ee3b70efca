"""Structured logs without ad text or personal data: what happened, where, which request."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from api.settings import Settings

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that this code runs for; empty outside requests."""
_CHATTY = ("alembic", "huey", "python_multipart")
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message"}


def set_up_logs(settings: Settings) -> None:
    """Send all logs to stderr in the chosen format; uvicorn's own access log, which shows queries, is off."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if settings.log_format == "json" else _Text())
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("uvicorn.access").disabled = True
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """One event: time, level, logger, message, request id, what `extra` gave, and where an error arose.

    An exception's own message is left out: it may quote an ad.
    """
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    fields = {"at": at, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
    if request_id.get():
        fields["request_id"] = request_id.get()
    fields |= {name: value for name, value in vars(record).items() if name not in _OWN}
    if record.exc_info and record.exc_info[0]:
        fields["error"] = record.exc_info[0].__name__
        fields["stack"] = "".join(traceback.format_tb(record.exc_info[2]))
    return fields


class _Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(fields_of(record), ensure_ascii=True, default=str)


class _Text(logging.Formatter):
    """One line to read, and the stack below it."""

    def format(self, record: logging.LogRecord) -> str:
        fields = fields_of(record)
        stack = fields.pop("stack", "")
        head = " ".join(str(fields.pop(name)) for name in ("at", "level", "logger", "message"))
        rest = "".join(f" {name}={value}" for name, value in fields.items())
        return f"{head}{rest}\n{stack}".rstrip().encode("utf-8", "replace").decode()
