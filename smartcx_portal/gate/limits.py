"""How often a client may try. `limit(name, key, rule)` raises `TooMany`; one socket may not flood us with events."""

import time
from collections import OrderedDict

from smartcx_portal.kit.limits import give_back, limit

__all__ = ["EVENTS", "WINDOW", "flooded", "give_back", "limit"]

EVENTS = 150
WINDOW = 10.0
"""So many events in so many seconds; people who type fast send a tenth."""
SOCKETS_KNOWN = 10_000

_counted: OrderedDict[str, tuple[float, int]] = OrderedDict()


def flooded(socket: str) -> bool:
    """Count one event of a socket; whether it is beyond what one may send."""
    present = time.monotonic()
    began, events = _counted.pop(socket, (present, 0))
    if present - began >= WINDOW:
        began, events = present, 0
    _counted[socket] = (began, events + 1)
    while len(_counted) > SOCKETS_KNOWN:
        _counted.popitem(last=False)
    return events >= EVENTS
