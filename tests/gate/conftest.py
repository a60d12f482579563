"""Signed-in tabs for the gate's tests."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from smartcx_portal.accounts.passwords import new_hash
from smartcx_portal.kit import limits
from smartcx_portal.models.staff import Identity
from tests.cast import Cast

PASSWORD = "Im Bürgeramt ist viel los"
HASH = new_hash(PASSWORD)


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Each test counts its own tries."""
    limits.forget_all()


@pytest.fixture
def staff(cast: Cast) -> Cast:
    """The cast, able to sign in with `PASSWORD`."""
    with cast.as_job() as work:
        for identity in (cast.anna, cast.ben, cast.dora, cast.oskar):
            work.get(Identity, identity).password_hash = HASH
    return cast


@pytest.fixture
def run() -> Callable[[Coroutine[Any, Any, Any]], Any]:
    """Runs a scenario; an exception that nobody caught fails the test."""
    return asyncio.run
