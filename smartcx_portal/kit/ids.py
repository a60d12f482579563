"""Identifiers that the client makes: UUID version 7 (RFC 9562), sortable by the time of birth."""

import secrets
import time
from uuid import UUID

from smartcx_portal.kit.errors import NotFound


def new_id() -> UUID:
    """A fresh UUIDv7: 48 bits of Unix milliseconds, then 74 random bits."""
    value = (time.time_ns() // 1_000_000 << 80) | secrets.randbits(80)
    return UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62)


def as_id(text: str) -> UUID:
    """Read an id that came from outside; what is no id cannot be found (raises `NotFound`)."""
    try:
        return UUID(text)
    except (ValueError, AttributeError, TypeError):
        raise NotFound from None
