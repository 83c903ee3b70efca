"""Random secrets that only their holder knows: the store keeps nothing but their SHA-256."""

from __future__ import annotations

import hashlib
import secrets


def new_secret() -> str:
    """256 random bits as URL-safe text."""
    return secrets.token_urlsafe(32)


def fingerprint(secret: str) -> str:
    """SHA-256 of a secret, 64 hexadecimal digits: what is stored and looked up."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
