"""Who made a report, sealed: only the key opens it, and the key lies outside the database."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import orjson
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.errors import ApiError, ServiceError
from api.settings import Settings
from api.store.complaints import ReporterIdentity
from api.store.engine import Store

KEY_FILE = "identity.key"
"""In the data folder; one Fernet key a line, the first one seals. It is in no backup: keep a copy apart."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What only those who must know may read: who it was, and the words as they came."""

    name: str = ""
    contact: str = ""
    text: str = ""
    ad_text: str = ""
    ad_url: str = ""
    additions: list[str] = field(default_factory=list)
    """What the reporter wrote later, oldest first."""


class Vault:
    """Seals and opens with Fernet keys: the first one seals, every one opens."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Raises ServiceError E509 for none, or for what is no Fernet key."""
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
            self._secret = hashlib.sha256(f"fingerprint\0{keys[-1]}".encode()).digest()
        except (ValueError, IndexError):
            raise ServiceError("E509", detail="不是有效的密钥") from None

    def seal(self, identity: Identity) -> str:
        """The token to store."""
        return self.seal_bytes(orjson.dumps(asdict(identity))).decode("ascii")

    def open(self, sealed: str) -> Identity:
        """What a token holds. Raises ApiError E690 (wrong key), E691 (erased)."""
        return Identity(**orjson.loads(self.open_bytes(sealed.encode("ascii"))))

    def seal_bytes(self, data: bytes) -> bytes:
        """The same for a file."""
        return self._fernet.encrypt(data)

    def open_bytes(self, sealed: bytes) -> bytes:
        """The file again. Raises ApiError E690, E691."""
        if not sealed:
            raise ApiError("E691")
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken:
            raise ApiError("E690") from None

    def fingerprint(self, kind: str, value: str) -> str:
        """A keyed hash, 64 hexadecimal digits: equal for equal values, told by nobody without the key.

        It rests on the oldest key, so that a new key in front changes nothing.
        """
        return hmac.new(self._secret, f"{kind}\0{value}".encode(), hashlib.sha256).hexdigest()


def open_vault(settings: Settings, store: Store) -> Vault:
    """The vault of this service; its key file is made when nothing was sealed yet.

    Raises ServiceError E509 for a key that is missing, is none, or does not open what is stored.
    """
    with store.reading() as session:
        sample = _sample(session)
    vault = Vault(_keys(settings, make=not sample))
    try:
        if sample:
            vault.open(sample)
    except ApiError:
        raise ServiceError("E509", detail="打不开已保存的举报人身份") from None
    return vault


def _sample(session: Session) -> str:
    """A sealed identity; empty where there is none."""
    sealed = select(ReporterIdentity.sealed).where(ReporterIdentity.sealed != "").limit(1)
    return session.scalar(sealed) or ""


def _keys(settings: Settings, *, make: bool) -> list[str]:
    if given := settings.identity_key.get_secret_value():
        return [key.strip() for key in given.split(",") if key.strip()]
    place = settings.data_dir / KEY_FILE
    try:
        if make and not place.exists():
            _make(place)
        return place.read_text("ascii").split()
    except FileNotFoundError:
        raise ServiceError("E509", detail=f"没有 {KEY_FILE}，而数据库中已有用它加密的内容") from None
    except (OSError, UnicodeDecodeError):
        raise ServiceError("E509", detail=f"{KEY_FILE} 不能读取") from None


def _make(place: Path) -> None:
    """A new key, for its owner only where the system can keep it so."""
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(Fernet.generate_key() + b"\n")
