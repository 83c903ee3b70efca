"""投诉 or 举报: what a report is proposed to be, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.complaint.channels import Bar, ReportKind, load_channels
from scanner.complaint.understanding import Stage, Understanding

REPORT_KIND_NAMES: dict[ReportKind, str] = {ReportKind.COMPLAINT: "投诉", ReportKind.REPORT: "举报"}


@dataclass(frozen=True, slots=True)
class KindProposal:
    """A kind with its reason; `working_days` to decide on acceptance, None where the law sets no term."""

    kind: ReportKind
    reason: str
    source: str
    working_days: int | None


def propose_kind(
    understanding: Understanding, *, anonymous: bool, own_rights: bool | None = None
) -> KindProposal:
    """投诉 where the person's own rights were hurt by an employer that is named, else 举报.

    `own_rights` None: not asked; what went beyond an ad (an interview, a contract …) is taken as the person's
    own. Without a name and a contact nobody can be told of an acceptance: 举报.
    """
    bar = _bar(understanding, anonymous, own_rights)
    rule = load_channels().kind(ReportKind.REPORT if bar else ReportKind.COMPLAINT)
    reason = f"{rule.because[bar]}。{rule.reason}" if bar else rule.reason
    return KindProposal(rule.kind, reason, rule.cited, rule.working_days)


def _bar(understanding: Understanding, anonymous: bool, own_rights: bool | None) -> Bar | None:
    """The first reason why it is no 投诉."""
    if anonymous:
        return Bar.ANONYMOUS
    beyond_ad = any(stage is not Stage.AD for stage in understanding.stages)
    if not (beyond_ad if own_rights is None else own_rights):
        return Bar.NOT_OWN
    return None if understanding.employer else Bar.NO_EMPLOYER
