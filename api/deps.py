"""What endpoints ask for by type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session
from starlette.requests import HTTPConnection

from api.settings import Settings
from api.state import Services
from scanner import Scanner


async def _services(connection: HTTPConnection) -> Services:
    services: Services = connection.app.state.services
    return services


ServicesDep = Annotated[Services, Depends(_services)]


async def _settings(services: ServicesDep) -> Settings:
    return services.settings


def _scanner(services: ServicesDep) -> Scanner:
    return services.scanner


def _write(services: ServicesDep) -> Iterator[Session]:
    with services.store.session() as session:
        yield session


def _read(services: ServicesDep) -> Iterator[Session]:
    with services.store.reading() as session:
        yield session


SettingsDep = Annotated[Settings, Depends(_settings)]
ScannerDep = Annotated[Scanner, Depends(_scanner)]
SessionDep = Annotated[Session, Depends(_write, scope="function")]
"""One transaction for the request; committed before the answer goes out, rolled back on any error."""
ReadSessionDep = Annotated[Session, Depends(_read, scope="function")]
"""For requests that write nothing, not even an audit entry; waits for no writer."""
