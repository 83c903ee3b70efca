"""The `pingzhao` command: a thin skin over the library, one file per command."""

from scanner.cli.app import main

__all__ = ["main"]
