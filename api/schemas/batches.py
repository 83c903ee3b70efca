"""Batches over the wire."""

from __future__ import annotations

import codecs
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from api.store.batches import BatchStatus
from scanner.batch.columns import ROLES
from scanner.batch.reading import ReadOptions


class BatchOptions(BaseModel):
    """How the file is to be read and scanned."""

    model_config = ConfigDict(
        extra="forbid",
        populate_by_name=True,
        json_schema_extra={"examples": [{"map": {"text": "岗位描述", "employer": "公司"}}]},
    )

    mapping: dict[str, str] = Field(default={}, alias="map", description="角色到列名，如 text 对应 岗位描述")
    scan: dict[str, bool] = Field(
        default={}, description="没有角色的列：列名到是否扫描，如 备注 对应 false；不写则按列名判断"
    )
    encoding: str | None = Field(default=None, max_length=40, description="文件编码；不写则自动识别")
    deep: bool = Field(default=False, description="让模型细读更多短句；慢一些")
    publisher: str = Field(default="", max_length=300, description="没有写明发布机构的广告，记作由它发布")

    @field_validator("mapping")
    @classmethod
    def _roles(cls, mapping: dict[str, str]) -> dict[str, str]:
        if not mapping.keys() <= set(ROLES) or not all(map(str.strip, mapping.values())):
            raise ValueError(f"map 的键只能是 {'、'.join(ROLES)}，值是列名")
        return mapping

    @field_validator("encoding")
    @classmethod
    def _known(cls, encoding: str | None) -> str | None:
        try:
            return encoding and codecs.lookup(encoding).name
        except (LookupError, ValueError):
            raise ValueError("没有这种编码") from None

    def reading(self, max_chars: int) -> ReadOptions:
        """As the readers take it."""
        return ReadOptions(self.encoding, self.mapping, max_chars, self.scan)


class BatchShown(BaseModel):
    """One batch and how far it is."""

    model_config = ConfigDict(from_attributes=True)

    id: str = Field(examples=["0f8fad5bd9cb469fa16570867728950e"])
    file_name: str = Field(examples=["导出.csv"])
    file_sha256: str
    file_bytes: int
    options: dict[str, Any]
    status: BatchStatus
    cancel_requested: bool = Field(description="已要求取消，当前一段完成后停止")
    rows_total: int | None = Field(description="总行数；清点之前为 null")
    rows_done: int = Field(description="已保存的行数")
    rows_failed: int = Field(description="其中未能扫描的行数")
    ads_flagged: int = Field(description="有涉嫌违法或待核线索的广告数")
    findings: int = Field(description="线索数")
    notes: list[str] = Field(description="文件是怎样读的：编码、列对应")
    error_code: str
    error_message: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    rate: float | None = Field(description="每秒行数")
    seconds_left: float | None = Field(description="估计剩余秒数")


class RowErrorShown(BaseModel):
    """A row that could not be scanned."""

    model_config = ConfigDict(from_attributes=True)

    row: int = Field(description="在批次中的序号，从 1 开始")
    source_row: int | None = Field(description="在文件中的行号")
    source_file: str
    external_id: str = Field(description="文件中的编号")
    code: str = Field(examples=["E104"])
    message: str


class BatchRow(BaseModel):
    """One scanned row with what was found in it."""

    row: int = Field(description="在批次中的序号，从 1 开始")
    source_row: int | None = Field(description="在文件中的行号")
    external_id: str = Field(description="文件中的编号")
    ad_id: str
    version_id: str
    title: str
    employer: str
    publisher: str
    url: str
    findings: list[dict[str, Any]] = Field(description="与 POST /v1/scan 的 findings 相同，另有 finding_id")
