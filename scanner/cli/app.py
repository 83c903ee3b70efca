"""The group of all commands. Their imports are light; each loads what it needs when it runs."""

from __future__ import annotations

import click

from scanner import __version__
from scanner.cli.check import check
from scanner.cli.chinese import speak_chinese
from scanner.cli.complaint import complaint
from scanner.cli.demo import demo
from scanner.cli.evaluate import evaluate
from scanner.cli.joined import JoinedGroup
from scanner.cli.laws import laws
from scanner.cli.mine import mine
from scanner.cli.picture import picture
from scanner.cli.rules import rules
from scanner.cli.scan import scan
from scanner.cli.train import train
from scanner.cli.verify import verify


@click.group(
    cls=JoinedGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""平招：检查招聘广告中的性别歧视用语。结果是线索，不构成违法认定。

\b
例：
  pingzhao check "招文员，限女性"
  pingzhao scan 导出.xlsx --output 报告.html
  pingzhao demo

某条命令的用法：pingzhao 命令 --help
""",
)
@click.version_option(
    __version__, prog_name="平招 pingzhao", message="%(prog)s %(version)s", help="显示版本。"
)
def main() -> None:
    """Entry point."""


for _command in (scan, check, picture, complaint, rules, laws, evaluate, demo, mine, train, verify):
    main.add_command(_command)
speak_chinese(main)
