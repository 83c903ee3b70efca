"""What every command has in common: streams that print Chinese, and one place where errors end."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any

import click

from scanner.errors import PingzhaoError

FOUND, UNUSABLE, SOME_FAILED, INTERRUPTED = 1, 2, 3, 130
"""Exit codes other than 0: what was looked for was found; nothing done; some rows failed; Ctrl-C."""
DEBUG = "PINGZHAO_DEBUG"
_SAMPLE = "平招：“线索”"


class GuardedGroup(click.Group):
    """A group whose commands end with a Chinese message and an exit code, never with a stack trace."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; `PINGZHAO_DEBUG=1` lets unforeseen errors through."""
        print_chinese()
        try:
            return super().invoke(ctx)
        except PingzhaoError as error:
            refusal, status = error, UNUSABLE
        except KeyboardInterrupt:
            refusal, status = PingzhaoError("E903"), INTERRUPTED
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if os.environ.get(DEBUG) == "1" or getattr(error, "errno", None) == errno.EPIPE:
                raise
            refusal, status = PingzhaoError("E902", detail=type(error).__name__), UNUSABLE
        click.echo(refusal, err=True)
        ctx.exit(status)


def print_chinese() -> None:
    """Let stdout and stderr print Chinese whatever the console's code page; what it lacks shows as ?."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if _can_print(stream.encoding) else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def _can_print(encoding: str) -> bool:
    try:
        _SAMPLE.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
