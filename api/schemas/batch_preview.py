"""The first rows of a file over the wire."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from api.intake.storable import storable_text
from scanner.ad import Ad
from scanner.batch.columns import ROLES, Role
from scanner.batch.layout import Layout
from scanner.batch.preview import Preview
from scanner.findings import RowError

_CHARS = 200
"""Of one value shown."""


class ColumnShown(BaseModel):
    """One column and what it is taken for."""

    name: str = Field(examples=["岗位描述"], description="表头；空白的列不能指定")
    use: Literal["field", "unused"] | Role = Field(
        description=f"{'、'.join(ROLES)}，或 field（按列名扫描）、unused（不读取）"
    )
    samples: list[str] = Field(description="最前几行的内容，过长的截短")


class TableShown(BaseModel):
    """The table, sheet or list of objects that was found first."""

    place: str = Field(description="文件，或工作表")
    header_row: int = Field(description="表头所在行，从 1 开始；0 表示没有表头行")
    columns: list[ColumnShown]

    @classmethod
    def of(cls, layout: Layout) -> TableShown:
        """With its columns in the order of the file."""
        roles = {at: role for role, at in layout.columns.roles.items()}
        fields = {at for _, at in layout.columns.fields}
        columns = [
            ColumnShown(
                name=storable_text(header),
                use=roles.get(at) or ("field" if at in fields else "unused"),
                samples=[storable_text(row[at]) if at < len(row) else "" for row in layout.samples],
            )
            for at, header in enumerate(layout.headers)
        ]
        return cls(place=storable_text(layout.place), header_row=layout.header_row, columns=columns)


class AdShown(BaseModel):
    """An ad as it would be scanned, cut short; empty parts are left out."""

    row: int | None
    parts: dict[str, str] = Field(examples=[{"title": "前台", "text": "招前台一名。", "fields.性别": "女"}])

    @classmethod
    def of(cls, ad: Ad) -> AdShown:
        """With what is known of its origin."""
        origin = {"employer": ad.employer, "publisher": ad.publisher, "url": ad.url}
        origin["posted_on"] = ad.posted_on.isoformat() if ad.posted_on else ""
        told = dict(ad.parts()) | {name: value for name, value in origin.items() if value}
        return cls(row=ad.row, parts={storable_text(k): storable_text(v[:_CHARS]) for k, v in told.items()})


class RefusalShown(BaseModel):
    """Why a row, or all of the file, cannot be scanned as it is."""

    code: str = Field(examples=["E106"])
    message: str


class BatchPreview(BaseModel):
    """What `POST /v1/batches` would make of the file."""

    encoding: str = Field(description="所用编码；工作簿为空")
    table: TableShown | None = Field(description="txt、网页等没有列的文件为 null")
    ads: list[AdShown]
    failed: list[RefusalShown] = Field(description="最前几行中未能读取的")
    problem: RefusalShown | None = Field(description="须指定列（map）才能扫描时，说明原因")

    @classmethod
    def of(cls, preview: Preview) -> BatchPreview:
        """As it is shown."""
        problem = preview.problem
        return cls(
            encoding=preview.encoding,
            table=TableShown.of(preview.layout) if preview.layout else None,
            ads=[AdShown.of(row) for row in preview.rows if isinstance(row, Ad)],
            failed=[_refusal(row.code, row.message) for row in preview.rows if isinstance(row, RowError)],
            problem=_refusal(problem.code, problem.message) if problem else None,
        )


def _refusal(code: str, message: str) -> RefusalShown:
    return RefusalShown(code=code, message=storable_text(message))
