"""The service in this process, with a reader of reports that goes by a few words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import uvicorn

from api.app import create_app
from api.settings import Settings
from api.store import migrate
from scanner import Scanner
from tests.reading import KeywordReader
from tests.workbench.service import Served, add_people, wait_for


@contextmanager
def serving_desk(data: Path, scanner: Scanner) -> Iterator[Served]:
    """The service on an empty folder, with a user per role and no worker."""
    settings = Settings(data_dir=data, database_url="")
    app = create_app(settings, scanner=scanner, reader=KeywordReader())
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False))
    served = Served("", data)
    migrate.upgrade(served.store)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    wait_for(lambda: server.started)
    served.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    add_people(served)
    yield served
    server.should_exit = True
    thread.join(60)
    served.store.dispose()
