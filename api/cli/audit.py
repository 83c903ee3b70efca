"""`pingzhao audit`: check the audit log, remove what is beyond its retention period."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from api.audit.retention import Plan
    from api.audit.verify import Anchor, Verdict


@click.group(help="审计日志：校验是否被改动，按保存期限清理。")
def audit() -> None:
    """The group."""


def _anchor(_: click.Context, __: click.Parameter, value: str | None) -> Anchor | None:
    from api.audit.verify import Anchor

    if value is None:
        return None
    parts = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", value.strip())
    if parts is None:
        raise click.BadParameter("应为“序号:哈希值”，与校验时显示的末条相同")
    return Anchor(int(parts[1]), parts[2])


@audit.command(
    help="""校验审计日志：逐条重算哈希链，指出被改动、删除、插入或调换次序的记录。

最后显示末条的序号和哈希值。请另行保存（如打印存档）；日后用 --anchor 核对，可发现日志被整体改写。

退出码：0 完好；1 发现改动；2 无法校验。
"""
)
@click.option("--anchor", metavar="序号:哈希值", callback=_anchor, help="与另行保存的末条核对。")
def verify(anchor: Anchor | None) -> None:
    """Exit code 1 when the log was tampered with."""
    from api.audit.verify import verify as verified
    from api.cli.opened import opened

    with opened() as (store, _), store.reading() as session:
        verdict = verified(session, anchor)
    _show_verdict(verdict)
    raise SystemExit(0 if verdict.intact else 1)


def _show_verdict(verdict: Verdict) -> None:
    for found in verdict.breaks:
        click.echo(found.problem)
    if verdict.broken > len(verdict.breaks):
        click.echo(f"……共 {verdict.broken} 处，以上为前 {len(verdict.breaks)} 处。")
    click.echo(f"已校验 {verdict.entries} 条。{'日志完好。' if verdict.intact else '日志已被改动。'}")
    click.echo(f"末条：{verdict.head.number}:{verdict.head.hash}")


@audit.command(
    help="""清理超过保存期限的广告、审计记录、上传原件和举报人身份。

期限见设置 retention_days_ads、retention_days_audit、upload_keep_days、retention_days_identity。

先列出将要清理的内容，确认后才清理；清理后不能恢复，请先备份。案件所需的广告和原件一律保留。
"""
)
@click.option("--yes", is_flag=True, help="不再询问，直接清理。")
def retention(*, yes: bool) -> None:
    """Tell first, remove once a person has said so."""
    from api.audit.record import Actor
    from api.audit.retention import execute, plan
    from api.cli.opened import opened
    from api.store.blobs import Blobs

    with opened() as (store, settings):
        blobs = Blobs(settings.blobs_dir)
        with store.reading() as session:
            planned = plan(session, blobs, settings)
        _show_plan(planned)
        if not (planned.ads or planned.audit_entries or planned.files or planned.identities):
            return
        if not yes and not click.confirm("确认清理？清理后不能恢复", default=False):
            click.echo("没有清理。")
            return
        execute(store, blobs, settings, Actor(name="命令行"), planned.confirmation)
        click.echo("清理完成。")


def _show_plan(planned: Plan) -> None:
    for what, count, before in (
        ("广告", planned.ads, planned.ads_before),
        ("审计记录", planned.audit_entries, planned.audit_before),
        ("上传原件", planned.files, planned.files_before),
        ("举报人身份", planned.identities, planned.identities_before),
    ):
        if before is None:
            click.echo(f"{what}：未设保存期限，不清理。")
        else:
            click.echo(f"{what}：{before:%Y-%m-%d} 以前的 {count} 条将被清理。")
