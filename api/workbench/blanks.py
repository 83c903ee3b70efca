"""Filter forms send every field, also those left empty: an empty one means that it was not asked for."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import Request, Response
from fastapi.routing import APIRoute


class PageRoute(APIRoute):
    """A route that does not see empty query parameters: `APIRouter(route_class=PageRoute)`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, asked without them."""
        handle = super().get_route_handler()

        async def handle_given(request: Request) -> Response:
            given = parse_qsl(request.scope["query_string"].decode("latin-1"))
            scope = {**request.scope, "query_string": urlencode(given).encode()}
            return await handle(Request(scope, request.receive))

        return handle_given
