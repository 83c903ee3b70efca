"""`pingzhao complaint`: what one report tells, how urgent it is, and who is competent."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scanner.cli import options
from scanner.cli.progress import stdout_console
from scanner.errors import PingzhaoError
from scanner.findings import CATEGORY_NAMES, DIRECTION_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scanner.complaint.understanding import Passage, Understanding
    from scanner.complaint.urgency import Urgency


@click.command(
    help="""读一件投诉举报：属于哪种歧视、发生在哪个环节、涉及哪个单位、急不急、归谁管。

所有判断都列出所依据的原话。结果供受理人员参考，由人决定。

\b
例：
  pingzhao complaint "我昨天去鑫源电子厂面试，人事问我打算什么时候要孩子"
  pingzhao complaint --file 来电记录.txt --received 2026-03-02
  pingzhao complaint - < 来信.txt
"""
)
@click.argument("text", metavar="[文字]", required=False)
@click.option("--file", "file", type=options.PATH, metavar="文件", help="读该文件（一件）。")
@options.encoding
@click.option(
    "--received", type=options.DAY, metavar="日期", help="收到的日期，用来推算“明天”“周五”；不写则为今天。"
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def complaint(
    text: str | None, file: Path | None, encoding: str | None, received: datetime | None, as_json: bool
) -> None:
    """Print the understanding of one report."""
    from scanner.complaint.reader import ComplaintReader
    from scanner.complaint.urgency import urgency

    words = _words(text, file, encoding)
    understanding = ComplaintReader.load().read(words)
    today = received.date() if received else date.today()
    urgent = urgency(understanding, today=today, text=words)
    if as_json:
        import orjson

        told = {"understanding": asdict(understanding), "urgency": asdict(urgent)}
        sys.stdout.buffer.write(orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE))
        return
    for line in _lines(understanding, urgent, words):
        stdout_console().print(line, markup=False, highlight=False)


def _words(text: str | None, file: Path | None, encoding: str | None) -> str:
    """What to read. Raises PingzhaoError E904 where there is nothing or too much, or E1xx for a file that cannot be read."""
    from scanner.text.decode import decode

    if file is not None and text is not None:
        raise PingzhaoError("E904", detail="文字和 --file 只能写一样")
    if file is not None:
        raw = _bytes(file)
    elif text == "-":
        raw = sys.stdin.buffer.read()
    else:
        raw = (text or "").encode("utf-8", "surrogatepass")
    found, _ = decode(raw, encoding)
    if not found.strip():
        raise PingzhaoError("E904", detail="没有要读的文字：写在命令后面，或用 --file 指定文件")
    return found


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise PingzhaoError("E110", path=file) from None


def _lines(understanding: Understanding, urgent: Urgency, text: str) -> Iterator[str]:
    from scanner.complaint.routing import route
    from scanner.complaint.understanding import FACT_NAMES, MATTER_NAMES, STAGE_NAMES

    yield "属于性别、婚育歧视" if understanding.in_scope else "不像性别、婚育歧视"
    for judgement in understanding.judgements:
        kind = f"{CATEGORY_NAMES[judgement.category]} · {DIRECTION_NAMES[judgement.direction]}"
        yield f"  {kind}（{judgement.confidence:.2f}）：{_quoted(judgement.passages)}"
    if understanding.stages:
        yield f"环节：{'、'.join(STAGE_NAMES[stage] for stage in understanding.stages)}"
    yield f"用人单位：{understanding.employer or '没有写明'}"
    for fact in understanding.facts:
        yield f"  {FACT_NAMES[fact.kind]}：“{fact.passage.quote}”"
    for matter in understanding.matters:
        yield f"另一事项：{MATTER_NAMES[matter.kind]}：“{matter.passage.quote}”"
    yield f"紧急程度：{urgent.explanation}"
    for factor in urgent.factors:
        words = f"“{factor.passage.quote}”" if factor.passage else ""
        yield f"  {factor.points} 分 {factor.reason}：{words}"
    for one in route(understanding, text=text):
        yield f"受理：{one.channel.name}：{one.reason}"


def _quoted(passages: tuple[Passage, ...]) -> str:
    return "、".join(f"“{passage.quote}”" for passage in passages)
