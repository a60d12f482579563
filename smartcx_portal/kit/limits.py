"""How often something may be tried. Counted in Redis where several nodes share it, else in this process.

Real time counts here, not `kit.clock`: a limit protects the machine, it decides nothing about people's appointments.
"""

import functools
import os
import time
from dataclasses import dataclass
from typing import cast

from limits import parse
from limits.storage import Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from smartcx_portal.kit.errors import TooMany


@functools.cache
def _storage() -> Storage:
    return cast(Storage, storage_from_string(os.environ.get("REFLEX_REDIS_URL") or "memory://"))


@dataclass(frozen=True, slots=True)
class Count:
    """Where one stands after a try: `most` in a window, how many are `left`, and in how many seconds it begins anew."""

    most: int
    window: int
    left: int
    begins_anew: int
    over: bool


def count(name: str, key: str, rule: str) -> Count:
    """Count one try as `limit` does, and say where that leads instead of raising."""
    item, limiter = parse(rule), FixedWindowRateLimiter(_storage())
    fits = limiter.hit(item, name, key)
    standing = limiter.get_window_stats(item, name, key)
    seconds = max(int(standing.reset_time - time.time()) + 1, 1)
    return Count(item.amount, item.get_expiry(), standing.remaining, min(seconds, item.get_expiry()), not fits)


def limit(name: str, key: str, rule: str) -> None:
    """Count one try under `name` and `key`; raises `TooMany` beyond `rule`, such as `10 per 5 minutes`.

    Keys that stand for people (an address, a network) come as keyed hashes.
    """
    if not FixedWindowRateLimiter(_storage()).hit(parse(rule), name, key):
        raise TooMany


def give_back(name: str, key: str, rule: str) -> None:
    """Take one counted try back: it turned out rightful. So parallel wrong ones are still counted before they run."""
    _storage().incr(parse(rule).key_for(name, key), parse(rule).get_expiry(), -1)


def forget_all() -> None:
    """Start counting anew; for tests."""
    _storage().reset()
