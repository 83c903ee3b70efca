"""`pingzhao db`: migrate, back up, restore."""

from __future__ import annotations

from pathlib import Path

import click

from api.cli.opened import opened
from scanner.errors import PingzhaoError, reason

_PATH = click.Path(path_type=Path, dir_okay=False)


@click.group(
    help="""数据库：升级、备份、恢复。

\b
例：
  pingzhao db backup 备份.zip
  pingzhao db upgrade
"""
)
def db() -> None:
    """The group."""


@db.command(help="查看数据库版本和程序需要的版本。")
def status() -> None:
    """Both revisions."""
    from api.store import migrate

    with opened(check=False) as (store, _):
        click.echo(f"数据库版本：{migrate.current(store) or '空'}；程序需要：{migrate.head()}")


@db.command(help="把数据库升级到程序需要的版本。升级前请先备份。")
def upgrade() -> None:
    """To head, in one transaction."""
    from api.store import migrate

    with opened(check=False) as (store, _):
        before = migrate.current(store)
        migrate.upgrade(store)
        click.echo(f"数据库版本：{before or '空'} → {migrate.head()}")


@db.command(
    help="""把全部数据（含上传原件和附件）备份为一个 zip 文件。备份时服务可以照常运行。

备份可恢复到 SQLite 或 PostgreSQL，也可恢复到更新版本的平招。备份中有个人信息，请妥善保管。
"""
)
@click.argument("file", metavar="文件", type=_PATH)
def backup(file: Path) -> None:
    """Whole or not at all."""
    from api.store.backup import backup as write

    with opened(check=False) as (store, settings):
        try:
            counts = write(store, settings.blobs_dir, file)
        except OSError as error:
            raise PingzhaoError("E201", path=file, detail=reason(error)) from None
        click.echo(f"已备份 {sum(counts.values())} 行：{file}")


@db.command(help="把备份恢复到空的数据库。目标由设置中的 data_dir 和 database_url 指定。")
@click.argument("file", metavar="文件", type=_PATH)
def restore(file: Path) -> None:
    """Refuses a database that holds anything."""
    from api.store.backup import restore as read

    with opened(check=False) as (store, settings):
        counts = read(store, settings.blobs_dir, file)
        click.echo(f"已恢复 {sum(counts.values())} 行。")
