"""Templates into pages."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from api.auth.principal import Principal
from api.workbench.filters import FILTERS
from api.workbench.menu import ACCOUNT, MAIN, entries_for, is_current
from api.workbench.static_files import static
from scanner import __version__
from scanner.findings import CATEGORY_NAMES, DIRECTION_NAMES, DISPOSITION_NAMES, SEVERITY_NAMES
from scanner.report import wording


@cache
def environment() -> Environment:
    """The templates of all pages; they escape what they are given and refuse what they are not given."""
    pages = Environment(
        loader=PackageLoader("api.workbench", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= FILTERS
    pages.globals |= {
        "static": static,
        "is_current": is_current,
        "categories": CATEGORY_NAMES,
        "directions": DIRECTION_NAMES,
        "dispositions": DISPOSITION_NAMES,
        "severities": SEVERITY_NAMES,
        "wording": wording,
        "program_version": __version__,
    }
    return pages


def page(
    request: Request,
    template: str,
    user: Principal | None,
    /,
    *,
    status: int = 200,
    title: str = "",
    **values: Any,
) -> HTMLResponse:
    """The template as an answer. Besides `values` it is given:

    `user`, `title`, `path`, `can("case_write")`, and `link(page=2)`: this address with its query changed
    (None takes a parameter out). Macros that use these are imported `with context`.
    """
    told = {
        "user": user,
        "title": title,
        "path": request.url.path,
        "can": lambda permission: user is not None and permission in user.permissions,
        "link": lambda **changes: _changed(request, changes),
        "menu": entries_for(user, MAIN),
        "account_menu": entries_for(user, ACCOUNT),
    }
    return HTMLResponse(environment().get_template(template).render(told | values), status)


def _changed(request: Request, changes: dict[str, Any]) -> str:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in changes]
    given = [(name, str(value)) for name, value in changes.items() if value is not None]
    return f"{request.url.path}?{urlencode(kept + given)}"
