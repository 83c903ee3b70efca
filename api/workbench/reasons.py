"""Reasons that reviewers give again and again; each can be changed into one's own words."""

from __future__ import annotations

from collections.abc import Sequence

from api.store.ads import Decision
from scanner.findings import ExceptionHint

_COMMON: dict[Decision, tuple[str, ...]] = {
    Decision.CONFIRMED: (
        "广告原文有此内容，未见例外情形",
        "已与用人单位核实，情况属实",
        "同一单位多次发布同类内容",
    ),
    Decision.DISMISSED: (
        "词句不是录用条件",
        "识别有误，原文无此意思",
        "引用法律、政策或防骗提示的原文",
        "说的是产品、客户或服务对象",
        "不是招聘广告",
    ),
    Decision.EXCEPTION: (
        "已核实属国家规定的女职工禁忌劳动范围",
        "已核实岗位性质确需特定性别",
        "属政策允许的帮扶、专场或生育友好岗位",
    ),
}


def reasons(hints: Sequence[ExceptionHint] = ()) -> dict[Decision, list[str]]:
    """What is offered for each decision; the grounds that the scanner saw in the ad come first."""
    seen = [f"已核实属“{hint.name}”" for hint in hints if hint.effect != "none"]
    return {
        decision: [*(seen if decision is Decision.EXCEPTION else ()), *common]
        for decision, common in _COMMON.items()
    }
