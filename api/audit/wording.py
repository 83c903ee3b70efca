"""What entries of the audit log are called in Chinese."""

from __future__ import annotations

OBJECT_NAMES: dict[str, str] = {
    "user": "用户",
    "organisation": "机构",
    "token": "访问令牌",
    "ad": "广告",
    "finding": "线索",
    "batch": "批次",
    "case": "案件",
    "employer": "用人单位",
    "publisher": "发布者",
    "opening_rule": "立案规则",
    "rule_draft": "规则草稿",
    "statistics": "统计",
    "export": "导出",
    "audit": "审计日志",
    "retention": "保存期限",
    "attachment": "案件附件",
    "complaint": "投诉举报",
    "file": "文件",
}
"""The kinds of things that are acted on, as `object_type` and the first part of `action` name them."""

_WHOLE: dict[str, str] = {
    "user.login": "登录",
    "user.logout": "退出登录",
    "user.login_failed": "登录失败",
    "user.password": "修改密码",
    "user.setup": "首次设置",
    "ad.store": "保存广告",
    "ad.copies": "查看近似副本",
    "audit.verify": "校验审计日志",
    "audit.checkpoint": "清理审计日志",
    "batch.create": "上传批次",
    "case.open": "立案",
    "case.assign": "分派案件",
    "case.status": "变更案件状态",
    "case.note": "添加案件备注",
    "case.deadline": "调整案件期限",
    "case.labels": "修改案件标签",
    "case.attach": "上传案件附件",
    "case.attachment_read": "下载案件附件",
    "case.changes_read": "查看广告前后对比",
    "case.evidence": "下载证据包",
    "case.findings": "并入线索",
    "case.recheck": "复查案件",
    "case.recheck_read": "查看案件复查",
    "complaint.create": "登记投诉举报",
    "complaint.assign": "分派投诉举报",
    "complaint.calendar": "查看投诉举报期限日历",
    "complaint.handoff": "生成转办件",
    "complaint.identity": "查看举报人身份",
    "complaint.identity_erased": "清除举报人身份",
    "complaint.kind": "认定投诉或举报",
    "complaint.link": "确认投诉举报的关联",
    "complaint.unlink": "排除投诉举报的关联",
    "complaint.material": "补充投诉举报材料",
    "complaint.material_read": "查看投诉举报材料",
    "complaint.note": "添加投诉举报备注",
    "complaint.public_read": "反映人查询进度",
    "complaint.reply": "答复反映人",
    "complaint.route": "确定受理渠道",
    "complaint.status": "变更投诉举报状态",
    "complaint.urgency": "调整紧急程度",
    "employer.merge": "合并用人单位",
    "employer.suggestions": "查看可能同一的用人单位",
    "export.audit": "导出审计日志",
    "export.cases": "导出案件",
    "export.complaint_statistics": "导出投诉举报统计",
    "export.findings": "导出线索",
    "finding.queue": "查看核查队列",
    "finding.review": "复核线索",
    "finding.reviews": "查看复核记录",
    "finding.unreview": "撤销复核",
    "retention.ads": "清理广告",
    "retention.files": "清理上传的原件",
    "rule_draft.activate": "启用规则草稿",
    "rule_draft.decline": "不采纳规则草稿",
    "rule_draft.test": "检验规则草稿",
    "rule_draft.withdraw": "撤回规则草稿",
    "statistics.agreement": "查看复核一致性",
    "statistics.cases": "查看案件统计",
    "statistics.complaints": "查看投诉举报统计",
    "statistics.findings": "查看线索统计",
    "statistics.overview": "查看统计总览",
    "statistics.report": "查看月报",
    "token.revoke": "吊销访问令牌",
}
_VERBS: dict[str, str] = {
    "read": "查看",
    "create": "新增",
    "change": "修改",
    "cancel": "取消",
    "retry": "重试",
    "export": "导出",
}


def action_name(action: str) -> str:
    """查看广告 for `ad.read`; an action that has no name, as in a log of a later version, as it is."""
    thing, _, verb = action.partition(".")
    if (name := OBJECT_NAMES.get(thing)) is None:
        return action
    if verb == "list":
        return f"查看{name}列表"
    return _WHOLE.get(action) or (f"{_VERBS[verb]}{name}" if verb in _VERBS else action)
