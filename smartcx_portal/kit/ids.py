"""Identifiers that the client makes: UUID version 7 (RFC 9562), sortable by the time of birth."""

import secrets
import time
from uuid import UUID

from smartcx_portal.kit.errors import NotFound

MILLISECOND = 1_000_000
"""In nanoseconds."""


def new_id() -> UUID:
    """A fresh UUIDv7: Unix milliseconds, a 4,096th of one (RFC 9562, 6.2, method 3), then 62 random bits.

    Rows that one transaction makes within a millisecond keep their order by it.
    """
    milliseconds, rest = divmod(time.time_ns(), MILLISECOND)
    parts = milliseconds << 80 | 0x7 << 76 | (rest << 12) // MILLISECOND << 64 | 0x2 << 62 | secrets.randbits(62)
    return UUID(int=parts)


def as_id(text: str) -> UUID:
    """Read an id that came from outside; what is no id cannot be found (raises `NotFound`)."""
    try:
        return UUID(text)
    except (ValueError, AttributeError, TypeError):
        raise NotFound from None
