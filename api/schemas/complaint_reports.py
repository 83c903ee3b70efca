"""Reports as they come in, and the receipts that go out."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from pydantic import AwareDatetime, BaseModel, Field

from api.complaints.importing import Imported
from api.complaints.intake import Received
from api.complaints.public import Progress
from api.complaints.report import Report
from api.schemas.accounts import Strict
from api.schemas.complaint_fields import Line, Link, LongText, Told
from api.store.complaints import COMPLAINT_STATUS_NAMES, Channel, ComplaintStatus
from scanner.complaint.channels import ReportKind
from scanner.complaint.kinds import REPORT_KIND_NAMES


class _Told(Strict):
    """What anyone may tell."""

    text: Told
    kind: ReportKind | None = Field(None, description="投诉（本人权益受到侵害）或举报；不清楚可不填")
    employer: Line = Field("", description="被反映的单位", examples=["长春示例商贸有限公司"])
    place: Line = Field("", description="单位所在地", examples=["长春市朝阳区"])
    ad_text: LongText = Field("", description="招聘广告的原文")
    ad_url: Link = Field("", description="招聘广告的网址")
    name: Line = Field("", description="姓名，可不填；加密保存")
    contact: Line = Field("", description="联系方式，可不填；加密保存")
    may_contact: bool = Field(False, description="同意就此事联系本人")
    may_share: bool = Field(False, description="同意把身份告知其他承办单位")

    def _report(self, channel: Channel, **more: Any) -> Report:
        told = {name: getattr(self, name) for name in _Told.model_fields}
        return Report(**told, channel=channel, **more)


class PublicReportIn(_Told):
    """A report of someone who has no account."""

    website: Line = Field("", description="请留空")

    def report(self) -> Report:
        """With the trap: people do not see the field `website`."""
        return self._report(Channel.PUBLIC_FORM, trap=self.website)


class ComplaintIn(_Told):
    """A report that an officer, or another system, writes down."""

    channel: Channel = Field(Channel.API, description="来源")
    received_at: AwareDatetime | None = Field(None, description="收到的时间；不填则为现在")

    def report(self) -> Report:
        """As it came."""
        return self._report(self.channel, received_at=self.received_at)


class ReceiptIn(Strict):
    """What stands on a receipt."""

    number: str = Field(min_length=1, max_length=40, examples=["T2026-000017"])
    passphrase: str = Field(min_length=1, max_length=100, examples=["K7QM-2XWD-9HRT-VB4E"])


class ReceiptView(BaseModel):
    """What a reporter takes home."""

    number: str
    passphrase: str | None = Field(description="只显示这一次；用来查询进度、补充材料")

    @classmethod
    def of(cls, received: Received) -> Self:
        """As told."""
        return cls(number=received.number, passphrase=received.passphrase)


class CreatedView(ReceiptView):
    """The same for an officer."""

    id: str

    @classmethod
    def of(cls, received: Received) -> Self:
        """With the key of the row."""
        return cls(**received._asdict())


class AnswerView(BaseModel):
    """What the office wrote to the reporter."""

    at: AwareDatetime
    text: str


class ProgressView(BaseModel):
    """How a report stands, for who made it."""

    number: str
    kind: ReportKind | None
    kind_name: str
    status: ComplaintStatus
    status_name: str
    received_at: AwareDatetime
    due_on: date | None = Field(description="最迟在这一天决定是否受理；举报没有这一期限")
    answers: list[AnswerView]
    may_add: bool = Field(description="还可以补充")

    @classmethod
    def of(cls, progress: Progress) -> Self:
        """Of one's own report."""
        one = progress.complaint
        status = ComplaintStatus(one.status)
        shown = status if status is not ComplaintStatus.SPAM else ComplaintStatus.CLOSED
        return cls(
            number=one.number,
            kind=one.kind,
            kind_name=REPORT_KIND_NAMES[ReportKind(one.kind)] if one.kind else "",
            status=shown,
            status_name=COMPLAINT_STATUS_NAMES[shown],
            received_at=one.received_at,
            due_on=one.due_on,
            answers=[AnswerView(at=answer.at, text=answer.text) for answer in progress.answers],
            may_add=progress.may_add,
        )


class FailedRow(BaseModel):
    """A row that was not taken."""

    row: int
    code: str
    message: str


class ImportView(BaseModel):
    """What became of a table of reports."""

    taken: int
    ids: list[str]
    failed: list[FailedRow]

    @classmethod
    def of(cls, imported: Imported) -> Self:
        """As counted."""
        failed = [FailedRow(**row._asdict()) for row in imported.failed]
        return cls(taken=len(imported.ids), ids=imported.ids, failed=failed)
