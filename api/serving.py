"""Run the service until it is told to stop."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

import uvicorn

from api.app import create_app
from api.auth.setup import setup_link
from api.errors import ServiceError
from api.jobs.supervisor import supervised
from api.logs import set_up_logs
from api.settings import Settings
from api.store import migrate
from api.store.engine import Store
from scanner import Scanner

_KEEP_ALIVE = 75
"""Seconds an idle connection is kept: longer than proxies keep theirs, so that none is closed on a request."""


def run(store: Store, settings: Settings, *, announce: Callable[[str], object]) -> None:
    """Serve until SIGTERM or Ctrl-C: requests under way are finished, the worker ends after its chunk.

    `announce` shows the address and, as long as there is no user, the set-up link, which no log holds.
    Raises ServiceError E503, E504, E507, E508.
    """
    set_up_logs(settings)
    migrate.require_head(store)
    with _listening(settings) as listener:
        settings = settings.model_copy(update={"port": listener.getsockname()[1]})
        with store.session() as session:
            link = setup_link(session, settings)
        announce(f"平招已启动：{settings.public_url}")
        if link:
            announce(f"首次使用请打开一次性链接，创建管理员（{settings.setup_hours} 小时内有效）：\n{link}")
        server = _server(settings)
        _end_with_the_block()
        with supervised(settings):
            server.run(sockets=[listener])
    if not server.started:
        raise RuntimeError("the app did not start")


def _end_with_the_block() -> None:
    """uvicorn raises the signal that stopped it once more; without this it would end the worker's supervisor."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)


def _listening(settings: Settings) -> socket.socket:
    try:
        listener = socket.create_server((settings.host, settings.port), backlog=512)
    except (OSError, OverflowError):
        raise ServiceError("E507", port=settings.port) from None
    # connections inherit it; without it the second part of an answer waits 40 ms for the first to be acknowledged
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _server(settings: Settings) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            create_app(settings, scanner=Scanner.load()),
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=True,
            forwarded_allow_ips=settings.trusted_proxies,
            timeout_keep_alive=_KEEP_ALIVE,
            timeout_graceful_shutdown=settings.shutdown_seconds,
        )
    )
