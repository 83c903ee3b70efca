"""A table of reports, as hotlines and letter offices keep them: each row is one, a bad row costs itself only."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from api.audit.record import Who
from api.cases.periods import midnight
from api.complaints.intake import take_in
from api.complaints.report import Report
from api.errors import ApiError
from api.state import Services
from api.store.base import now
from api.store.complaints import CHANNEL_NAMES, Channel
from scanner.ad import Ad
from scanner.batch.columns import normalise_header
from scanner.batch.dates import parse_date
from scanner.batch.source import ReadOptions, open_source, suffix_of
from scanner.complaint.kinds import REPORT_KIND_NAMES
from scanner.errors import PingzhaoError
from scanner.findings import RowError

COLUMNS: dict[str, tuple[str, ...]] = {
    "text": ("内容", "反映事项", "反映内容", "投诉内容", "举报内容", "诉求内容", "诉求", "事由", "工单内容"),
    "name": ("姓名", "反映人", "投诉人", "举报人", "来电人", "联系人", "署名"),
    "contact": ("电话", "联系电话", "联系方式", "手机", "手机号", "来电号码"),
    "employer": ("单位", "用人单位", "被反映单位", "被投诉单位", "被举报单位", "单位名称", "公司"),
    "place": ("地区", "地点", "所在地", "区域"),
    "received": ("时间", "日期", "受理时间", "来电时间", "登记时间", "收件日期"),
    "channel": ("渠道", "来源", "受理渠道"),
    "kind": ("类型", "性质", "诉求类型"),
}
"""What a report takes from a row → the headers under which it may stand, the first that is there."""
_KINDS = {name: kind for kind, name in REPORT_KIND_NAMES.items()}
_CHANNELS = {
    **{name: channel for channel, name in CHANNEL_NAMES.items()},
    "电话": Channel.PHONE,
    "12333": Channel.PHONE,
    "12345": Channel.PHONE,
    "信件": Channel.LETTER,
    "来信": Channel.LETTER,
    "来访": Channel.LETTER,
    "网站": Channel.PUBLIC_FORM,
}
_MOST_CHARS = 20_000


class Failed(NamedTuple):
    """A row that was not taken, with the reason in Chinese."""

    row: int
    code: str
    message: str


@dataclass(slots=True)
class Imported:
    """What became of a file."""

    ids: list[str] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)


def import_file(services: Services, who: Who, name: str, stream: IO[bytes]) -> Imported:
    """Take in each row of a table; `name` is what the file is called, which tells its type.

    Raises PingzhaoError E1xx for a file that cannot be read, ApiError E686 (no column of contents), E688 (too
    many rows).
    """
    limit = services.settings.max_import_rows
    imported = Imported()
    with tempfile.TemporaryDirectory(prefix="pingzhao-") as folder:
        place = Path(folder) / "import"
        with place.open("wb") as file:
            shutil.copyfileobj(stream, file)
        rows = list(_rows(place, f"import{suffix_of(name)}", limit + 1))
    if len(rows) > limit:
        raise ApiError("E688", limit=limit)
    for row in rows:
        if isinstance(row, Failed):
            imported.failed.append(row)
        else:
            imported.ids.append(take_in(services, who, row, receipt=False).id)
    return imported


def _rows(place: Path, name: str, most: int) -> Iterator[Report | Failed]:
    """The first so many rows, read under the first of our headers for the text that the table has."""
    for header in COLUMNS["text"]:
        try:
            read = list(islice(open_source(place, _options(header), name=name), most))
        except PingzhaoError as error:
            if error.code != "E114":
                raise
        else:
            return map(_report, read)
    raise ApiError("E686")


def _options(header: str) -> ReadOptions:
    """Every other column of ours is kept under its own name, also those that ads never show."""
    kept = [name for part, names in COLUMNS.items() if part != "text" for name in names]
    return ReadOptions(mapping={"text": header}, scanned=dict.fromkeys(kept, True), max_chars=_MOST_CHARS)


def _report(row: Ad | RowError) -> Report | Failed:
    if isinstance(row, RowError):
        return Failed(row.row or 0, row.code, row.message)
    if not row.text.strip():
        return Failed(row.row or 0, "E699", ApiError("E699").message)
    cells = {normalise_header(name): value.strip() for name, value in row.fields.items()}
    told = {part: _first(cells, names) for part, names in COLUMNS.items() if part != "text"}
    day = parse_date(told["received"])
    return Report(
        text=row.text,
        channel=_CHANNELS.get(told["channel"], Channel.IMPORT),
        kind=_KINDS.get(told["kind"]),
        employer=told["employer"],
        place=told["place"],
        name=told["name"],
        contact=told["contact"],
        may_contact=bool(told["contact"]),
        received_at=min(midnight(day), now()) if day else None,
    )


def _first(cells: dict[str, str], names: tuple[str, ...]) -> str:
    return next((cells[name] for name in names if cells.get(name)), "")
