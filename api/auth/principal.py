"""The person, or the person's program, behind a request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from api.auth.permissions import ROLE_PERMISSIONS, Permission
from api.store.accounts import Role, User


@dataclass(frozen=True)
class Principal:
    """Who asks. `permissions` is what the role has, narrowed by the token's scopes if a token was used."""

    user_id: str
    name: str
    role: Role
    organisation_id: str | None
    permissions: frozenset[Permission]
    address: str
    """Network address of the caller, or empty."""
    session_id: str | None = None
    """The log-in session when a browser asks, None for a token."""
    csrf_token: str | None = field(default=None, repr=False)
    """What the session's pages send along when they write."""
    display_name: str = ""

    def may(self, permission: Permission) -> bool:
        """Whether this request may do it."""
        return permission in self.permissions


def principal_of(
    user: User,
    address: str,
    *,
    scopes: Iterable[str] | None = None,
    session_id: str | None = None,
    csrf_token: str | None = None,
) -> Principal:
    """A user as the one who asks. A role that has lost a permission takes it from its tokens too."""
    role = Role(user.role)
    permissions = ROLE_PERMISSIONS.get(role, frozenset())
    return Principal(
        user_id=user.id,
        name=user.name,
        role=role,
        organisation_id=user.organisation_id,
        permissions=permissions if scopes is None else permissions & set(scopes),
        address=address,
        session_id=session_id,
        csrf_token=csrf_token,
        display_name=user.shown_name,
    )
