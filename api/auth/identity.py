"""The seam for single sign-on: who another system says a person is. No provider is built in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol


class Identity(NamedTuple):
    """A person as an identity provider knows them; `name` must be a user name here."""

    issuer: str
    subject: str
    name: str


class IdentityProvider(Protocol):
    """OpenID Connect or alike. What it proves ends in `api.auth.sessions.open_session`, as a password does."""

    def start(self, return_to: str) -> str:
        """The address to send the browser to."""
        ...

    def finish(self, answer: Mapping[str, str]) -> Identity:
        """Check what the browser brought back. Raises ApiError E620 when it proves nothing."""
        ...
