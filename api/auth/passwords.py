"""Passwords: what is accepted, how it is kept (argon2id), how it is compared."""

from __future__ import annotations

import functools
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from api.errors import ApiError

MIN_LENGTH = 10
MAX_LENGTH = 200
_MIN_DISTINCT = 5
_HASHER = PasswordHasher()


def hashed(password: str, *, user_name: str) -> str:
    """The argon2id hash of a new password. Raises ApiError E626 when it is too weak."""
    plain = _normal(password)
    if not MIN_LENGTH <= len(plain) <= MAX_LENGTH:
        raise ApiError("E626", problem=f"长度应为 {MIN_LENGTH} 至 {MAX_LENGTH} 个字符")
    if len(set(plain)) < _MIN_DISTINCT:
        raise ApiError("E626", problem=f"至少要有 {_MIN_DISTINCT} 个不同的字符")
    if user_name.casefold() in plain.casefold():
        raise ApiError("E626", problem="不能包含用户名")
    return _HASHER.hash(plain)


def matches(password: str, password_hash: str | None) -> bool:
    """Whether the password is the one hashed. None (no such user) takes as long and is never right."""
    try:
        right = _HASHER.verify(password_hash or _nobody(), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return right and password_hash is not None


@functools.cache
def _nobody() -> str:
    return _HASHER.hash("nobody has this password")


def _normal(password: str) -> str:
    """Full-width letters from an input method count as the plain ones."""
    return unicodedata.normalize("NFKC", password)
