"""`pingzhao serve`: the service in one command."""

from __future__ import annotations

import click

from api.cli.opened import needs_service, opened


@click.command(
    help="""启动服务。首次启动会显示一次性的设置链接，用它创建管理员。按 Ctrl-C 停止。

全部设置可用环境变量 PINGZHAO_* 或数据文件夹中的 pingzhao.toml 指定，见 README。

\b
例：
  pingzhao serve
  pingzhao serve --host 0.0.0.0 --port 80
"""
)
@click.option("--host", metavar="地址", help="监听地址，优先于设置 host。")
@click.option("--port", metavar="端口", type=click.IntRange(0, 65535), help="监听端口，优先于设置 port。")
def serve(host: str | None, port: int | None) -> None:
    """HTTP here, jobs in a process of their own; both end in order at SIGTERM or Ctrl-C."""
    with needs_service():
        from api.serving import run
    given: dict[str, object] = {"host": host, "port": port}
    chosen = {name: value for name, value in given.items() if value is not None}
    with opened(chosen, check=False) as (store, settings):
        run(store, settings, announce=click.echo)
