"""The hash that binds an audit entry to the one before it."""

from __future__ import annotations

import hashlib
import json

from api.store.audit import AuditEntry

GENESIS = "0" * 64
"""What the first entry is bound to."""


def canonical(entry: AuditEntry) -> bytes:
    """The entry without its hashes as ASCII JSON, keys sorted, no spaces; the time in UTC. NaN is a ValueError."""
    said = {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "actor_id": entry.actor_id,
        "actor_name": entry.actor_name,
        "address": entry.address,
        "action": entry.action,
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "before": entry.before,
        "after": entry.after,
    }
    return json.dumps(said, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def link(entry: AuditEntry) -> str:
    """SHA-256 over the previous hash and the entry, 64 hexadecimal digits."""
    return hashlib.sha256(entry.previous_hash.encode() + canonical(entry)).hexdigest()
