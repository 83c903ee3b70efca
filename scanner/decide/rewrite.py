"""The lawful rewrite that a finding suggests."""

from __future__ import annotations


def suggest(rewrite: str, _direction: object) -> str:
    """The rule's rewrite as it stands."""
    return rewrite
