"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

PATH = click.Path(path_type=Path)
"""Existence is left to the library, whose errors have codes."""
DAY = click.DateTime(["%Y-%m-%d"])

lexicons = click.option("--lexicons", type=PATH, metavar="文件夹", help="改用该文件夹中的规则和法律条文。")
deep = click.option("--deep", is_flag=True, help="让模型细读更多短句，稍有可疑就读；慢一些。")
no_model = click.option("--no-model", is_flag=True, help="只用词库，不用模型。")
encoding = click.option("--encoding", metavar="编码", help="输入的编码，如 gb18030、utf-16；不写则自动识别。")
