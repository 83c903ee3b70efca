"""The settings of the running service as people read them, without secrets."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from pydantic import SecretStr
from sqlalchemy import make_url

from api.settings import PREFIX, Settings
from api.workbench.filters import size


class Effective(NamedTuple):
    """A setting: its variable, what it means, its value, whether somebody set it so."""

    variable: str
    meaning: str
    value: str
    changed: bool


def effective(settings: Settings) -> list[Effective]:
    """All settings in the order in which they are documented."""
    return [
        Effective(
            f"{PREFIX}{name}".upper(),
            field.description or "",
            _shown(name, getattr(settings, name)),
            getattr(settings, name) != field.default,
        )
        for name, field in Settings.model_fields.items()
    ]


def _shown(name: str, value: Any) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case int() if name.endswith("_bytes"):
            return size(value)
        case str() if name == "database_url" and value:
            return make_url(value).render_as_string(hide_password=True)
        case SecretStr():
            return "已设置" if value.get_secret_value() else "未设置"
        case str() | int() | Path():
            return str(value) or "未设置"
    raise TypeError(name)
