"""How often something may be tried. Counted in Redis where several nodes share it, else in this process.

Real time counts here, not `kit.clock`: a limit protects the machine, it decides nothing about people's appointments.
"""

import functools
import os
from typing import cast

from limits import parse
from limits.storage import Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from smartcx_portal.kit.errors import TooMany


@functools.cache
def _storage() -> Storage:
    return cast(Storage, storage_from_string(os.environ.get("REFLEX_REDIS_URL") or "memory://"))


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
