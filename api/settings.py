"""Every setting of the service: from the environment (PINGZHAO_*) or a TOML file, checked at start."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from api.errors import ServiceError
from api.wording import problem_of

PREFIX = "PINGZHAO_"
CONFIG = f"{PREFIX}CONFIG"
"""Names the TOML file; without it, `pingzhao.toml` in the data folder is read where there is one."""
MIB = 1024 * 1024


class Settings(BaseSettings):
    """Environment over file over default. Sizes in bytes, durations in the unit that the name ends with."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    data_dir: Path = Field(
        default=Path.home() / ".pingzhao", description="数据文件夹：数据库、上传文件、附件"
    )
    database_url: str = Field(default="", description="数据库地址；留空则用数据文件夹中的 SQLite", repr=False)
    host: str = Field(default="127.0.0.1", description="监听地址；对外服务设为 0.0.0.0")
    port: int = Field(default=8420, ge=0, le=65535, description="监听端口；0 由系统分配")
    base_url: str = Field(
        default="", description="用户访问的网址，用于首次设置链接；留空则按 host 和 port 拼出"
    )
    office_name: str = Field(
        default="", max_length=100, description="本单位的名称，印在月报和用人单位的事实汇总上"
    )
    trusted_proxies: str = Field(
        default="127.0.0.1", description="可信反向代理的地址，逗号分隔；只采信它们转告的来源地址"
    )
    shutdown_seconds: int = Field(default=20, ge=1, le=600, description="停止服务时，等待未完成请求的秒数")
    max_body_bytes: int = Field(default=4 * MIB, ge=1024, description="一次 JSON 请求的上限")
    max_upload_bytes: int = Field(default=2048 * MIB, ge=1024, description="一次上传的上限")
    max_attachment_bytes: int = Field(default=50 * MIB, ge=1024, description="单个案件附件的上限")
    max_batch_ads: int = Field(default=200, ge=1, le=10_000, description="scan:batch 一次最多几条广告")
    max_text_chars: int = Field(default=100_000, ge=100, le=1_000_000, description="单条广告正文的字符上限")
    rule_test_ads: int = Field(default=2000, ge=1, le=20_000, description="检验规则草稿时抽查多少条已存广告")
    upload_keep_days: int = Field(
        default=30, ge=1, description="批次完成后上传原件至少保留的天数；此后经确认才清理"
    )
    session_hours: int = Field(default=12, ge=1, le=720, description="登录后多久须重新登录")
    setup_hours: int = Field(default=24, ge=1, le=720, description="首次设置链接的有效小时数")
    token_days: int = Field(default=365, ge=1, le=3650, description="接口令牌的默认有效天数")
    login_attempts: int = Field(default=5, ge=1, description="允许连续输错几次密码")
    login_window_minutes: int = Field(default=15, ge=1, description="输错次数在多少分钟内累计，也是锁定时长")
    cookie_secure: bool = Field(
        default=False, description="只在 HTTPS 下发送登录 Cookie；用 HTTPS 时请设为 true"
    )
    retention_days_ads: int = Field(default=0, ge=0, description="广告保留天数；0 表示不清理")
    retention_days_audit: int = Field(default=0, ge=0, description="审计记录保留天数；0 表示不清理")
    retention_days_identity: int = Field(
        default=0, ge=0, description="投诉举报办结后，举报人身份和原件保留的天数；0 表示不清除"
    )
    identity_key: SecretStr = Field(
        default=SecretStr(""),
        description="加密举报人身份的密钥，逗号分隔，第一把用于加密；留空则用数据文件夹中的 identity.key",
    )
    public_reports: bool = Field(default=True, description="是否开通不登录的网上提交和进度查询")
    public_reports_per_hour: int = Field(
        default=10, ge=1, le=10_000, description="同一来源地址每小时最多网上提交或补充几次"
    )
    max_report_bytes: int = Field(default=40 * MIB, ge=1024, description="一次网上提交的上限，含全部材料")
    max_material_bytes: int = Field(default=10 * MIB, ge=1024, description="投诉举报单份材料的上限")
    max_materials: int = Field(default=10, ge=1, le=100, description="一件投诉举报最多几份材料")
    max_import_rows: int = Field(default=2000, ge=1, le=20_000, description="一次最多导入几条投诉举报")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="日志级别")
    log_format: Literal["text", "json"] = Field(default="text", description="日志格式")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if url and _backend(url) not in {"sqlite", "postgresql"}:
            raise ValueError("只支持 sqlite:/// 和 postgresql://")
        return url

    @property
    def store_url(self) -> str:
        """Where the database is."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'pingzhao.sqlite').as_posix()}"

    @property
    def blobs_dir(self) -> Path:
        """Where uploads and attachments lie, each under its SHA-256."""
        return self.data_dir / "blobs"

    @property
    def public_url(self) -> str:
        """The address that users type, without a slash at its end."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Given values, then the environment, then the TOML file."""
        chosen = {**env_settings(), **init_settings()}
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, _file(chosen))


def load_settings(**given: Any) -> Settings:
    """The settings, `given` ones first. Raises ServiceError E502, which names each wrong one."""
    try:
        return Settings(**given)
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, e['loc']))}：{problem_of(e)}" for e in error.errors()]
        raise ServiceError("E502", detail="；".join(wrong)) from None
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ServiceError("E502", detail=f"设置文件不能读取（{type(error).__name__}）") from None


def _file(chosen: dict[str, Any]) -> Path | None:
    """The TOML file to read. One that was named must exist: FileNotFoundError."""
    if named := os.environ.get(CONFIG):
        path = Path(named)
        path.stat()
        return path
    return Path(chosen.get("data_dir", Settings.model_fields["data_dir"].default)) / "pingzhao.toml"


def _backend(url: str) -> str:
    try:
        return make_url(url).get_backend_name()
    except (ArgumentError, ValueError):
        return ""
