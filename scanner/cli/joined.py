"""Commands that other installed packages add to `pingzhao`, found by name, imported when they are asked for."""

from __future__ import annotations

from functools import cached_property
from importlib.metadata import EntryPoint, entry_points

import click

from scanner.cli.chinese import speak_chinese
from scanner.cli.guard import GuardedGroup

GROUP = "pingzhao.commands"
"""The entry-point group; each entry names a click command."""


class JoinedGroup(GuardedGroup):
    """The built-in commands and those of the entry-point group, which a command of ours never waits for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, sorted."""
        return sorted({*self.commands, *self._joined})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A built-in command, or else the one that joined under this name, from now on built in."""
        if cmd_name not in self.commands and cmd_name in self._joined:
            command = self._joined[cmd_name].load()
            speak_chinese(command)
            self.add_command(command, cmd_name)
        return super().get_command(ctx, cmd_name)

    @cached_property
    def _joined(self) -> dict[str, EntryPoint]:
        return {entry.name: entry for entry in entry_points(group=GROUP)}
