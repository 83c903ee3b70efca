"""Who may come in: organisations, users, sessions, API tokens, the set-up link, failed log-ins."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, String, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.store.base import Base, Keyed, now


class Role(StrEnum):
    """What a user is here for; `api.auth.permissions` says what each may do."""

    INSPECTOR = "inspector"
    SUPERVISOR = "supervisor"
    AGENCY = "agency"
    COMPLAINT_DESK = "complaint_desk"
    AUDITOR = "auditor"
    ADMIN = "admin"


ROLE_NAMES: dict[Role, str] = {
    Role.INSPECTOR: "监察员",
    Role.SUPERVISOR: "审核负责人",
    Role.AGENCY: "人力资源服务机构",
    Role.COMPLAINT_DESK: "投诉受理",
    Role.AUDITOR: "审计",
    Role.ADMIN: "管理员",
}


class Organisation(Keyed, Base):
    """A human-resources agency whose users see only what it sent in."""

    __tablename__ = "organisation"

    name: Mapped[str] = mapped_column(String(200), unique=True)


class User(Keyed, Base):
    """A person with an account. `organisation_id` is set for role `agency` only."""

    __tablename__ = "user_account"

    name: Mapped[str] = mapped_column(String(64), unique=True)
    display_name: Mapped[str] = mapped_column(String(64), default="")
    role: Mapped[Role] = mapped_column(String(20))
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    password_hash: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    organisation: Mapped[Organisation | None] = relationship()

    @hybrid_property
    def shown_name(self) -> str:
        """What colleagues read: the name in full, or else the log-in name."""
        return self.display_name or self.name

    @shown_name.inplace.expression
    @classmethod
    def _shown_name(cls) -> ColumnElement[str]:
        return func.coalesce(func.nullif(cls.display_name, ""), cls.name)


class LoginSession(Keyed, Base):
    """A browser that logged in. `id` is the SHA-256 of its cookie; the cookie itself is not stored."""

    __tablename__ = "login_session"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    csrf_token: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(String(64), default="")
    user: Mapped[User] = relationship()


class ApiToken(Keyed, Base):
    """A key for programs. Only its SHA-256 is stored; `scopes` narrows what its user may do."""

    __tablename__ = "api_token"

    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(64))
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    user: Mapped[User] = relationship()


class SetupLink(Keyed, Base):
    """The one-time link that makes the first administrator."""

    __tablename__ = "setup_link"

    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class FailedLogin(Base):
    """A wrong password, counted by name and by address."""

    __tablename__ = "failed_login"
    __table_args__ = (Index(None, "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(128))
    at: Mapped[datetime] = mapped_column(default=now)
