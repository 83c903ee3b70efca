"""What goes in and out of the routes for accounts."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from api.auth.passwords import MAX_LENGTH
from api.auth.permissions import Permission
from api.store.accounts import ROLE_NAMES, ApiToken, LoginSession, Organisation, Role, User


def _plain(name: object) -> object:
    """Names that look alike are one: full-width letters, capitals and outer spaces do not count."""
    return unicodedata.normalize("NFKC", name).strip().casefold() if isinstance(name, str) else name


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("不能含有换行、控制字符等看不见的字符")
    return text


UserName = Annotated[
    str,
    BeforeValidator(_plain),
    Field(
        min_length=2, max_length=64, pattern=r"^[\w.@-]+$", description="用户名：字母、汉字、数字和 . _ @ -"
    ),
]
Password = Annotated[
    str,
    Field(
        max_length=MAX_LENGTH, description="密码，至少 10 个字符", json_schema_extra={"format": "password"}
    ),
]
Label = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=64),
    AfterValidator(_printable),
]
OrganisationName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_printable),
]
Id = Annotated[str, Field(pattern="^[0-9a-f]{32}$", examples=["8d3c5f0a9b7e4c1d8f2a6b5c4d3e2f10"])]


class Strict(BaseModel):
    """A request body: unknown members are refused."""

    model_config = ConfigDict(extra="forbid")


class SetupIn(Strict):
    """The first administrator."""

    token: str = Field(
        max_length=100,
        description="首次设置链接中的 token",
        examples=["dGhpcyBpcyBhbiBleGFtcGxlIG9mIGEgdG9rZW4"],
    )
    name: UserName = Field(examples=["admin"])
    display_name: Label = Field("管理员", examples=["管理员"])
    password: Password = Field(examples=["一条足够长的密码-2026"])


class LoginIn(Strict):
    """A log-in."""

    name: Annotated[str, BeforeValidator(_plain)] = Field(max_length=64, examples=["zhang.min"])
    password: Password = Field(examples=["一条足够长的密码-2026"])


class PasswordIn(Strict):
    """A new password that an administrator sets."""

    password: Password = Field(examples=["另一条足够长的密码-2026"])


class OwnPasswordIn(PasswordIn):
    """A new password of one's own."""

    current_password: Password = Field(examples=["一条足够长的密码-2026"])


class UserIn(PasswordIn):
    """A new user."""

    name: UserName = Field(examples=["zhang.min"])
    display_name: Label = Field(examples=["张敏"])
    role: Role = Field(examples=[Role.INSPECTOR])
    organisation_id: Id | None = Field(None, description="角色为 agency 时必填，其他角色不填")


class UserChange(Strict):
    """What an administrator changes of a user; what is left out stays."""

    display_name: Label | None = Field(None, examples=["张敏"])
    role: Role | None = None
    organisation_id: Id | None = None
    active: bool | None = Field(None, description="false 为停用：立即退出登录，其令牌失效")


class UserView(BaseModel):
    """A user as shown."""

    id: str
    name: str
    display_name: str
    role: Role
    role_name: str
    organisation_id: str | None
    active: bool
    created_at: datetime

    @classmethod
    def of(cls, user: User) -> UserView:
        """From its row."""
        role = Role(user.role)
        return cls(
            id=user.id,
            name=user.name,
            display_name=user.display_name,
            role=role,
            role_name=ROLE_NAMES[role],
            organisation_id=user.organisation_id,
            active=user.active,
            created_at=user.created_at,
        )


class Me(BaseModel):
    """Who asks, and what they may do."""

    user: UserView
    permissions: list[Permission]
    csrf_token: str | None = Field(
        description="浏览器登录时，写操作须在请求头 X-CSRF-Token 中带上；令牌访问时为空"
    )


class LoggedIn(BaseModel):
    """A fresh log-in; the session itself is in the cookie."""

    user: UserView
    csrf_token: str
    expires_at: datetime

    @classmethod
    def of(cls, opened: LoginSession) -> LoggedIn:
        """From its row."""
        return cls(user=UserView.of(opened.user), csrf_token=opened.csrf_token, expires_at=opened.expires_at)


class Officer(BaseModel):
    """Someone a case can be given to."""

    id: str
    display_name: str
    role: Role

    @classmethod
    def of(cls, user: User) -> Officer:
        """From its row."""
        return cls(id=user.id, display_name=user.shown_name, role=Role(user.role))


class OrganisationIn(Strict):
    """An agency's name."""

    name: OrganisationName = Field(examples=["示例人力资源有限公司"])


class OrganisationView(BaseModel):
    """An agency as shown."""

    id: str
    name: str
    created_at: datetime

    @classmethod
    def of(cls, organisation: Organisation) -> OrganisationView:
        """From its row."""
        return cls(id=organisation.id, name=organisation.name, created_at=organisation.created_at)


class TokenIn(Strict):
    """A new API token."""

    name: Label = Field(examples=["招聘系统发布前检查"])
    scopes: list[Permission] = Field(min_length=1, examples=[[Permission.SCAN]])
    days: int | None = Field(None, ge=1, le=3650, description="有效天数；不填用设置 token_days")


class TokenView(BaseModel):
    """A token as shown later: without the token."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    scopes: list[Permission]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None

    @classmethod
    def of(cls, token: ApiToken) -> TokenView:
        """From its row."""
        return cls.model_validate(token)


class NewToken(BaseModel):
    """A token as shown once."""

    token: str = Field(description="只显示这一次，请立即保存", examples=["pz_…"])
    details: TokenView
