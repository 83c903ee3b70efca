"""The service as an ASGI app."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.routing import BaseRoute

from api import routes
from api.auth.table import endpoints
from api.body import GuardedBody
from api.complaints.identity import open_vault
from api.complaints.understanding import Reader, ShippedReader
from api.jobs.queue import open_queue
from api.lexicon.scanners import Scanners
from api.metrics import Metrics
from api.middleware import Observed
from api.problems import PROBLEM_RESPONSES, answer_problems
from api.settings import Settings
from api.state import Services
from api.store import migrate
from api.store.blobs import Blobs
from api.store.engine import Store
from api.workbench import routes as pages
from api.workbench.static_files import MOUNT, KeptFiles
from scanner import Scanner, __version__

_DESCRIPTION = """检查招聘广告中的性别歧视用语，并跟进处理。检查结果是线索，不构成违法认定。

错误一律为 `{"code", "message", "detail"}`。浏览器登录后用 Cookie，写操作须带 `X-CSRF-Token`；
程序用 `Authorization: Bearer pz_…`。"""


class _Service(FastAPI):
    """A FastAPI whose OpenAPI shows users the Chinese summaries, not the docstrings of our code."""

    def openapi(self) -> dict[str, Any]:
        """The specification."""
        specification = super().openapi()
        operations = [one for methods in specification["paths"].values() for one in methods.values()]
        for documented in (*operations, *specification["components"]["schemas"].values()):
            documented.pop("description", None)
        return specification


def create_app(
    settings: Settings, *, scanner: Scanner | None = None, reader: Reader | None = None
) -> FastAPI:
    """The app, with every router of `api.routes` and `api.workbench.routes`. It opens the store when it starts and closes it at its end.

    Raises ServiceError E503, E504, E508, E509 at start. `scanner` and `reader` are loaded unless they are given.
    """
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with _services(settings, metrics, scanner, reader or ShippedReader()) as services:
            app.state.services = services
            yield

    app = _Service(
        title="平招",
        version=__version__,
        description=_DESCRIPTION,
        lifespan=lifespan,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        routes=[*_routes()],
        responses=PROBLEM_RESPONSES,
    )
    app.mount(MOUNT, KeptFiles())
    answer_problems(app)
    app.add_middleware(GuardedBody, settings=settings)
    app.add_middleware(Observed, metrics=metrics, https=settings.cookie_secure)
    endpoints(app)
    return app


@cache
def _routes() -> tuple[BaseRoute, ...]:
    """All routes; every app has the same, and FastAPI takes a third of a second to make them."""
    router = APIRouter(responses=PROBLEM_RESPONSES)
    for package in (routes, pages):
        for module in pkgutil.iter_modules(package.__path__):
            router.include_router(importlib.import_module(f"{package.__name__}.{module.name}").router)
    return tuple(router.routes)


@contextmanager
def _services(
    settings: Settings, metrics: Metrics, scanner: Scanner | None, reader: Reader
) -> Iterator[Services]:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with closing(open_queue(settings)) as queue, Store(settings.store_url) as store:
        migrate.require_head(store)
        vault = open_vault(settings, store)
        scanners = Scanners(store, scanner or Scanner.load())
        scanners.renewed()
        yield Services(
            settings=settings,
            store=store,
            blobs=Blobs(settings.blobs_dir),
            scanners=scanners,
            queue=queue,
            metrics=metrics,
            vault=vault,
            reader=reader,
        )
