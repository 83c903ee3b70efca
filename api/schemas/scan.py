"""One ad, or some, to be scanned at once."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from scanner.ad import Ad
from scanner.findings import Finding, Versions

_Short = Annotated[str, StringConstraints(max_length=2000)]


class AdIn(BaseModel):
    """An ad as it is sent in."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"title": "前台文员", "text": "招前台文员一名，限女性，25岁以下。", "posted_on": "2026-05-01"}
            ]
        },
    )

    text: str = Field("", description="广告正文")
    title: _Short = Field("", description="职位名称")
    fields: dict[_Short, str] = Field({}, max_length=200, description="结构化字段，如 性别要求")
    id: _Short = Field("", description="原平台的编号")
    employer: _Short = Field("", description="用人单位")
    publisher: _Short = Field("", description="发布机构或平台")
    url: _Short = Field("", description="原网页地址")
    posted_on: date | None = Field(None, description="发布日期，决定适用的法律")

    def ad(self) -> Ad:
        """As the scanner takes it."""
        return Ad(**{name: getattr(self, name) for name in AdIn.model_fields})


class ScanRequest(AdIn):
    """An ad, and whether to keep it."""

    store: bool = Field(False, description="存入数据库，供查看和立案；需要“上传批次”的权限")


class BulkScanRequest(BaseModel):
    """Ads, and whether to keep them."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"ads": [{"text": "招服务员，男女不限。"}]}]}
    )

    ads: list[AdIn] = Field(min_length=1, description="广告；条数上限见设置 max_batch_ads")
    store: bool = Field(False, description="存入数据库，供查看和立案；需要“上传批次”的权限")


class RewrittenField(BaseModel):
    """One string of the ad without the words at fault."""

    model_config = ConfigDict(from_attributes=True)

    field: str = Field(examples=["text"])
    text: str = Field(examples=["招前台文员一名。"])
    complete: bool = Field(description="false 表示还有不能靠删词改好的地方，见各线索的 suggestion")


class StoredAs(BaseModel):
    """Where a kept ad is found again."""

    ad_id: str
    version_id: str


class ScanReport(BaseModel):
    """The scanner's report (schema_version), with the ad marked up and rewritten."""

    schema_version: str = Field(examples=["1.0"])
    id: str
    findings: list[Finding]
    text_sha256: str
    versions: Versions
    html: str = Field(description="标出问题词句的 HTML 片段，无脚本，可直接嵌入页面")
    rewrite: list[RewrittenField]
    stored: StoredAs | None = Field(None, description="store 为 true 时，存入的位置")


class ScanFailure(BaseModel):
    """An ad among others that could not be scanned."""

    id: str
    error: dict[str, Any] = Field(examples=[{"code": "E644", "message": "没有可检查的文字。"}])


class BulkScanReport(BaseModel):
    """One entry for each ad, in order."""

    items: list[ScanReport | ScanFailure]
