"""Where the pages are, and who finds them in the menu."""

from __future__ import annotations

from typing import NamedTuple

from api.auth.permissions import Permission
from api.auth.principal import Principal


class Entry(NamedTuple):
    """A page in the menu of those who have the permission."""

    path: str
    label: str
    permission: Permission


MAIN = (
    Entry("/check", "快速检查", Permission.SCAN),
    Entry("/batches", "批量扫描", Permission.BATCH_READ),
    Entry("/review", "线索核查", Permission.FINDING_READ),
    Entry("/cases", "案件", Permission.CASE_READ),
    Entry("/complaints", "投诉举报", Permission.COMPLAINT_READ),
    Entry("/employers", "用人单位", Permission.EMPLOYER_READ),
    Entry("/publishers", "平台", Permission.EMPLOYER_READ),
    Entry("/statistics", "统计", Permission.STATISTICS_READ),
    Entry("/lexicon", "词库", Permission.RULE_READ),
)
ACCOUNT = (
    Entry("/settings", "设置", Permission.ACCOUNT_SELF),
    Entry("/cases/rules", "立案规则", Permission.OPENING_RULE_MANAGE),
    Entry("/users", "用户和机构", Permission.USER_MANAGE),
    Entry("/audit", "审计日志", Permission.AUDIT_READ),
)


def entries_for(user: Principal | None, entries: tuple[Entry, ...]) -> list[Entry]:
    """Those that the user may open; none for a visitor."""
    return [entry for entry in entries if user is not None and user.may(entry.permission)]


def is_current(entry: Entry, path: str) -> bool:
    """Whether `path` is the entry's page or lies below it."""
    return path == entry.path or path.startswith(f"{entry.path}/")
