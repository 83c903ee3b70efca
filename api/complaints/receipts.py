"""What a reporter takes home: a number, and a passphrase that only they know."""

from __future__ import annotations

import secrets
import unicodedata
from typing import NamedTuple

from argon2 import PasswordHasher
from sqlalchemy import select

from api.auth import throttle
from api.auth.passwords import matches
from api.complaints.identity import Vault
from api.errors import ApiError
from api.settings import Settings
from api.store.complaints import Complaint
from api.store.engine import Store

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that are taken for another: I, L, O, 0, 1."""
_GROUPS, _LENGTH = 4, 4
_HASHER = PasswordHasher()


class Passphrase(NamedTuple):
    """What is told once (K7QM-2XWD-9HRT-VB4E, 79 bits), and what is stored of it."""

    told: str
    hash: str


def new_passphrase() -> Passphrase:
    """A random one, with its argon2id hash."""
    groups = ["".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(_GROUPS)]
    return Passphrase("-".join(groups), _HASHER.hash("".join(groups)))


def prove(store: Store, settings: Settings, vault: Vault, number: str, passphrase: str, address: str) -> str:
    """The id of the report whose receipt this is. Raises ApiError E696 (wrong), E697 (too many guesses).

    Like a log-in: counted before it is looked at, by number and by address (kept as a keyed hash only), and as
    slow for a number that nobody has.
    """
    wanted = _plain(number)
    guesser = f"receipt:{wanted}", vault.fingerprint("address", address)
    with store.session() as session:
        attempt = throttle.reserve(session, settings, *guesser, code="E697")
        query = select(Complaint.id, Complaint.passphrase_hash).where(Complaint.number == wanted)
        found = session.execute(query).one_or_none()
    right = matches(_plain(passphrase).replace("-", ""), found.passphrase_hash if found else None)
    if found is None or not right:
        raise ApiError("E696")
    with store.session() as session:
        throttle.forgive(session, attempt, *guesser)
    complaint_id: str = found.id
    return complaint_id


def _plain(given: str) -> str:
    """As it was told: full-width letters, blanks and small letters count as the plain ones."""
    return "".join(unicodedata.normalize("NFKC", given).upper().split())
