"""What each role may do. What is not in the table is forbidden."""

from __future__ import annotations

from enum import StrEnum

from api.store.accounts import Role


class Permission(StrEnum):
    """One thing that a route lets a person do. A route asks for exactly one."""

    ACCOUNT_SELF = "account_self"
    SCAN = "scan"
    BATCH_CREATE = "batch_create"
    BATCH_READ = "batch_read"
    AD_READ = "ad_read"
    FINDING_READ = "finding_read"
    FINDING_REVIEW = "finding_review"
    CASE_READ = "case_read"
    CASE_WRITE = "case_write"
    CASE_ASSIGN = "case_assign"
    EMPLOYER_READ = "employer_read"
    EMPLOYER_MERGE = "employer_merge"
    RULE_READ = "rule_read"
    RULE_PROPOSE = "rule_propose"
    RULE_ACTIVATE = "rule_activate"
    LAW_READ = "law_read"
    STATISTICS_READ = "statistics_read"
    EXPORT = "export"
    OPENING_RULE_MANAGE = "opening_rule_manage"
    USER_MANAGE = "user_manage"
    TOKEN_MANAGE = "token_manage"
    AUDIT_READ = "audit_read"
    RETENTION_MANAGE = "retention_manage"
    COMPLAINT_READ = "complaint_read"
    COMPLAINT_WRITE = "complaint_write"
    IDENTITY_VIEW = "identity_view"


PERMISSION_NAMES: dict[Permission, str] = {
    Permission.ACCOUNT_SELF: "查看本人账号、退出登录、修改本人密码",
    Permission.SCAN: "检查广告",
    Permission.BATCH_CREATE: "上传批次",
    Permission.BATCH_READ: "查看批次",
    Permission.AD_READ: "查看广告",
    Permission.FINDING_READ: "查看线索",
    Permission.FINDING_REVIEW: "复核线索",
    Permission.CASE_READ: "查看案件",
    Permission.CASE_WRITE: "办理案件",
    Permission.CASE_ASSIGN: "分派和移交案件",
    Permission.EMPLOYER_READ: "查看用人单位和发布者",
    Permission.EMPLOYER_MERGE: "合并用人单位",
    Permission.RULE_READ: "查看规则",
    Permission.RULE_PROPOSE: "提出规则草稿",
    Permission.RULE_ACTIVATE: "启用和撤回规则草稿",
    Permission.LAW_READ: "查看法规",
    Permission.STATISTICS_READ: "查看统计",
    Permission.EXPORT: "导出数据",
    Permission.OPENING_RULE_MANAGE: "管理立案规则",
    Permission.USER_MANAGE: "管理用户和机构",
    Permission.TOKEN_MANAGE: "管理本人的访问令牌",
    Permission.AUDIT_READ: "查看和校验审计日志",
    Permission.RETENTION_MANAGE: "按保存期限清理数据",
    Permission.COMPLAINT_READ: "查看投诉举报",
    Permission.COMPLAINT_WRITE: "办理投诉举报",
    Permission.IDENTITY_VIEW: "查看举报人身份",
}

_EVERYONE = frozenset({Permission.ACCOUNT_SELF, Permission.SCAN, Permission.RULE_READ, Permission.LAW_READ})
_READS = frozenset(
    {
        Permission.BATCH_READ,
        Permission.AD_READ,
        Permission.FINDING_READ,
        Permission.EMPLOYER_READ,
        Permission.STATISTICS_READ,
    }
)
_INSPECTS = _READS | {
    Permission.BATCH_CREATE,
    Permission.FINDING_REVIEW,
    Permission.CASE_READ,
    Permission.CASE_WRITE,
    Permission.COMPLAINT_READ,
    Permission.RULE_PROPOSE,
    Permission.EXPORT,
    Permission.TOKEN_MANAGE,
}
_SUPERVISES = _INSPECTS | {
    Permission.CASE_ASSIGN,
    Permission.EMPLOYER_MERGE,
    Permission.OPENING_RULE_MANAGE,
    Permission.RULE_ACTIVATE,
}

_RECEIVES = frozenset({Permission.COMPLAINT_READ, Permission.COMPLAINT_WRITE, Permission.IDENTITY_VIEW})

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.INSPECTOR: _EVERYONE | _INSPECTS,
    Role.SUPERVISOR: _EVERYONE | _SUPERVISES | _RECEIVES,
    Role.AGENCY: _EVERYONE | _READS | {Permission.BATCH_CREATE, Permission.EXPORT, Permission.TOKEN_MANAGE},
    Role.COMPLAINT_DESK: _EVERYONE
    | _RECEIVES
    | {Permission.EMPLOYER_READ, Permission.AD_READ, Permission.FINDING_READ, Permission.CASE_READ},
    Role.AUDITOR: _EVERYONE
    | _READS
    | {Permission.CASE_READ, Permission.COMPLAINT_READ, Permission.AUDIT_READ},
    Role.ADMIN: _EVERYONE
    | _SUPERVISES
    | {Permission.USER_MANAGE, Permission.AUDIT_READ, Permission.RETENTION_MANAGE},
}
"""Default deny: a permission that a role is not given here, it does not have. An agency sees its own only."""
